"""What was done where too few impartial people could evaluate a file."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class Safeguard(Material, table=True):
    """Somebody from outside is asked, or one who advised the collective evaluates under a measure that everybody can read."""

    application_id: int = Field(foreign_key="application.id", index=True)
    kind: str = Field(max_length=10)
    """outside or measure."""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Of a measure: who evaluates under it."""
    words: str = Field(max_length=1000)
    """Who is asked, or what the measure is; it is public."""
    set_by: int = Field(foreign_key="account.id")
    set_at: datetime

"""Cases: a misuse of the mark that somebody reports, a complaint, a challenge, an appeal."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from mcc.db.tables.base import Living


class Case(Living, table=True):
    __tablename__ = "case_file"
    life: ClassVar[str] = "case"

    kind: str = Field(max_length=20)
    """misuse, complaint, challenge or appeal."""
    receipt: str = Field(max_length=12, unique=True)
    """What whoever filed it keeps, to ask about it."""
    application_id: int | None = Field(default=None, foreign_key="application.id", index=True)
    certificate_id: int | None = Field(default=None, foreign_key="certificate.id", index=True)
    words: str = Field(max_length=4000)
    place: str | None = Field(default=None, max_length=200)
    seen_on: date | None = None
    photo_digest: str | None = Field(default=None, max_length=64)
    photo_type: str | None = Field(default=None, max_length=80)
    contact: str | None = Field(default=None, max_length=200)
    """Whoever filed it may leave none."""
    filed_at: datetime
    filed_by: int | None = Field(default=None, foreign_key="account.id")
    against: int | None = Field(default=None, foreign_key="account.id")
    """Of a challenge: whoever is not to evaluate."""
    act: str | None = Field(default=None, max_length=20)
    """Of an appeal: admission or decision. Of a complaint: what it is about, house or holder."""
    outcome: str | None = Field(default=None, max_length=12)
    """upheld, partly or dismissed."""

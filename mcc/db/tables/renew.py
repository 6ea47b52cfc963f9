"""What an application continues: a certificate that is to be renewed, or an application that brought no mark."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Continuation(Material, table=True):
    application_id: int = Field(foreign_key="application.id", unique=True)
    follows_id: int = Field(foreign_key="application.id", index=True)
    """The application before it: its scope was taken over, and its levels may be."""
    certificate_id: int | None = Field(default=None, foreign_key="certificate.id", index=True)
    """The certificate that it renews; None where it is another attempt."""
    begun_at: datetime
    indicators: list[str] | None = Field(default=None, sa_type=JSON)
    """What is evaluated; the levels of the rest are kept. None: everything."""
    reason: str | None = Field(default=None, max_length=2000)
    """Why the office chose these."""

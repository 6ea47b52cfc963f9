"""What a collective may put right before the decision."""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Correction(Material, table=True):
    """One for each application: the indicators, what is asked for, and until when."""

    application_id: int = Field(foreign_key="application.id", unique=True)
    indicators: list[str] = Field(sa_type=JSON)
    asks: str = Field(max_length=4000)
    required_by: int = Field(foreign_key="account.id")
    required_at: datetime
    due_on: date
    last_evidence: int = 0
    """Key of the newest evidence when it was asked for: whatever has a higher one is new."""
    finished_at: datetime | None = None
    finished_by: int | None = Field(default=None, foreign_key="account.id")
    """Nobody, where the term ended it."""

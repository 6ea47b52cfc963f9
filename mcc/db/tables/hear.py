"""The hearing of a collective before a decision that it would not like."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class Hearing(Material, table=True):
    """One for each application: what the review tells, and what the collective answers."""

    application_id: int = Field(foreign_key="application.id", unique=True)
    tells: str = Field(max_length=4000)
    opened_by: int = Field(foreign_key="account.id")
    opened_at: datetime
    due_on: date
    last_evidence: int = 0
    """Key of the newest evidence when it was opened: whatever has a higher one is new."""
    answer: str | None = Field(default=None, max_length=4000)
    answered_by: int | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None

"""The technical review of a file and the committee's decision."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Review(Material, table=True):
    application_id: int = Field(foreign_key="application.id", index=True)
    reviewer_id: int = Field(foreign_key="account.id")
    round: int
    outcome: str = Field(max_length=30)
    notes: str = Field(max_length=4000)
    reviewed_at: datetime


class Decision(Material, table=True):
    """The committee's decision, with the assessment that it rests on frozen beside it.

    One for each application, and another one after an appeal that was upheld: the newest stands.
    """

    application_id: int = Field(foreign_key="application.id", index=True)
    award: str = Field(max_length=30)
    computed_award: str = Field(max_length=30)
    edition: str = Field(max_length=60)
    edition_hash: str = Field(max_length=64)
    answers: dict[str, Any] = Field(sa_type=JSON)
    assessment: dict[str, Any] = Field(sa_type=JSON)
    resolution_number: str = Field(max_length=60)
    resolution_date: date
    authority: str = Field(max_length=160)
    reasons: str = Field(max_length=4000)
    votes: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    """One for each institution that voted: `institution`, `award`, `account`, `substitute`, as they stood that day."""
    decided_by: int = Field(foreign_key="account.id")
    decided_at: datetime

"""The visit: when it is to be, what people said, what was found, and who signed the record of it."""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Visit(Material, table=True):
    application_id: int = Field(foreign_key="application.id", index=True)
    on: date
    place: str = Field(max_length=200)
    people: int
    summary: str = Field(max_length=4000)
    reported_by: int = Field(foreign_key="account.id")
    reported_at: datetime


class VisitPlan(Material, table=True):
    """When and where the visit is to be, who goes and what to have at hand; the collective agrees or asks for another."""

    __tablename__ = "visit_plan"

    application_id: int = Field(foreign_key="application.id", index=True)
    at: datetime
    place: str = Field(max_length=200)
    visitors: list[int] = Field(sa_type=JSON)
    """Keys of the accounts of those who go."""
    bring: list[str] = Field(default_factory=list, sa_type=JSON)
    proposed_by: int = Field(foreign_key="account.id")
    proposed_at: datetime
    answer_until: date
    answer: str | None = Field(default=None, max_length=20)
    """agreed, other_date or other_person."""
    answer_words: str | None = Field(default=None, max_length=1000)
    answered_by: int | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    """When another plan took its place."""


class Interview(Material, table=True):
    """What one person said on the visit. Never shown by name to the collective: no name is kept."""

    application_id: int = Field(foreign_key="application.id", index=True)
    place_in_list: int
    outside_board: bool
    tells: str = Field(max_length=4000)
    taken_by: int = Field(foreign_key="account.id")
    taken_at: datetime


class VisitSignature(Material, table=True):
    """A signature under the record of a visit, drawn on the screen or typed."""

    __tablename__ = "visit_signature"

    visit_id: int = Field(foreign_key="visit.id", index=True)
    side: str = Field(max_length=20)
    """evaluators or collective."""
    name: str = Field(max_length=160)
    words: str = Field(default="", max_length=2000)
    """What they want to have on record."""
    strokes: str | None = Field(default=None, max_length=20_000)
    """The path of the pen, as the data of an SVG path in a field of 600 by 200."""
    record_digest: str = Field(max_length=64)
    """SHA-256 of the record as it was when it was signed."""
    signed_at: datetime

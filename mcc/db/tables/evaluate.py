"""Who evaluates which dimension, what each found, and the levels that stand in the end."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Living, Material


class DimensionEvaluation(Living, table=True):
    __tablename__ = "dimension_evaluation"
    __table_args__ = (UniqueConstraint("application_id", "dimension"),)
    life: ClassVar[str] = "dimension"

    application_id: int = Field(foreign_key="application.id", index=True)
    dimension: str = Field(max_length=60)


class Assignment(Living, table=True):
    """One evaluator, one dimension: seats `first` and `second` score blind, `third` only what is in dispute."""

    life: ClassVar[str] = "assignment"

    application_id: int = Field(foreign_key="application.id", index=True)
    dimension: str = Field(max_length=60)
    account_id: int = Field(foreign_key="account.id", index=True)
    seat: str = Field(max_length=10)
    assigned_at: datetime
    conflict_reason: str | None = Field(default=None, max_length=500)


class Score(Material, table=True):
    """What one evaluator found for one indicator in one round; a level may still be open while in progress."""

    __table_args__ = (
        UniqueConstraint("assignment_id", "indicator", "round"),
        CheckConstraint("level IS NULL OR level >= 0", name="level_not_negative"),
    )

    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    indicator: str = Field(max_length=20)
    round: int
    level: int | None = None
    note: str = Field(default="", max_length=4000)
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    """Codes of the evidence items that the level rests on."""


class NotApplicable(Material, table=True):
    """An indicator that an evaluator finds not applicable: the coordinator approves or refuses."""

    __tablename__ = "not_applicable"
    __table_args__ = (UniqueConstraint("application_id", "indicator"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    indicator: str = Field(max_length=20)
    reason: str = Field(max_length=1000)
    requested_by: int = Field(foreign_key="account.id")
    requested_at: datetime
    approved: bool | None = None
    decided_by: int | None = Field(default=None, foreign_key="account.id")


class Discussion(Material, table=True):
    """What the two evaluators made of one difference: a level with its reason, or no agreement."""

    __table_args__ = (UniqueConstraint("application_id", "indicator", "round"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    dimension: str = Field(max_length=60)
    indicator: str = Field(max_length=20)
    round: int
    agreed_level: int | None = None
    reason: str = Field(max_length=2000)
    proposed_by: int = Field(foreign_key="account.id")
    confirmed_by: int | None = Field(default=None, foreign_key="account.id")
    """The other evaluator: what one writes alone settles nothing."""


class FinalLevel(Material, table=True):
    """The level that counts, and how it came about: equal, consensus, lower (no agreement) or median."""

    __tablename__ = "final_level"
    __table_args__ = (UniqueConstraint("application_id", "indicator", "round"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    dimension: str = Field(max_length=60)
    indicator: str = Field(max_length=20)
    round: int
    level: int
    origin: str = Field(max_length=20)


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
    name: str = Field(max_length=120)
    strokes: str | None = Field(default=None, max_length=20_000)
    """The path of the pen, as the data of an SVG path in a field of 600 by 200."""
    record_digest: str = Field(max_length=64)
    """SHA-256 of the record as it was when it was signed."""
    signed_at: datetime

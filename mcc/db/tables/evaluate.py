"""Who evaluates which dimension, what each found, and the levels that stand in the end."""

from datetime import datetime
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


class EvidenceRequest(Material, table=True):
    """What an evaluator needs to see before a level can be given; the collective answers while the evaluation runs."""

    __tablename__ = "evidence_request"

    application_id: int = Field(foreign_key="application.id", index=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    indicator: str = Field(max_length=20)
    words: str = Field(max_length=2000)
    asked_at: datetime
    answer: str | None = Field(default=None, max_length=2000)
    answered_by: int | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None

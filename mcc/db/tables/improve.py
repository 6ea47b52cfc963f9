"""What becomes of an improvement plan: its steps as they go on, and the visits that follow them up."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Material


class ImprovementStep(Material, table=True):
    """One step of the plan that a decision came with, from the moment on at which somebody did something about it."""

    __tablename__ = "improvement_step"
    __table_args__ = (UniqueConstraint("application_id", "indicator"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    indicator: str = Field(max_length=20)
    goal: int
    """The level that it aims at: its descriptor in the edition of the file is the goal, word for word."""
    progress: str = Field(max_length=12)
    """under_way, done or dropped; one that nobody touched has no row, and is open."""
    responsible: str | None = Field(default=None, max_length=160)
    """Of the collective."""
    contact_id: int | None = Field(default=None, foreign_key="account.id")
    """Of the office: somebody who did not evaluate the file."""
    due_on: date | None = None
    note: str | None = Field(default=None, max_length=2000)
    proof_id: int | None = Field(default=None, foreign_key="folder_document.id")
    """The paper of the folder that shows it."""
    changed_by: int = Field(foreign_key="account.id")
    changed_at: datetime


class FollowUp(Material, table=True):
    """A visit of the office to see how the plan goes; it evaluates nothing."""

    __tablename__ = "follow_up"

    application_id: int = Field(foreign_key="application.id", index=True)
    on: date
    summary: str = Field(max_length=4000)
    next_on: date | None = None
    recorded_by: int = Field(foreign_key="account.id")
    recorded_at: datetime

"""What is put to the committee about a certificate, and how each institution voted."""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Material


class Motion(Material, table=True):
    """To suspend, ratify, reinstate or withdraw; its holder is heard first where that is adverse."""

    certificate_id: int = Field(foreign_key="certificate.id", index=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    measure: str = Field(max_length=20)
    reason: str = Field(max_length=2000)
    """Why, as it would stand on the public page."""
    opened_by: int = Field(foreign_key="account.id")
    opened_at: datetime
    hearing_until: date | None = None
    """Last day for the holder's answer; None where nothing adverse is asked for."""
    answer: str | None = Field(default=None, max_length=2000)
    answered_by: int | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None
    outcome: str | None = Field(default=None, max_length=12)
    """carried, rejected or lapsed; None while it is open."""
    votes: list[dict[str, object]] | None = Field(default=None, sa_type=JSON)
    """How they stood when it was closed."""
    closed_at: datetime | None = None


class MotionVote(Material, table=True):
    """One institution's vote on one motion; it may be changed until the motion is closed."""

    __tablename__ = "motion_vote"
    __table_args__ = (UniqueConstraint("motion_id", "institution"),)

    motion_id: int = Field(foreign_key="motion.id", index=True)
    institution: str = Field(max_length=40)
    account_id: int = Field(foreign_key="account.id")
    mandate_id: int = Field(foreign_key="mandate.id")
    in_favour: bool
    reasons: str = Field(max_length=2000)
    cast_at: datetime

"""Votes of the committee."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from mcc.db.tables.base import Material

CAST = text("cast_at IS NOT NULL")


class Vote(Material, table=True):
    """One person's vote on one application, for an institution; until it is cast it counts for nothing."""

    __table_args__ = (
        Index("uq_vote_person", "application_id", "account_id", unique=True),
        Index(
            "uq_vote_institution",
            "application_id",
            "institution",
            unique=True,
            sqlite_where=CAST,
            postgresql_where=CAST,
        ),
    )

    application_id: int = Field(foreign_key="application.id")
    account_id: int = Field(foreign_key="account.id")
    mandate_id: int = Field(foreign_key="mandate.id")
    institution: str = Field(max_length=40)
    award: str = Field(max_length=30)
    reasons: str = Field(max_length=2000)
    cast_at: datetime | None = None

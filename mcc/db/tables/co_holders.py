"""Other collectives that hold the scope of an application together with the one that applies."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class CoHolder(Material, table=True):
    """Asked by a link that works once; until somebody who represents the other collective agrees, it holds nothing."""

    __tablename__ = "co_holder"

    application_id: int = Field(foreign_key="application.id", index=True)
    asked_name: str = Field(max_length=160)
    """How those who apply call it; its own name counts once it has agreed."""
    token_digest: str = Field(max_length=64, unique=True)
    asked_by: int = Field(foreign_key="account.id")
    asked_at: datetime
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    agreed_by: int | None = Field(default=None, foreign_key="account.id")
    agreed_at: datetime | None = None
    """Empty again when the scope changed after it had agreed: it agreed to something else."""
    ended_at: datetime | None = None
    """When it was taken off again, before the application was handed in."""

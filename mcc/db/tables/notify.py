"""Notices: what a person was told, when they read it, and what became of the mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Row


class Notice(Row, table=True):
    """One person, one event, one message: never twice."""

    __table_args__ = (UniqueConstraint("account_id", "reason"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    application_id: int | None = Field(default=None, foreign_key="application.id", index=True)
    code: str = Field(max_length=60)
    """Which message: its words are in mail templates and catalogues by this code."""
    reason: str = Field(max_length=80)
    """What it is about, as in event:123 or term:12:2027-03-12."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime
    read_at: datetime | None = None
    mail: str = Field(default="waiting", max_length=10, index=True)
    """waiting, sent, digest (in a daily mail), unwanted, unaddressed or failed."""
    mailed_at: datetime | None = None
    tries: int = 0
    next_try_at: datetime | None = None
    """Not before this, after a mail server refused it."""

"""The journal: events chained by hash, the words beside them, and the seals of the rows that they cover."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mcc.db.tables.base import Row


class Event(SQLModel, table=True):
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """Without gaps, from 1."""
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="account.id")
    role: str = Field(max_length=20)
    subject: str = Field(max_length=40, index=True)
    """Kind and key of what it is about, as in application:12."""
    application_id: int | None = Field(default=None, foreign_key="application.id", index=True)
    action: str = Field(max_length=60)
    from_state: str | None = Field(default=None, max_length=40)
    to_state: str | None = Field(default=None, max_length=40)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Codes, numbers and digests only: nothing personal stands in the chain."""
    words_digest: str | None = Field(default=None, max_length=64)
    seals_digest: str = Field(max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class EventWords(SQLModel, table=True):
    """What a person wrote with an event; the chain covers its salted digest, so that it can be erased."""

    __tablename__ = "event_words"

    event_seq: int = Field(
        primary_key=True, foreign_key="event.seq", sa_column_kwargs={"autoincrement": False}
    )
    salt: bytes
    words: str = Field(max_length=4000)


class Seal(Row, table=True):
    event_seq: int = Field(foreign_key="event.seq", index=True)
    table_name: str = Field(max_length=40)
    row_id: int
    salt: bytes
    digest: str = Field(max_length=64)

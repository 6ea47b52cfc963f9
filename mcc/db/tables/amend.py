"""Changes that a holder reports while its certificate is valid, and what became of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Amendment(Material, table=True):
    """One change; once accepted, a new certificate says what is so now."""

    application_id: int = Field(foreign_key="application.id", index=True)
    certificate_id: int = Field(foreign_key="certificate.id", index=True)
    kind: str = Field(max_length=20)
    happened_on: date
    words: str = Field(max_length=2000)
    wanted: dict[str, Any] = Field(sa_type=JSON)
    """What the certificate should say, by field."""
    before: dict[str, Any] = Field(sa_type=JSON)
    """What it said, of the same fields."""
    reported_by: int = Field(foreign_key="account.id")
    reported_at: datetime
    due_on: date
    """Last day of the term to decide on it."""
    outcome: str | None = Field(default=None, max_length=12)
    """accepted or refused; None while it is open."""
    answer: str | None = Field(default=None, max_length=2000)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = None

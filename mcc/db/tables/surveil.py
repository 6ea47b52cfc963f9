"""Surveillance of a certificate: why it was opened, what is looked at, and what was found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Material


class Surveillance(Material, table=True):
    certificate_id: int = Field(foreign_key="certificate.id", index=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    cause: str = Field(max_length=20)
    """anniversary, document, complaint or sample."""
    about: str | None = Field(default=None, max_length=40)
    """What it was opened for, as `month:12` or `paper:7`: for one thing it is opened once."""
    reason: str | None = Field(default=None, max_length=2000)
    signs: list[str] = Field(default_factory=list, sa_type=JSON)
    """Codes of the risks that the records showed when a sample was drawn."""
    indicators: list[str] = Field(sa_type=JSON)
    opened_at: datetime
    opened_by: int | None = Field(default=None, foreign_key="account.id")
    due_on: date
    findings: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """By indicator: `holds` and `note`."""
    found_by: int | None = Field(default=None, foreign_key="account.id")
    closed_at: datetime | None = None

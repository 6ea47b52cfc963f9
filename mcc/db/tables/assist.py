"""Advice that was given to a collective: whoever gave it does not judge it for some time."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class Assistance(Material, table=True):
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str = Field(max_length=20)
    """tailored binds; course, fair, counter and visit do not."""
    given_on: date
    words: str = Field(max_length=1000)
    recorded_by: int = Field(foreign_key="account.id")
    recorded_at: datetime
    ended_at: datetime | None = None
    """When it was struck out as written by mistake."""

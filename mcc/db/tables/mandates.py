"""Who sits in the committee for an institution, who signs, and who stepped aside from a file."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material

SIGNATURE = "signature"
"""The seat of whoever signs for the issuer; every other one is an institution's in the committee."""


class Mandate(Material, table=True):
    """One person's seat, from one day to another; nobody votes, decides or signs outside it."""

    institution: str = Field(max_length=40)
    account_id: int = Field(foreign_key="account.id", index=True)
    substitute: bool = False
    since: date
    until: date | None = None
    """Its last day; open when empty."""
    act: str = Field(max_length=160)
    """The resolution or note by which the institution named the person."""
    named_at: datetime
    ended_at: datetime | None = None
    """When it was ended before its last day."""


class Recusal(Material, table=True):
    """Somebody of the review or the committee stepped aside from one file, for good."""

    application_id: int = Field(foreign_key="application.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    reason: str = Field(max_length=500)
    declared_at: datetime

"""Numbers, the stored steps of issuing, and the certificates with their lives."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlmodel import Field

from mcc.db.tables.base import Living, Material, Row


class NumberCounter(Row, table=True):
    """The last serial given out, for each prefix and year."""

    __tablename__ = "number_counter"

    series: str = Field(max_length=20, unique=True)
    """Prefix and year, as in MCC-2026."""
    last: int


class NumberLedger(Material, table=True):
    """Every certificate number ever given out, and what became of it: reserved or issued."""

    __tablename__ = "number_ledger"

    number: str = Field(max_length=24, unique=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    fate: str = Field(max_length=10)
    reason: str | None = Field(default=None, max_length=200)
    reserved_at: datetime


class Issuance(Material, table=True):
    """The stored steps of issuing one certificate: reserved → prepared → laid_out → signed → published."""

    application_id: int = Field(foreign_key="application.id", index=True)
    number: str = Field(max_length=24, unique=True)
    public_code: str = Field(max_length=26, unique=True)
    step: str = Field(max_length=12)
    claims: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    claims_digest: str | None = Field(default=None, max_length=64)
    layout_digest: str | None = Field(default=None, max_length=64)
    """Of the unsigned page: the worker signs only what was prepared."""
    pdf_digest: str | None = Field(default=None, max_length=64, unique=True)
    signed_at: datetime | None = None


class Certificate(Living, table=True):
    life: ClassVar[str] = "certificate"

    issuance_id: int = Field(foreign_key="issuance.id", unique=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    number: str = Field(max_length=24, unique=True)
    public_code: str = Field(max_length=26, unique=True)
    issued_on: date
    valid_until: date
    state_reason: str | None = Field(default=None, max_length=500)
    """Why it is suspended or withdrawn, in the words that the public page shows."""
    provisional_until: date | None = None
    """Of a suspension by the office: the last day on which the committee may ratify it."""
    extended_until: date | None = None
    """While a renewal that was asked for in time is decided, the mark may be used until this day at most."""
    newer_code: str | None = Field(default=None, max_length=26)

    @property
    def last_day(self) -> date:
        """On which the mark may be used, an extension included."""
        return self.extended_until or self.valid_until

"""What papers say, as plain data: report, letter, receipt, and the kit of whoever holds the mark. Texts come in worded."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Paper(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReportDimension(Paper):
    label: str
    score: Decimal
    minimum: Decimal
    meets_minimum: bool


class ReportIndicator(Paper):
    code: str
    label: str
    dimension: str
    level: int | None
    """None where it was left out as not applicable; `descriptor` then says why."""
    maximum: int
    descriptor: str
    critical: bool


class PlanStep(Paper):
    indicator: str
    goal: str
    gain: str
    evidence: str
    support: str
    until: date


class Report(Paper):
    """Private: for the collective and those who decide."""

    title: str
    holder: str
    number: str
    expediente: str
    edition: str
    pilot: bool
    demonstration: bool
    made_on: date
    award_label: str
    total: Decimal
    reasons: tuple[str, ...]
    dimensions: tuple[ReportDimension, ...]
    indicators: tuple[ReportIndicator, ...]
    plan: tuple[PlanStep, ...]
    issuer: str


class Letter(Paper):
    addressee: str
    place: str
    made_on: date
    expediente: str
    subject: str
    paragraphs: tuple[str, ...]
    plan: tuple[PlanStep, ...] = ()
    remedies: str = ""
    office: str
    pilot: bool = False
    demonstration: bool = False


class Receipt(Paper):
    """What a collective takes home when it has applied."""

    holder: str
    receipt: str
    """Number and word: together they open the status."""
    submitted_on: date
    products: tuple[str, ...]
    site: str
    documents: tuple[str, ...]
    follow_address: str
    office: str
    demonstration: bool = False


class Kit(Paper):
    """What a holder prints: stickers for products and the sheet for its stand."""

    holder: str
    municipality: str
    products: tuple[str, ...]
    number: str
    address: str
    """Of the public page: the QR code holds it, and it alone tells whether the mark may be used today."""
    demonstration: bool = False

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


class Section(Paper):
    """A part of a record: a heading with any of facts, paragraphs and items below it."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    profile: tuple[ReportDimension, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    """Its first row names the columns."""
    bars: tuple[tuple[str, int], ...] = ()
    """What was counted, and how many: drawn, with the figure beside it."""


class HandSignature(Paper):
    """Drawn on a screen, or only typed; no certificate stands behind it."""

    side: str
    name: str
    words: str = ""
    strokes: str | None = None
    """Data of an SVG path, straight lines in a field of 600 by 200."""
    signed: str
    """When, as words."""


class Record(Paper):
    """A paper of the office about one file: the record of a visit, a page of a session's folder, minutes."""

    title: str
    caption: str = ""
    private: str = ""
    """To whom it belongs, where it is not public."""
    sections: tuple[Section, ...]
    signatures: tuple[HandSignature, ...] = ()
    office: str
    demonstration: bool = False

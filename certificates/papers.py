"""What the private papers say, as plain data: the report (informe) and the letter (carta). Texts come in worded."""

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

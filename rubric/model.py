"""A rubric as data: dimensions, indicators with observable levels, awards with their thresholds. Frozen."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]


def _tidy(text: str) -> str:
    """How a text is wrapped or encoded in the file is not part of what it says."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _canonical(number: Decimal) -> Decimal:
    """15 and 15.0 are the same weight, and give the same hash."""
    return Decimal(format(number.normalize(), "f"))


Text = Annotated[str, AfterValidator(_tidy), Field(min_length=1, max_length=500)]
Weight = Annotated[Decimal, Field(gt=0, le=100), AfterValidator(_canonical)]
Points = Annotated[Decimal, Field(ge=0, le=100), AfterValidator(_canonical)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EditionStatus(StrEnum):
    DRAFT = "draft"
    CONSULTATION = "consultation"
    VALIDATED = "validated"
    PILOT = "pilot"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class Labels(Strict):
    es: Text
    en: Text
    pt: Text

    def in_language(self, language: str) -> str:
        """The text for a language tag such as `pt` or `pt-BR`; in Spanish when there is none."""
        texts = {"es": self.es, "en": self.en, "pt": self.pt}
        return texts.get(language[:2].lower(), self.es)


class Level(Strict):
    value: StrictInt = Field(ge=0)
    descriptor: Labels
    """What can be observed at this level, when it is met in full."""


class MemberRange(Strict):
    """From so many members up to so many, both included; an open end is left out."""

    start: int | None = Field(default=None, alias="from", ge=0)
    end: int | None = Field(default=None, alias="to", ge=0)

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def holds(self, members: int) -> bool:
        return (self.start is None or members >= self.start) and (self.end is None or members <= self.end)


class VariantCondition(Strict):
    """Every condition that is given must hold."""

    collective_class: tuple[Code, ...] | None = Field(default=None, alias="class")
    scope_kind: tuple[Code, ...] | None = None
    members: MemberRange | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Variant(Strict):
    """Other words for some levels, for collectives to which the ordinary ones do not fit. Weights never vary."""

    when: VariantCondition
    levels: tuple[Level, ...] = Field(min_length=1)


class Indicator(Strict):
    id: Code
    label: Labels
    weight: Weight
    evidence: tuple[Code, ...] = ()
    support: tuple[Code, ...] = ()
    basis: Annotated[str, AfterValidator(_tidy)] = ""
    note: Labels | None = None
    levels: tuple[Level, ...] = Field(min_length=2)
    variants: tuple[Variant, ...] = ()


class Dimension(Strict):
    id: Code
    label: Labels
    long_label: Labels
    weight: Weight
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Award(Strict):
    code: Code
    label: Labels
    total_minimum: Points
    dimension_minimum: Points
    critical_minimum: StrictInt = Field(ge=0)
    months_valid: StrictInt = Field(ge=0)
    seal: StrictBool


class NotApplicableRule(Strict):
    """A critical indicator is never left out; so many in each dimension may be."""

    maximum_per_dimension: StrictInt = Field(ge=0)


class Rule(Strict):
    """What evaluators read before they score."""

    code: Code
    text: Labels


class SupportLine(Strict):
    code: Code
    label: Labels
    offer: Labels


class EvidenceKind(Strict):
    code: Code
    label: Labels


MEASURED_AWARD = "granted"
"""`meets_minimum` and `critical_failures` are measured against this award: docs/contracts.md, "Evaluating"."""


class Rubric(Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    status: EditionStatus
    """Where the edition stands in its own life; what it means does not change with it."""
    title: Labels
    rules: tuple[Rule, ...] = ()
    maximum_level: StrictInt = Field(ge=1, le=100)
    generic_levels: tuple[Level, ...]
    not_applicable: NotApplicableRule
    critical: tuple[Code, ...] = ()
    """Indicators whose level alone can keep an award from being reached."""
    support_lines: tuple[SupportLine, ...] = ()
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    awards: tuple[Award, ...] = Field(min_length=1)
    """Best first; the last one is reached by everybody."""
    dimensions: tuple[Dimension, ...] = Field(min_length=1)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Another edition: what was worked out from this one does not go along."""
        copied = super().model_copy(update=update, deep=deep)
        for worked_out in ("indicators", "meaning_hash"):
            copied.__dict__.pop(worked_out, None)
        return copied

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its id, in the order of the edition."""
        return {item.id: item for dimension in self.dimensions for item in dimension.indicators}

    def indicator(self, indicator_id: str) -> Indicator:
        """Raises KeyError for an id that the edition does not have."""
        return self.indicators[indicator_id]

    def dimension(self, dimension_id: str) -> Dimension:
        """Raises KeyError for an id that the edition does not have."""
        return {item.id: item for item in self.dimensions}[dimension_id]

    def dimension_of(self, indicator_id: str) -> Dimension:
        for dimension in self.dimensions:
            if any(item.id == indicator_id for item in dimension.indicators):
                return dimension
        raise KeyError(indicator_id)

    def award(self, code: str) -> Award:
        """Raises KeyError for an award that the edition does not have."""
        return {item.code: item for item in self.awards}[code]

    @property
    def measured_award(self) -> Award:
        """The award that minimums are reported against; the lowest but one where no award has that name."""
        named = {item.code: item for item in self.awards}
        return named.get(MEASURED_AWARD, self.awards[-2:][0])

    def is_critical(self, indicator_id: str) -> bool:
        return indicator_id in self.critical

    @cached_property
    def meaning_hash(self) -> str:
        """SHA-256, in hexadecimal, over what the edition means: comments, quoting and key order do not count."""
        content = json.dumps(
            self.model_dump(mode="json", exclude={"status"}), sort_keys=True, ensure_ascii=False
        )
        return hashlib.sha256(content.encode()).hexdigest()


def levels_for(
    indicator: Indicator,
    *,
    collective_class: str | None = None,
    scope_kind: str | None = None,
    members: int | None = None,
) -> tuple[Level, ...]:
    """The levels as they read for such a collective: those of the first variant that fits replace the ordinary ones."""
    for variant in indicator.variants:
        if _fits(variant.when, collective_class, scope_kind, members):
            other = {level.value: level for level in variant.levels}
            return tuple(other.get(level.value, level) for level in indicator.levels)
    return indicator.levels


def _fits(
    when: VariantCondition, collective_class: str | None, scope_kind: str | None, members: int | None
) -> bool:
    if when.collective_class is not None and collective_class not in when.collective_class:
        return False
    if when.scope_kind is not None and scope_kind not in when.scope_kind:
        return False
    return when.members is None or (members is not None and when.members.holds(members))

"""Answers → assessment: exact, pure, thresholds compared before rounding.

A dimension is 100 · Σ(weight · level / maximum) / Σ(weight) over its applicable indicators; the total is the mean
of the dimensions by their weights. All arithmetic is in integers until the last division of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from rubric.answers import Answers, AnswersInvalid, check_answers
from rubric.model import Dimension, Indicator, Rubric

PLACES = Decimal("0.0001")


class Reason(NamedTuple):
    """Why an award was reached or not.

    Codes: total_below_minimum, dimension_below_minimum, critical_below_minimum; and, when it was reached,
    total_reached, dimensions_reached, criticals_reached with the weakest of each. A tuple with names, because an
    assessment makes dozens of them.
    """

    code: str
    where: str
    value: Fraction | int
    minimum: Fraction | int

    def as_document(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "where": self.where,
            "value": self.value if isinstance(self.value, int) else shown(self.value),
            "minimum": self.minimum if isinstance(self.minimum, int) else shown(self.minimum),
        }


@dataclass(frozen=True)
class DimensionResult:
    exact: Fraction
    meets_minimum: bool

    @property
    def score(self) -> Decimal:
        return rounded(self.exact)


@dataclass(frozen=True)
class AwardResult:
    reached: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Assessment:
    edition: str
    edition_hash: str
    exact_total: Fraction
    award: str
    dimensions: Mapping[str, DimensionResult]
    critical_failures: tuple[str, ...]
    awards: Mapping[str, AwardResult]

    @property
    def total(self) -> Decimal:
        """Rounded for display; awards were decided on `exact_total`."""
        return rounded(self.exact_total)

    def as_document(self) -> dict[str, Any]:
        """The assessment as the command line and the API print it: scores with four decimals."""
        return {
            "edition": self.edition,
            "edition_hash": self.edition_hash,
            "total": shown(self.exact_total),
            "award": self.award,
            "dimensions": {
                code: {"score": shown(result.exact), "meets_minimum": result.meets_minimum}
                for code, result in self.dimensions.items()
            },
            "critical_failures": list(self.critical_failures),
            "awards": {
                code: {
                    "reached": result.reached,
                    "reasons": [reason.as_document() for reason in result.reasons],
                }
                for code, result in self.awards.items()
            },
        }


def rounded(value: Fraction) -> Decimal:
    """Four decimals, half to even."""
    scaled = value * 10_000
    return (Decimal(round(scaled)) / 10_000).quantize(PLACES, rounding=ROUND_HALF_EVEN)


def shown(value: Fraction) -> str:
    return str(rounded(value))


def assess(rubric: Rubric, answers: Answers) -> Assessment:
    """Score complete answers. Raises AnswersInvalid with every problem."""
    terms = terms_of(rubric)
    if not _is_plain(terms, answers) and (problems := check_answers(rubric, answers)):
        raise AnswersInvalid(problems)
    points = {code: _score(weights, answers, terms.maximum) for code, weights in terms.dimensions.items()}
    total = _mean(points, terms.shares)
    awards = {award.code: _judge(award, total, points, terms, answers) for award in terms.awards}
    measured = next(award for award in terms.awards if award.code == rubric.measured_award.code)
    return Assessment(
        edition=rubric.id,
        edition_hash=rubric.meaning_hash,
        exact_total=total,
        award=next(code for code, result in awards.items() if result.reached),
        dimensions={
            code: DimensionResult(score, not is_below(score, measured.dimension))
            for code, score in points.items()
        },
        critical_failures=tuple(code for code in terms.critical if answers.scores[code] < measured.critical),
        awards=awards,
    )


def _is_plain(terms: "Terms", answers: Answers) -> bool:
    """Complete and in range with nothing left out, the usual case: seen at a glance, so that scoring stays quick."""
    levels = answers.scores.values()
    return (
        answers.edition is None
        and not answers.not_applicable
        and answers.scores.keys() == terms.names
        and set(map(type, levels)) == {int}
        and min(levels) >= 0
        and max(levels) <= terms.maximum
    )


def _mean(points: Mapping[str, Fraction], shares: Mapping[str, int]) -> Fraction:
    common = lcm(*(score.denominator for score in points.values()))
    earned = sum(
        score.numerator * (common // score.denominator) * shares[code] for code, score in points.items()
    )
    return Fraction(earned, common * sum(shares.values()))


def is_below(score: Fraction, minimum: Fraction) -> bool:
    """Exact, and several times quicker than comparing fractions as objects."""
    return score.numerator * minimum.denominator < minimum.numerator * score.denominator


@dataclass(frozen=True)
class AwardTerms:
    """An award's thresholds as exact numbers."""

    code: str
    total: Fraction
    dimension: Fraction
    critical: int


@dataclass(frozen=True)
class Terms:
    """What scoring needs of an edition, in integers and fractions, worked out once."""

    maximum: int
    dimensions: Mapping[str, tuple[tuple[str, int], ...]]
    """Indicators with their weights, scaled to integers within each dimension."""
    names: frozenset[str]
    """Every indicator."""
    shares: Mapping[str, int]
    """What each dimension counts for in the total, scaled to integers."""
    critical: tuple[str, ...]
    awards: tuple[AwardTerms, ...]


_terms: dict[str, Terms] = {}


def terms_of(rubric: Rubric) -> Terms:
    found = _terms.get(rubric.meaning_hash)
    return found if found is not None else _terms.setdefault(rubric.meaning_hash, _work_out(rubric))


def _work_out(rubric: Rubric) -> Terms:
    return Terms(
        maximum=rubric.maximum_level,
        dimensions={dimension.id: _scale(dimension.indicators) for dimension in rubric.dimensions},
        names=frozenset(rubric.indicators),
        shares=dict(_scale(rubric.dimensions)),
        critical=rubric.critical,
        awards=tuple(
            AwardTerms(
                award.code,
                Fraction(award.total_minimum),
                Fraction(award.dimension_minimum),
                award.critical_minimum,
            )
            for award in rubric.awards
        ),
    )


def _scale(parts: Sequence[Dimension] | Sequence[Indicator]) -> tuple[tuple[str, int], ...]:
    weights = [(item.id, Fraction(item.weight)) for item in parts]
    common = lcm(*(weight.denominator for _, weight in weights))
    return tuple((code, int(weight * common)) for code, weight in weights)


def _score(weights: tuple[tuple[str, int], ...], answers: Answers, maximum: int) -> Fraction:
    """What is not applicable leaves both sums: it counts neither as zero nor as full."""
    earned = possible = 0
    for indicator, weight in weights:
        if indicator not in answers.not_applicable:
            earned += weight * answers.scores[indicator]
            possible += weight
    return Fraction(100 * earned, possible * maximum)


def _judge(
    award: AwardTerms, total: Fraction, points: Mapping[str, Fraction], terms: Terms, answers: Answers
) -> AwardResult:
    """Reached when total, every dimension and every critical indicator reach their minimums."""
    missed = []
    if is_below(total, award.total):
        missed.append(Reason("total_below_minimum", "total", total, award.total))
    missed += [
        Reason("dimension_below_minimum", code, score, award.dimension)
        for code, score in points.items()
        if is_below(score, award.dimension)
    ]
    missed += [
        Reason("critical_below_minimum", code, answers.scores[code], award.critical)
        for code in terms.critical
        if answers.scores[code] < award.critical
    ]
    if missed:
        return AwardResult(reached=False, reasons=tuple(missed))
    return AwardResult(reached=True, reasons=_tell_reached(award, total, points, terms, answers))


def _tell_reached(
    award: AwardTerms, total: Fraction, points: Mapping[str, Fraction], terms: Terms, answers: Answers
) -> tuple[Reason, ...]:
    """The total, and the weakest dimension and critical indicator: with them, all others reached the minimum."""
    lowest = min(points, key=points.__getitem__)
    reasons = [
        Reason("total_reached", "total", total, award.total),
        Reason("dimensions_reached", lowest, points[lowest], award.dimension),
    ]
    if terms.critical:
        weakest = min(terms.critical, key=answers.scores.__getitem__)
        reasons.append(Reason("criticals_reached", weakest, answers.scores[weakest], award.critical))
    return tuple(reasons)

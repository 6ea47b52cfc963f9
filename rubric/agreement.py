"""Between evaluators: where two sheets differ, whether a difference matters, and how well people agree.

Weighted kappa uses linear weights: on a ladder of observable levels, two steps apart is twice as far as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rubric.answers import Answers
from rubric.model import Rubric
from rubric.scoring import assess

Sheet = Mapping[str, int]


@dataclass(frozen=True)
class Difference:
    indicator: str
    first: int
    second: int
    straddles_critical_minimum: bool
    """One of the two levels fails the critical minimum of the measured award, the other does not."""


@dataclass(frozen=True)
class Comparison:
    equal: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class DimensionAgreement:
    items: int
    """Pairs of levels that were compared."""
    exact: Fraction | None
    """Share of pairs that are equal; None without pairs."""
    weighted_kappa: Fraction | None
    """Linear weights; None without pairs, or where chance alone would agree completely."""


def compare(rubric: Rubric, dimension: str, first: Sheet, second: Sheet) -> Comparison:
    """Two sheets of one dimension, indicator by indicator; what either left out is not compared."""
    equal, differences = [], []
    minimum = rubric.measured_award.critical_minimum
    for item in rubric.dimension(dimension).indicators:
        if item.id not in first or item.id not in second:
            continue
        one, two = first[item.id], second[item.id]
        if one == two:
            equal.append(item.id)
            continue
        straddles = item.id in rubric.critical and min(one, two) < minimum <= max(one, two)
        differences.append(Difference(item.id, one, two, straddles))
    return Comparison(tuple(equal), tuple(differences))


def changes_award(rubric: Rubric, lower: Answers, higher: Answers) -> bool:
    """Whether the contested levels decide the award: all at the lower end against all at the higher one.

    Scores never fall when a level rises, so equal ends mean that nothing between them differs either.
    """
    return assess(rubric, lower).award != assess(rubric, higher).award


def median_level(first: int, second: int, third: int) -> int:
    return sorted((first, second, third))[1]


def agreement(rubric: Rubric, pairs: Sequence[tuple[Sheet, Sheet]]) -> dict[str, DimensionAgreement]:
    """Agreement over any number of files, for each dimension: sheets of first and second evaluators."""
    return {
        dimension.id: _agree(
            [
                (first[item.id], second[item.id])
                for first, second in pairs
                for item in dimension.indicators
                if item.id in first and item.id in second
            ],
            rubric.maximum_level,
        )
        for dimension in rubric.dimensions
    }


def _agree(levels: list[tuple[int, int]], maximum: int) -> DimensionAgreement:
    if not levels:
        return DimensionAgreement(0, None, None)
    exact = Fraction(sum(one == two for one, two in levels), len(levels))
    return DimensionAgreement(len(levels), exact, weighted_kappa(levels, maximum))


def weighted_kappa(levels: Sequence[tuple[int, int]], maximum: int) -> Fraction | None:
    """Cohen's kappa with linear weights (Cohen 1968), exact: 1 - observed / expected disagreement."""
    count = len(levels)
    observed = Fraction(sum(abs(one - two) for one, two in levels), count)
    firsts = [sum(one == level for one, _ in levels) for level in range(maximum + 1)]
    seconds = [sum(two == level for _, two in levels) for level in range(maximum + 1)]
    expected = Fraction(
        sum(
            firsts[one] * seconds[two] * abs(one - two)
            for one in range(maximum + 1)
            for two in range(maximum + 1)
        ),
        count * count,
    )
    return None if expected == 0 else 1 - observed / expected

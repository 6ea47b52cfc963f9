"""The score profile as a picture: a bar for each dimension with the minimum of the mark; plain SVG, own drawing."""

from dataclasses import dataclass
from decimal import Decimal

from rubric import Assessment, Labels, Rubric

MARK = "granted"
WIDTH = 250
ROW = 46


@dataclass(frozen=True)
class Bar:
    """One dimension: lengths and places in units of the drawing, the score from 0 to 100."""

    label: Labels
    score: Decimal
    meets_minimum: bool
    top: int
    length: float


@dataclass(frozen=True)
class Profile:
    bars: tuple[Bar, ...]
    minimum: Decimal
    minimum_at: float
    width: int
    height: int


def draw_profile(rubric: Rubric, assessment: Assessment) -> Profile:
    minimum = next(award.dimension_minimum for award in rubric.awards if award.code == MARK)
    bars = tuple(
        Bar(
            label=dimension.label,
            score=assessment.dimensions[dimension.id].score,
            meets_minimum=assessment.dimensions[dimension.id].meets_minimum,
            top=place * ROW,
            length=float(assessment.dimensions[dimension.id].score) * WIDTH / 100,
        )
        for place, dimension in enumerate(rubric.dimensions)
    )
    return Profile(bars, minimum, float(minimum) * WIDTH / 100, WIDTH, len(bars) * ROW)

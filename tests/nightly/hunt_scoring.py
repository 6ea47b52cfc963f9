"""Random rubrics with random answers: the assessment equals the exact reference of the property tests."""

from decimal import Decimal
from random import Random

from rubric import Answers, Award, Dimension, EditionStatus, Indicator, Labels, Level, Rubric, assess
from rubric.model import NotApplicableRule
from tests.nightly.hunting import Hunt, Round
from tests.properties.test_scoring import reference

WORDS = Labels(es="x", en="x", pt="x")


def prepare() -> Round:
    return compare_once


def compare_once(chance: Random) -> None:
    rubric = draw_rubric(chance)
    answers = draw_answers(chance, rubric)
    found = assess(rubric, answers)
    scores = {name: result.exact for name, result in found.dimensions.items()}
    expected = reference(rubric, answers)
    assert (found.exact_total, scores, found.award) == expected, f"{rubric.model_dump_json()} {answers}"


def draw_rubric(chance: Random) -> Rubric:
    highest = chance.randint(1, 10)
    dimensions = tuple(draw_dimension(chance, number, highest) for number in range(chance.randint(1, 7)))
    names = [item.id for dimension in dimensions for item in dimension.indicators]
    return Rubric(
        id="random",
        status=EditionStatus.DRAFT,
        title=WORDS,
        maximum_level=highest,
        generic_levels=draw_levels(highest),
        not_applicable=NotApplicableRule(maximum_per_dimension=chance.randint(0, 2)),
        critical=tuple(chance.sample(names, chance.randint(0, min(4, len(names))))),
        awards=(*(draw_award(chance, n, highest) for n in range(chance.randint(0, 4))), LAST_AWARD),
        dimensions=dimensions,
    )


def draw_dimension(chance: Random, number: int, highest: int) -> Dimension:
    return Dimension(
        id=f"dimension_{number}",
        label=WORDS,
        long_label=WORDS,
        weight=draw_weight(chance),
        indicators=tuple(
            Indicator(
                id=f"I{number}_{n}", label=WORDS, weight=draw_weight(chance), levels=draw_levels(highest)
            )
            for n in range(chance.randint(1, 9))
        ),
    )


def draw_levels(highest: int) -> tuple[Level, ...]:
    return tuple(Level(value=value, descriptor=WORDS) for value in range(highest + 1))


def draw_weight(chance: Random) -> Decimal:
    return Decimal(chance.randint(1, 10_000)).scaleb(-chance.randint(2, 4))


def draw_award(chance: Random, number: int, highest: int) -> Award:
    """Minimums on round numbers, where a total is most likely to meet them exactly."""
    return Award(
        code=f"award_{number}",
        label=WORDS,
        total_minimum=Decimal(chance.randint(0, 20) * 5),
        dimension_minimum=Decimal(chance.randint(0, 20) * 5),
        critical_minimum=chance.randint(0, highest),
        months_valid=0,
        seal=False,
    )


LAST_AWARD = Award(
    code="not_granted",
    label=WORDS,
    total_minimum=Decimal(0),
    dimension_minimum=Decimal(0),
    critical_minimum=0,
    months_valid=0,
    seal=False,
)


def draw_answers(chance: Random, rubric: Rubric) -> Answers:
    """One level for all, now and then: then totals fall exactly on minimums."""
    same = chance.randint(0, rubric.maximum_level) if chance.random() < 1 / 4 else None
    left_out: dict[str, str] = {}
    for dimension in rubric.dimensions:
        free = [item.id for item in dimension.indicators if item.id not in rubric.critical]
        most = min(rubric.not_applicable.maximum_per_dimension, len(free), len(dimension.indicators) - 1)
        left_out |= dict.fromkeys(chance.sample(free, chance.randint(0, most)), "no")
    scores = {
        name: chance.randint(0, rubric.maximum_level) if same is None else same
        for name in rubric.indicators
        if name not in left_out
    }
    return Answers(scores, left_out)


HUNTS = {"scoring": Hunt(prepare, 100_000)}

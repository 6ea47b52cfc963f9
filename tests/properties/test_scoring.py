"""Scoring, whatever the answers: bounded, monotone, independent of order, equal to an exact reference."""

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rubric import Answers, Rubric, assess, load_edition

EDITION = load_edition("mcc-2026")
NAMES = list(EDITION.indicators)
LEFT_OUT = {
    dimension.id: [item.id for item in dimension.indicators if item.id not in EDITION.critical]
    for dimension in EDITION.dimensions
}


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    scores = {name: draw(st.integers(0, EDITION.maximum_level)) for name in NAMES}
    gone = [draw(st.none() | st.sampled_from(names)) for names in LEFT_OUT.values()]
    reasons = {name: "No corresponde." for name in gone if name is not None}
    return Answers({name: level for name, level in scores.items() if name not in reasons}, reasons)


def reference(rubric: Rubric, given_: Answers) -> tuple[Fraction, dict[str, Fraction], str]:
    """The rule as the edition states it, in fractions throughout, sharing nothing with the library."""
    dimensions: dict[str, Fraction] = {}
    for dimension in rubric.dimensions:
        asked = [item for item in dimension.indicators if item.id not in given_.not_applicable]
        earned = sum(
            (
                Fraction(item.weight) * Fraction(given_.scores[item.id], rubric.maximum_level)
                for item in asked
            ),
            Fraction(),
        )
        dimensions[dimension.id] = 100 * earned / sum((Fraction(item.weight) for item in asked), Fraction())
    weights = {dimension.id: Fraction(dimension.weight) for dimension in rubric.dimensions}
    parts = (dimensions[name] * weight for name, weight in weights.items())
    total = sum(parts, Fraction()) / sum(weights.values(), Fraction())
    for award in rubric.awards:
        enough = total >= Fraction(award.total_minimum)
        balanced = all(score >= Fraction(award.dimension_minimum) for score in dimensions.values())
        sound = all(given_.scores[name] >= award.critical_minimum for name in rubric.critical)
        if enough and balanced and sound:
            return total, dimensions, award.code
    raise AssertionError


@given(answers())
def test_the_assessment_equals_an_exact_reference(given_: Answers) -> None:
    found = assess(EDITION, given_)
    scores = {name: result.exact for name, result in found.dimensions.items()}
    assert (found.exact_total, scores, found.award) == reference(EDITION, given_)


@given(answers())
def test_scores_stay_between_zero_and_a_hundred(given_: Answers) -> None:
    found = assess(EDITION, given_)
    assert 0 <= found.exact_total <= 100
    assert all(0 <= result.exact <= 100 for result in found.dimensions.values())
    assert min(row.exact for row in found.dimensions.values()) <= found.exact_total
    assert found.exact_total <= max(row.exact for row in found.dimensions.values())


@given(answers(), st.data())
def test_a_better_level_never_lowers_a_score_or_an_award(given_: Answers, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(given_.scores)))
    level = data.draw(st.integers(given_.scores[name], EDITION.maximum_level))
    before = assess(EDITION, given_)
    after = assess(EDITION, Answers({**given_.scores, name: level}, given_.not_applicable))
    order = [award.code for award in EDITION.awards]
    assert after.exact_total >= before.exact_total
    assert order.index(after.award) <= order.index(before.award)


@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(given_: Answers, random: Random) -> None:
    rows = list(given_.scores.items())
    random.shuffle(rows)
    shuffled = Answers(dict(rows), dict(reversed(list(given_.not_applicable.items()))))
    assert assess(EDITION, shuffled) == assess(EDITION, given_)


@given(answers())
def test_the_award_is_the_best_one_reached_and_each_says_why(given_: Answers) -> None:
    found = assess(EDITION, given_)
    reached = [code for code, result in found.awards.items() if result.reached]
    assert found.award == reached[0]
    for result in found.awards.values():
        kinds = {reason.code.endswith("_reached") for reason in result.reasons}
        assert kinds == {result.reached}

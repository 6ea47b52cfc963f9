"""Between evaluators: differences, what is at stake, and agreement beyond chance."""

from fractions import Fraction

from rubric import Answers, Difference, Rubric, agreement, changes_award, compare, median_level


def sheet(edition: Rubric, level: int, **special: int) -> dict[str, int]:
    return {item.id: special.get(item.id, level) for item in edition.dimension("product_quality").indicators}


def test_equal_sheets_leave_nothing_to_discuss(edition: Rubric) -> None:
    found = compare(edition, "product_quality", sheet(edition, 3), sheet(edition, 3))
    assert found.differences == ()
    assert found.equal == ("CAL1", "CAL2", "CAL3", "CAL4", "CAL5", "CAL6")


def test_a_difference_around_the_critical_minimum_is_marked(edition: Rubric) -> None:
    found = compare(edition, "product_quality", sheet(edition, 3, CAL1=1), sheet(edition, 3, CAL1=2, CAL2=1))
    assert found.differences == (Difference("CAL1", 1, 2, True), Difference("CAL2", 3, 1, False))


def test_a_difference_above_the_critical_minimum_straddles_nothing(edition: Rubric) -> None:
    found = compare(edition, "product_quality", sheet(edition, 3, CAL1=2), sheet(edition, 3, CAL1=4))
    assert found.differences == (Difference("CAL1", 2, 4, False),)


def test_the_contested_levels_may_or_may_not_change_the_award(edition: Rubric) -> None:
    everything = dict.fromkeys(edition.indicators, 3)
    low, lower = {**everything, "CAL2": 2}, {**everything, "CAL1": 1}
    assert not changes_award(edition, Answers(low), Answers(everything))
    assert changes_award(edition, Answers(lower), Answers(everything))


def test_the_median_of_three_levels_stands() -> None:
    assert [median_level(0, 4, 2), median_level(3, 1, 1), median_level(2, 2, 4)] == [2, 1, 2]


def test_kappa_is_one_when_all_levels_are_equal_and_vary(edition: Rubric) -> None:
    varied = sheet(edition, 3, CAL1=1)
    found = agreement(edition, [(varied, varied)])["product_quality"]
    assert (found.items, found.exact, found.weighted_kappa) == (6, Fraction(1), Fraction(1))


def test_kappa_is_undefined_when_chance_alone_agrees(edition: Rubric) -> None:
    found = agreement(edition, [(sheet(edition, 3), sheet(edition, 3))])["product_quality"]
    assert (found.items, found.exact, found.weighted_kappa) == (6, Fraction(1), None)


def test_nothing_compared_is_not_agreement(edition: Rubric) -> None:
    found = agreement(edition, [])["product_quality"]
    assert (found.items, found.exact, found.weighted_kappa) == (0, None, None)


def test_kappa_is_exact_and_linear(edition: Rubric) -> None:
    """Worked by hand: levels (0, 2), (0, 0), (2, 2); observed 2/3, expected (2*2*2 + 1*1*2)/9 = 10/9."""
    first, second = {"CAL1": 0, "CAL2": 0, "CAL3": 2}, {"CAL1": 2, "CAL2": 0, "CAL3": 2}
    found = agreement(edition, [(first, second)])["product_quality"]
    assert (found.items, found.exact) == (3, Fraction(2, 3))
    assert found.weighted_kappa == 1 - Fraction(2, 3) / Fraction(10, 9)

"""Scoring: exact, complete answers only, thresholds before rounding, a reason for every award."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rubric import Answers, AnswersInvalid, Reason, Rubric, assess, check_answers, load_rubric

QUALITY_AT_THE_FLOOR = {"CAL1": 2, "CAL2": 1, "CAL3": 1, "CAL4": 1, "CAL5": 1, "CAL6": 1}


def answer(edition: Rubric, level: int, **special: int) -> Answers:
    """The same level everywhere but for `special` indicators."""
    return Answers({item: special.get(item, level) for item in edition.indicators})


def leave_out(answers: Answers, **reasons: str) -> Answers:
    scores = {item: level for item, level in answers.scores.items() if item not in reasons}
    return Answers(scores, reasons)


@pytest.mark.parametrize(
    ("level", "special", "total", "award"),
    [
        (3, {}, "75.0000", "granted"),
        (4, {"CAL1": 1}, "95.3125", "on_the_way"),
        (4, QUALITY_AT_THE_FLOOR, "82.8125", "on_the_way"),
        (2, {}, "50.0000", "on_the_way"),
        (4, {}, "100.0000", "distinction"),
        (0, {}, "0.0000", "not_granted"),
    ],
)
def test_the_worked_examples_come_out(
    edition: Rubric, level: int, special: dict[str, int], total: str, award: str
) -> None:
    document = assess(edition, answer(edition, level, **special)).as_document()
    assert (document["total"], document["award"]) == (total, award)


def test_the_document_has_the_fixed_shape(edition: Rubric) -> None:
    document = assess(edition, answer(edition, 4, CAL1=1)).as_document()
    assert document["edition"] == "mcc-2026"
    assert document["edition_hash"] == edition.meaning_hash
    assert document["dimensions"]["product_quality"] == {"score": "81.2500", "meets_minimum": True}
    assert document["critical_failures"] == ["CAL1"]
    assert document["awards"]["granted"] == {
        "reached": False,
        "reasons": [{"code": "critical_below_minimum", "where": "CAL1", "value": 1, "minimum": 2}],
    }
    assert document["awards"]["on_the_way"] == {
        "reached": True,
        "reasons": [
            {"code": "total_reached", "where": "total", "value": "95.3125", "minimum": "40.0000"},
            {
                "code": "dimensions_reached",
                "where": "product_quality",
                "value": "81.2500",
                "minimum": "25.0000",
            },
            {"code": "criticals_reached", "where": "CAL1", "value": 1, "minimum": 1},
        ],
    }


def test_a_missed_award_names_everything_that_was_missed(edition: Rubric) -> None:
    result = assess(edition, answer(edition, 2)).awards["granted"]
    assert result.reasons == (Reason("total_below_minimum", "total", 50, 60),)
    result = assess(edition, answer(edition, 4, **QUALITY_AT_THE_FLOOR)).awards["granted"]
    assert [(reason.code, reason.where) for reason in result.reasons] == [
        ("dimension_below_minimum", "product_quality")
    ]


def test_a_strong_total_does_not_make_up_for_a_weak_dimension(edition: Rubric) -> None:
    assessment = assess(edition, answer(edition, 4, **QUALITY_AT_THE_FLOOR))
    assert not assessment.dimensions["product_quality"].meets_minimum
    assert assessment.critical_failures == ()


def test_not_applicable_does_not_count_as_zero(edition: Rubric) -> None:
    full = answer(edition, 3)
    assert assess(edition, leave_out(full, PAR4="No reparte.")).exact_total == 75
    assert assess(edition, answer(edition, 3, PAR4=0)).exact_total < 75


def test_leaving_an_indicator_out_reweights_its_own_dimension_only(edition: Rubric) -> None:
    mixed = answer(edition, 4, PAR2=2, DEC2=1)
    before, after = assess(edition, mixed), assess(edition, leave_out(mixed, PAR6="Recién empieza."))
    assert after.dimensions["participation"].exact < before.dimensions["participation"].exact
    for other in ("decision_making", "product_quality", "territorial_insertion"):
        assert after.dimensions[other] == before.dimensions[other]


@pytest.mark.parametrize(
    ("answers", "code", "where"),
    [
        (Answers({"XXX1": 2}), "unknown_indicator", "scores.XXX1"),
        (Answers({"PAR1": 5}), "level_out_of_range", "scores.PAR1"),
        (Answers({"PAR1": -1}), "level_out_of_range", "scores.PAR1"),
        (Answers({"PAR1": True}), "level_out_of_range", "scores.PAR1"),
        (Answers({}), "answer_missing", "scores.PAR1"),
        (Answers({"PAR4": 2}, {"PAR4": "No reparte."}), "answered_twice", "not_applicable.PAR4"),
        (Answers({}, {"CAL1": "Exento."}), "not_applicable_critical", "not_applicable.CAL1"),
        (Answers({}, {"PAR4": " "}), "not_applicable_without_reason", "not_applicable.PAR4"),
        (Answers({}, {"XXX1": "No existe."}), "unknown_indicator", "not_applicable.XXX1"),
        (Answers({}, {"PAR4": "No.", "PAR5": "No."}), "too_many_not_applicable", "participation"),
        (Answers({}, edition="mcc-2031"), "wrong_edition", "edition"),
    ],
)
def test_answers_that_cannot_be_scored_are_refused(
    edition: Rubric, answers: Answers, code: str, where: str
) -> None:
    assert (code, where) in {(problem.code, problem.where) for problem in check_answers(edition, answers)}
    with pytest.raises(AnswersInvalid):
        assess(edition, answers)


def test_a_single_missing_answer_is_named(edition: Rubric) -> None:
    scores = {item: 3 for item in edition.indicators if item != "DEC6"}
    assert [(row.code, row.where) for row in check_answers(edition, Answers(scores))] == [
        ("answer_missing", "scores.DEC6")
    ]


def test_one_dimension_can_be_checked_alone(edition: Rubric) -> None:
    scores = {item.id: 3 for item in edition.dimension("product_quality").indicators}
    assert check_answers(edition, Answers(scores), dimension="product_quality") == ()


def test_a_threshold_is_compared_before_rounding(altered: Callable[[str, str], Path]) -> None:
    """75 is below 75.00001, though both are shown as 75.0000."""
    tight = load_rubric(altered("total_minimum: 60", "total_minimum: 75.00001"))
    result = assess(tight, answer(tight, 3)).awards["granted"]
    assert [reason.as_document() for reason in result.reasons] == [
        {"code": "total_below_minimum", "where": "total", "value": "75.0000", "minimum": "75.0000"}
    ]

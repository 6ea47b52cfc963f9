"""The improvement plan: what comes first, what it brings, word for word what has to be reached."""

from rubric import Answers, Rubric, assess, plan


def answer(edition: Rubric, level: int, **special: int) -> Answers:
    return Answers({item: special.get(item, level) for item in edition.indicators})


def test_criticals_come_first_then_weak_dimensions_then_the_gain(edition: Rubric) -> None:
    answers = answer(edition, 3, CAL1=1, TER1=2, TER2=0, TER3=0, TER4=0, TER5=0, TER6=0)
    actions = plan(edition, answers)
    assert [actions[0].indicator, actions[0].days] == ["CAL1", 30]
    weak = [action.indicator for action in actions if action.days == 90]
    assert weak == ["TER3", "TER4", "TER5", "TER1", "TER2", "TER6"]
    rest = [action.gain for action in actions if action.days == 180]
    assert rest == sorted(rest, reverse=True)


def test_a_critical_indicator_aims_at_its_minimum_the_others_at_the_next_level(edition: Rubric) -> None:
    targets = {row.indicator: row.target for row in plan(edition, answer(edition, 3, CAL1=0, PAR1=1, TER2=0))}
    assert (targets["CAL1"], targets["PAR1"], targets["PAR5"]) == (2, 2, 4)
    assert targets["TER2"] == 2, "level 1 tells what is wanting: it is nobody's goal"


def test_the_gain_is_the_total_scored_again_minus_the_total_now(edition: Rubric) -> None:
    answers = answer(edition, 2, CAL1=0)
    now = assess(edition, answers).exact_total
    for action in plan(edition, answers):
        better = Answers({**answers.scores, action.indicator: action.target})
        assert action.gain == assess(edition, better).exact_total - now


def test_the_gain_counts_what_was_left_out(edition: Rubric) -> None:
    full = answer(edition, 2)
    short = Answers(
        {key: level for key, level in full.scores.items() if key != "PAR4"}, {"PAR4": "No reparte."}
    )
    gains = {row.indicator: row.gain for row in plan(edition, short)}
    assert "PAR4" not in gains
    assert gains["PAR1"] > {row.indicator: row.gain for row in plan(edition, full)}["PAR1"]


def test_the_goal_is_the_descriptor_word_for_word_also_of_a_variant(edition: Rubric) -> None:
    answers = answer(edition, 2)
    part = edition.indicator("CAL3")
    for kind, levels in (("products", part.levels), ("services", part.variants[0].levels)):
        found = next(row for row in plan(edition, answers, scope_kind=kind) if row.indicator == "CAL3")
        assert found.goal == levels[3].descriptor
        assert (found.evidence, found.support) == (part.evidence, part.support)


def test_nothing_is_left_to_improve_at_the_top(edition: Rubric) -> None:
    assert plan(edition, answer(edition, 4)) == ()

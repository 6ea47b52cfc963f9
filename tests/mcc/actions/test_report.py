"""The papers of a decision: a plan that leads somewhere."""

import pytest

from mcc.actions.report import SHORTEST_PLAN, count_steps
from rubric import Answers, assess, load_edition, plan

EDITION = load_edition("mcc-2026")


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_whoever_takes_every_step_of_the_plan_reaches_the_mark_or_everything_was_told(level: int) -> None:
    answers = Answers(dict.fromkeys(EDITION.indicators, level))
    steps = plan(EDITION, answers)
    told = steps[: count_steps(EDITION, answers, steps)]
    after = Answers({**answers.scores, **{step.indicator: step.target for step in told}})
    reached = assess(EDITION, after).awards["granted"].reached
    assert reached or len(told) == len(steps)
    assert len(told) >= SHORTEST_PLAN
    if level == 2:
        assert reached
        assert len(told) < len(steps)

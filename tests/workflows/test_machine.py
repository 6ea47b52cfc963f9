"""What may happen next: the table decides, a refusal says why, and nothing is kept between two calls."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.workflows.conftest import Alter
from workflows import (
    EDITIONS,
    MoveRefused,
    Workflow,
    load_workflow,
    load_workflow_file,
    moves_from,
    needed_facts,
    next_state,
    roles_for,
)

GIVEN = {"complete": True, "paid": True}


@pytest.fixture
def request_life(alter: Alter) -> Workflow:
    return load_workflow_file(alter())


def test_a_move_leads_where_the_table_says(request_life: Workflow) -> None:
    assert next_state(request_life, state="open", action="wait", role="clerk", facts={}) == "waiting"
    assert next_state(request_life, state="waiting", action="close", role="system", facts=GIVEN) == "closed"


def test_facts_that_nobody_asks_for_do_no_harm(request_life: Workflow) -> None:
    facts = {**GIVEN, "late": False}
    assert next_state(request_life, state="open", action="close", role="clerk", facts=facts) == "closed"


@pytest.mark.parametrize(
    ("asked", "code", "facts"),
    [
        ({"state": "gone"}, "unknown_state", {"state": "gone"}),
        ({"action": "burn"}, "unknown_action", {"action": "burn"}),
        ({"state": "waiting", "action": "wait"}, "not_from_this_state", {"state": "waiting"}),
        ({"action": "wait", "role": "system"}, "role_not_allowed", {"role": "system"}),
        ({"facts": {"complete": True}}, "fact_missing", {"guard": "paid"}),
        ({"facts": {"complete": False, "paid": False}}, "guard_failed", {"guard": "complete"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_refusal_says_why(
    request_life: Workflow, asked: dict[str, Any], code: str, facts: dict[str, str]
) -> None:
    step: dict[str, Any] = {"state": "open", "action": "close", "role": "clerk", "facts": GIVEN, **asked}
    with pytest.raises(MoveRefused) as refused:
        next_state(request_life, **step)
    assert (refused.value.code, refused.value.facts) == (code, facts)


def test_what_may_be_done_can_be_asked_beforehand(request_life: Workflow) -> None:
    assert needed_facts(request_life, "open", "close") == ("complete", "paid")
    assert [move.action for move in moves_from(request_life, "open")] == ["wait", "close"]
    assert [move.action for move in moves_from(request_life, "open", "system")] == ["close"]
    assert roles_for(request_life, "close") == ("clerk", "system")
    assert roles_for(request_life, "burn") == ()


GUARDED = [
    (life, state, move.action, guard)
    for life in EDITIONS
    for move in load_workflow(life).moves
    for state in move.from_states
    for guard in move.guards
]


@pytest.mark.parametrize(("life", "state", "action", "guard"), GUARDED)
def test_every_guard_of_every_move_holds_it_back(life: str, state: str, action: str, guard: str) -> None:
    workflow = load_workflow(life)
    move = next(move for move in moves_from(workflow, state) if move.action == action)
    facts = dict.fromkeys(move.guards, True)
    role = move.roles[0]
    assert next_state(workflow, state=state, action=action, role=role, facts=facts) == move.to
    for changed, code in (
        ({**facts, guard: False}, "guard_failed"),
        (facts.keys() - {guard}, "fact_missing"),
    ):
        given = changed if isinstance(changed, dict) else dict.fromkeys(changed, True)
        with pytest.raises(MoveRefused) as refused:
            next_state(workflow, state=state, action=action, role=role, facts=given)
        assert (refused.value.code, refused.value.facts) == (code, {"guard": guard})


def test_one_machine_serves_many_threads() -> None:
    workflow = load_workflow("assignment")
    lock = {"sheet_complete": True, "evidence_given": True}

    def walk(_: int) -> list[str]:
        states = ["assigned"]
        for action, role, facts in (
            ("accept", "evaluator", {"no_conflict_declared": True}),
            ("lock", "evaluator", lock),
            ("reopen", "system", {}),
            ("lock", "evaluator", lock),
        ):
            states.append(next_state(workflow, state=states[-1], action=action, role=role, facts=facts))
        return states

    with ThreadPoolExecutor(8) as pool:
        walks = set(map(tuple, pool.map(walk, range(2000))))
    assert walks == {("assigned", "in_progress", "scored", "in_progress", "scored")}

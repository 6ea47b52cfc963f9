"""Any walk through a workflow takes the steps of its table, read apart from the library, and no other."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workflows import EDITIONS, MoveRefused, load_workflow, next_state

Table = tuple[Mapping[str, Any], ...]
CODES = {
    "unknown_state",
    "unknown_action",
    "not_from_this_state",
    "role_not_allowed",
    "fact_missing",
    "guard_failed",
}


@cache
def read_table(name: str) -> Table:
    """The moves of a published edition, as plain data."""
    text = files("workflows").joinpath(f"editions/{name}.yaml").read_text("utf-8")
    return tuple(YAML(typ="safe", pure=True).load(text)["moves"])


def look_up(table: Table, state: str, action: str, role: str, facts: Mapping[str, bool]) -> str | None:
    """Where the table says that the step leads; None where it is refused."""
    for move in table:
        if move["action"] == action and state in move["from"]:
            allowed = role in move["roles"] and all(
                facts.get(guard, False) for guard in move.get("guards", [])
            )
            return str(move["to"]) if allowed else None
    return None


@st.composite
def steps(draw: st.DrawFn, table: Table, state: str) -> tuple[str, str, dict[str, bool]]:
    """Mostly what fits, else few walks would lead anywhere."""
    fitting = [move for move in table if state in move["from"]]
    move = draw(st.sampled_from(fitting or list(table)) | st.sampled_from(table))
    everybody = sorted({role for row in table for role in row["roles"]})
    role = draw(st.sampled_from(move["roles"]) | st.sampled_from(everybody))
    fact = st.sampled_from([True, True, True, False, None])
    facts = {guard: draw(fact) for guard in move.get("guards", [])}
    return move["action"], role, {guard: value for guard, value in facts.items() if value is not None}


def attempt(
    name: str, state: str, action: str, role: str, facts: Mapping[str, bool]
) -> tuple[str | None, str]:
    """The state that the step leads to, if any, and the code of the refusal, if one."""
    try:
        return next_state(load_workflow(name), state=state, action=action, role=role, facts=facts), ""
    except MoveRefused as refused:
        return None, refused.code


@given(st.data(), st.sampled_from(EDITIONS))
def test_a_walk_follows_the_table(data: st.DataObject, name: str) -> None:
    workflow, table = load_workflow(name), read_table(name)
    state = workflow.initial
    for _ in range(data.draw(st.integers(1, 25))):
        action, role, facts = data.draw(steps(table, state))
        reached, code = attempt(name, state, action, role, facts)
        assert reached == look_up(table, state, action, role, facts)
        assert code in (CODES if reached is None else {""})
        state = reached or state
        assert state in workflow.states


ENDS = [
    (name, code) for name in EDITIONS for code, state in load_workflow(name).states.items() if state.final
]


@given(st.data(), st.sampled_from(ENDS))
def test_nothing_leads_out_of_an_end(data: st.DataObject, end: tuple[str, str]) -> None:
    name, state = end
    assert attempt(name, state, *data.draw(steps(read_table(name), state))) == (None, "not_from_this_state")


@given(st.text(max_size=30), st.sampled_from(EDITIONS))
def test_names_that_nobody_knows_lead_nowhere(word: str, name: str) -> None:
    workflow = load_workflow(name)
    assume(word not in {move.action for move in workflow.moves})
    assert attempt(name, workflow.initial, word, "system", {}) == (None, "unknown_action")

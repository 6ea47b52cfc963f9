"""Random walks through every workflow: each step is what the table of the edition, read apart from it, says."""

from collections.abc import Mapping
from importlib.resources import files
from random import Random
from typing import Any

from ruamel.yaml import YAML

from tests.nightly.hunting import Hunt, Round
from workflows import EDITIONS, MoveRefused, Workflow, load_workflow, next_state

STEPS = 30
ALIKE = 4
"""Of so many steps all but one are taken from what fits: else few walks would lead anywhere."""


def prepare() -> Round:
    tables = {name: read_table(name) for name in EDITIONS}

    def walk(chance: Random) -> None:
        name = chance.choice(EDITIONS)
        workflow = load_workflow(name)
        state = workflow.initial
        for _ in range(STEPS):
            state = take_step(chance, workflow, tables[name], state)

    return walk


Table = list[Mapping[str, Any]]


def read_table(name: str) -> Table:
    text = files("workflows").joinpath(f"editions/{name}.yaml").read_text("utf-8")
    return list(YAML(typ="safe", pure=True).load(text)["moves"])


def take_step(chance: Random, workflow: Workflow, table: Table, state: str) -> str:
    action, role, facts = draw_step(chance, table, state)
    expected = look_up(table, state, action, role, facts)
    try:
        reached = next_state(workflow, state=state, action=action, role=role, facts=facts)
    except MoveRefused:
        reached = None
    step = f"{workflow.name}: {action} by {role} from {state} with {facts}"
    assert reached == expected, f"{step} leads to {reached}, not to {expected}"
    return state if reached is None else reached


def draw_step(chance: Random, table: Table, state: str) -> tuple[str, str, dict[str, bool]]:
    fitting = [move for move in table if state in sources(move)] or table
    move = chance.choice(fitting if chance.randrange(ALIKE) else table)
    roles = (
        move["roles"] if chance.randrange(ALIKE) else sorted({role for row in table for role in row["roles"]})
    )
    facts = {guard: chance.randrange(ALIKE * 2) > 0 for guard in move.get("guards", [])}
    if facts and not chance.randrange(ALIKE * 2):
        del facts[chance.choice(sorted(facts))]
    return move["action"], chance.choice(roles), facts


def look_up(table: Table, state: str, action: str, role: str, facts: Mapping[str, bool]) -> str | None:
    for move in table:
        if move["action"] == action and state in sources(move):
            allowed = role in move["roles"] and all(
                facts.get(guard, False) for guard in move.get("guards", [])
            )
            return str(move["to"]) if allowed else None
    return None


def sources(move: Mapping[str, Any]) -> list[str]:
    return [move["from"]] if isinstance(move["from"], str) else list(move["from"])


HUNTS = {"walks": Hunt(prepare, 50_000)}

"""Random walks through every workflow: each step is what the table of the edition, read apart from it, says."""

from random import Random

from tests.nightly.hunting import Hunt, Round
from tests.properties.test_workflow_walks import Table, look_up, read_table
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
    fitting = [move for move in table if state in move["from"]] or table
    move = chance.choice(fitting if chance.randrange(ALIKE) else table)
    roles = (
        move["roles"] if chance.randrange(ALIKE) else sorted({role for row in table for role in row["roles"]})
    )
    facts = {guard: chance.randrange(ALIKE * 2) > 0 for guard in move.get("guards", [])}
    if facts and not chance.randrange(ALIKE * 2):
        del facts[chance.choice(sorted(facts))]
    return move["action"], chance.choice(roles), facts


HUNTS = {"walks": Hunt(prepare, 50_000)}

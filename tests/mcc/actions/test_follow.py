"""What a person is offered: every move that an action makes, and none that nobody can make yet."""

import ast
from pathlib import Path

from mcc.actions.follow import BY_THE_WAY
from workflows import load_workflow

ACTIONS = Path(__file__).parents[3] / "mcc" / "actions"


def moves_made() -> set[str]:
    """Every string in an action's file that a call of `advance` could name: constants, and what is chosen between."""
    return {
        node.value
        for path in ACTIONS.glob("*.py")
        if path.name != "follow.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_move_of_the_two_lives_is_made_by_an_action() -> None:
    named = {move.action for life in ("application", "certificate") for move in load_workflow(life).moves}
    assert named - moves_made() == set()
    assert named >= BY_THE_WAY

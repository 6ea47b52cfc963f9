"""What may happen next: one flat machine for each workflow, compiled once and shared by all threads.

No model is ever registered with it (a shared machine would keep every row for ever): each call wraps the
state in a plain object of its own. A refusal is a typed error; the machine's own silent False never occurs.
"""

from collections.abc import Mapping
from typing import Any

from transitions import Machine

from workflows.model import Move, Workflow


class MoveRefused(Exception):
    """The move is not possible: `code` and `facts` say why.

    Codes: unknown_state, unknown_action, not_from_this_state, role_not_allowed, fact_missing (guard),
    guard_failed (guard).
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


class _Row:
    """A state that the machine can move, for the length of one call."""

    def __init__(self, state: str) -> None:
        self.state = state


_machines: dict[str, Machine] = {}
"""Compiled machines by the hash of their edition; written at most once for each, so threads may share it."""


def _machine_of(workflow: Workflow) -> Machine:
    found = _machines.get(workflow.meaning_hash)
    return found if found is not None else _machines.setdefault(workflow.meaning_hash, _compile(workflow))


def _compile(workflow: Workflow) -> Machine:
    machine = Machine(
        model=None, states=list(workflow.states), initial=workflow.initial, auto_transitions=False
    )
    for move in workflow.moves:
        machine.add_transition(move.action, list(move.from_states), move.to)
    return machine


def next_state(workflow: Workflow, *, state: str, action: str, role: str, facts: Mapping[str, bool]) -> str:
    """The state that `action` by `role` leads to, given the facts that its guards ask for.

    Raises MoveRefused; the first guard that fails is named. More facts than the guards ask for do no harm.
    """
    move = find_move(workflow, state, action)
    if role not in move.roles:
        raise MoveRefused("role_not_allowed", role=role)
    for guard in move.guards:
        if guard not in facts:
            raise MoveRefused("fact_missing", guard=guard)
        if not facts[guard]:
            raise MoveRefused("guard_failed", guard=guard)
    row = _Row(state)
    _machine_of(workflow).events[action].trigger(row)
    return row.state


def find_move(workflow: Workflow, state: str, action: str) -> Move:
    """The move that `action` makes from `state`. Raises MoveRefused."""
    if state not in workflow.states:
        raise MoveRefused("unknown_state", state=state)
    named = [move for move in workflow.moves if move.action == action]
    if not named:
        raise MoveRefused("unknown_action", action=action)
    for move in named:
        if state in move.from_states:
            return move
    raise MoveRefused("not_from_this_state", state=state)


def needed_facts(workflow: Workflow, state: str, action: str) -> tuple[str, ...]:
    """The guards that the move asks for, in the order in which they are tried."""
    return find_move(workflow, state, action).guards


def moves_from(workflow: Workflow, state: str, role: str | None = None) -> tuple[Move, ...]:
    """The moves that lead out of `state`, or those of them that `role` may make."""
    return tuple(
        move for move in workflow.moves if state in move.from_states and (role is None or role in move.roles)
    )


def roles_for(workflow: Workflow, action: str) -> tuple[str, ...]:
    """The roles that may make any move of this name; empty for an unknown action."""
    roles = [role for move in workflow.moves if move.action == action for role in move.roles]
    return tuple(dict.fromkeys(roles))

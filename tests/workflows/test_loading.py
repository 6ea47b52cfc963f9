"""A workflow that makes no sense is refused with everything that is wrong with it, and where."""

from pathlib import Path

import pytest

from tests.workflows.conftest import Alter
from workflows import Problem, WorkflowInvalid, load_workflow, load_workflow_file


def problems_of(path: Path) -> list[tuple[int, int, str, str]]:
    with pytest.raises(WorkflowInvalid) as refused:
        load_workflow_file(path)
    assert {problem.file for problem in refused.value.problems} == {str(path)}
    return [(problem.line, problem.column, problem.path, problem.code) for problem in refused.value.problems]


def test_a_good_workflow_is_read_whole(alter: Alter) -> None:
    workflow = load_workflow_file(alter())
    assert (workflow.name, workflow.initial, list(workflow.states)) == (
        "request",
        "open",
        ["open", "waiting", "closed"],
    )
    assert workflow.states["open"].code == "open"
    assert workflow.moves[1].from_states == ("open", "waiting")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("initial: open", "initial: opened", [(4, 1, "initial", "unknown_state")]),
        ("holder: clerk", "holder: clark", [(14, 5, "states.open.holder", "unknown_role")]),
        ("from: [open]", "from: [opened]", [(23, 5, "moves.0.from", "unknown_state")]),
        ("to: waiting", "to: waitin", [(24, 5, "moves.0.to", "unknown_state")]),
        ("roles: [clerk]", "roles: [clark]", [(25, 5, "moves.0.roles", "unknown_role")]),
        ("guards: [complete, paid]", "guards: [paid, done]", [(31, 5, "moves.1.guards", "unknown_guard")]),
        ("from: [open, waiting]", "from: [open]", [(16, 3, "states.waiting", "dead_end")]),
        (
            "action: wait\n    from: [open]",
            "action: wait\n    from: [open, closed]",
            [(18, 3, "states.closed", "final_state_with_move")],
        ),
        ("action: close", "action: wait", [(27, 5, "moves.1", "ambiguous_move")]),
        ("days: 5", "days: 0", [(15, 12, "states.open.term.days", "greater_than")]),
        ("kind: working", "kind: lunar", [(15, 21, "states.open.term.kind", "enum")]),
        ("holder: clerk", "keeper: clerk", [(14, 5, "states.open.keeper", "extra_forbidden")]),
        (
            "{es: Cerrar, en: Close, pt: Fechar}",
            "{es: Cerrar}",
            [(32, 5, "moves.1.label.en", "missing"), (32, 5, "moves.1.label.pt", "missing")],
        ),
    ],
    ids=range(13),
)
def test_what_makes_no_sense_is_named_with_its_place(
    alter: Alter, old: str, new: str, expected: list[tuple[int, int, str, str]]
) -> None:
    assert [found for found in problems_of(alter((old, new))) if found[3] != "unreachable_state"] == expected


def test_a_state_that_nobody_reaches_is_found(alter: Alter) -> None:
    path = alter(("to: waiting", "to: closed"))
    assert problems_of(path) == [(16, 3, "states.waiting", "unreachable_state")]


def test_every_problem_is_told_at_once(alter: Alter) -> None:
    path = alter(("initial: open", "initial: nowhere"), ("roles: [clerk]", "roles: [nobody]"))
    codes = [code for _, _, _, code in problems_of(path)]
    assert codes == ["unknown_state", "unknown_role", *["unreachable_state"] * 3]


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 1, "model_type"),
        (b"- a\n- b\n", 1, "model_type"),
        (b"name: a\nname: b\n", 2, "duplicate_key"),
        (b"a: &x [1]\nb: *x\n", 2, "alias"),
        (b"name: [\n", 2, "not_yaml"),
        (b"name: \xff\n", 1, "not_utf8"),
        (b"#" * 1_000_001, 1, "file_too_large"),
        (b"a: " + b"[" * 100_000, 1, "nested_too_deep"),
        (b"name: a\nedition: 2026-02-30\n", 2, "impossible_value"),
    ],
    ids=["empty", "list", "duplicate", "alias", "broken", "bytes", "large", "deep", "impossible"],
)
@pytest.mark.timeout(20)
def test_what_is_no_workflow_is_refused_before_it_does_harm(
    tmp_path: Path, content: bytes, line: int, code: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    assert [(problem[0], problem[3]) for problem in problems_of(path)] == [(line, code)]


def test_a_problem_reads_as_a_compiler_would_say_it() -> None:
    problem = Problem("a.yaml", 3, 5, "moves.0.to", "unknown_state", {"value": "x"})
    assert str(problem) == "a.yaml:3:5: moves.0.to: unknown_state {'value': 'x'}"


@pytest.mark.parametrize("name", ["", "applications", "../editions/application"])
def test_only_published_workflows_are_loaded_by_name(name: str) -> None:
    with pytest.raises(KeyError):
        load_workflow(name)

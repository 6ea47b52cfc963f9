"""YAML → Workflow; every problem at once, each with file, line, column and path."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from workflows.model import Workflow

MOST_BYTES = 1_000_000
MOST_NESTED = 20
YAML_PROBLEMS = {
    "DuplicateKeyError": "duplicate_key",
    "MaxDepthExceededError": "nested_too_deep",
    "_Alias": "alias",
}
EDITIONS = ("application", "assignment", "dimension", "certificate", "case")

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    file: str
    line: int
    column: int
    path: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.path}: {self.code} {self.facts or ''}".rstrip()


class WorkflowInvalid(ValueError):
    """The edition cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@cache
def load_workflow(name: str) -> Workflow:
    """A published workflow by name. Raises KeyError for a name that is not published."""
    if name not in EDITIONS:
        raise KeyError(name)
    with as_file(files("workflows").joinpath(f"editions/{name}.yaml")) as path:
        return load_workflow_file(path)


def load_pinned(name: str, meaning_hash: str) -> Workflow:
    """The edition of a workflow that means what the hash says: the present one, or one that was replaced since.

    Raises KeyError when none does.
    """
    present = load_workflow(name)
    if present.meaning_hash == meaning_hash:
        # Most files need no other: those that were replaced are only read for one that does.
        return present
    for edition in list_editions(name):
        if edition.meaning_hash == meaning_hash:
            return edition
    raise KeyError(meaning_hash)


@cache
def list_editions(name: str) -> tuple[Workflow, ...]:
    """The present edition of a workflow, then those that it replaced. Raises KeyError as `load_workflow` does."""
    present = load_workflow(name)
    with as_file(files("workflows").joinpath("editions/retired")) as folder:
        return present, *(load_workflow_file(path) for path in sorted(folder.glob(f"{name}-*.yaml")))


def load_workflow_file(path: Path) -> Workflow:
    """A workflow from a file. Raises WorkflowInvalid."""
    document = _read(path)
    try:
        workflow = Workflow.model_validate(_with_codes(document))
    except ValidationError as error:
        raise WorkflowInvalid(
            tuple(
                _problem(path, document, tuple(item["loc"]), item["type"], dict(item.get("ctx", {})))
                for item in error.errors(include_url=False)
            )
        ) from error
    problems = tuple(
        _problem(path, document, where, code, facts) for where, code, facts in check_sense(workflow)
    )
    if problems:
        raise WorkflowInvalid(problems)
    return workflow


def _read(path: Path) -> Any:
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise WorkflowInvalid((Problem(str(path), 1, 1, "-", "file_too_large", {"limit": MOST_BYTES}),))
    reader = YAML(typ="rt")
    reader.allow_duplicate_keys = False
    reader.Composer = _PlainComposer
    reader.max_depth = MOST_NESTED
    try:
        text = content.decode()
        return reader.load(text)
    except UnicodeDecodeError as error:
        raise WorkflowInvalid((Problem(str(path), 1, 1, "-", "not_utf8", {}),)) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        code = YAML_PROBLEMS.get(type(error).__name__, "not_yaml")
        facts = {"detail": (error.problem or "").splitlines()[0] if error.problem else ""}
        raise WorkflowInvalid((Problem(str(path), line, column, "-", code, facts),)) from error
    except (YAMLError, RecursionError) as error:
        raise WorkflowInvalid((Problem(str(path), 1, 1, "-", "not_yaml", {}),)) from error
    except ValueError as error:
        line, column = _find_impossible(text)
        raise WorkflowInvalid((Problem(str(path), line, column, "-", "impossible_value", {}),)) from error


def _find_impossible(text: str) -> tuple[int, int]:
    """Line and column of the first value that looks like a date or a number and is none, such as 2026-02-30."""
    for event in YAML(typ="rt").parse(text):
        if type(event).__name__ != "ScalarEvent":
            continue
        start, end = event.start_mark, event.end_mark
        try:
            YAML(typ="rt").load(text[start.index : end.index])
        except ValueError:
            return start.line + 1, start.column + 1
    return 1, 1


class _Alias(MarkedYAMLError):
    pass


class _PlainComposer(Composer):
    """Takes no aliases: one repeats a part of the file, and nested, a few lines become gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            raise _Alias(problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _with_codes(document: Any) -> Any:
    """Each state learns the key that it stands under."""
    if not isinstance(document, dict) or not isinstance(document.get("states"), dict):
        return document
    states = {
        code: {"code": code, **state} if isinstance(state, dict) else state
        for code, state in document["states"].items()
    }
    return {**document, "states": states}


def _problem(path: Path, document: Any, where: Path_, code: str, facts: dict[str, Any]) -> Problem:
    line, column = locate(document, where)
    facts = {key: value for key, value in facts.items() if key != "error"}
    return Problem(str(path), line, column, ".".join(map(str, where)) or "-", code, facts)


def locate(document: Any, where: Path_) -> tuple[int, int]:
    """Line and column, from 1, of the deepest part of the path that the document has."""
    node, line, column = document, 0, 0
    for key in where:
        places = getattr(getattr(node, "lc", None), "data", None)
        if not places or key not in places:
            break
        line, column = places[key][0], places[key][1]
        node = node[key]
    return line + 1, column + 1


def check_sense(workflow: Workflow) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    """What a schema cannot see: names that do not exist, states nobody reaches or leaves, moves that collide."""
    yield from _check_names(workflow)
    yield from _check_collisions(workflow)
    yield from _check_reach(workflow)


def _check_names(workflow: Workflow) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    if workflow.initial not in workflow.states:
        yield ("initial",), "unknown_state", {"value": workflow.initial}
    for code, state in workflow.states.items():
        if state.holder is not None and state.holder not in workflow.roles:
            yield ("states", code, "holder"), "unknown_role", {"value": state.holder}
    for index, move in enumerate(workflow.moves):
        for key, names, known, problem in (
            ("from", move.from_states, workflow.states, "unknown_state"),
            ("to", (move.to,), workflow.states, "unknown_state"),
            ("roles", move.roles, workflow.roles, "unknown_role"),
            ("guards", move.guards, workflow.guards, "unknown_guard"),
        ):
            for name in names:
                if name not in known:
                    yield ("moves", index, key), problem, {"value": name}


def _check_collisions(workflow: Workflow) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    seen: set[tuple[str, str]] = set()
    for index, move in enumerate(workflow.moves):
        for state in move.from_states:
            if (state, move.action) in seen:
                yield ("moves", index), "ambiguous_move", {"state": state, "action": move.action}
            seen.add((state, move.action))


def _check_reach(workflow: Workflow) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    leaving = {state for move in workflow.moves for state in move.from_states}
    reached, frontier = {workflow.initial}, [workflow.initial]
    while frontier:
        here = frontier.pop()
        ahead = {move.to for move in workflow.moves if here in move.from_states} - reached
        reached |= ahead
        frontier += ahead
    for code, state in workflow.states.items():
        if code not in reached:
            yield ("states", code), "unreachable_state", {"value": code}
        if state.final and code in leaving:
            yield ("states", code), "final_state_with_move", {"value": code}
        if not state.final and code not in leaving:
            yield ("states", code), "dead_end", {"value": code}

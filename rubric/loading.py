"""YAML → Rubric or Answers; every problem at once, each with file, line, column and path."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from rubric.answers import AnswerProblem, Answers
from rubric.checking import Where, check_sense
from rubric.model import Rubric

MOST_BYTES = 1_000_000
MOST_NESTED = 20
YAML_PROBLEMS = {
    "DuplicateKeyError": "duplicate_key",
    "MaxDepthExceededError": "nested_too_deep",
    "_Alias": "alias",
}
QUOTED_KEY = re.compile(r'key "([^"]+)"')
EDITION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")

Model = TypeVar("Model", bound=BaseModel)


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


class RubricInvalid(ValueError):
    """The file cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class AnswersFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: str | None = None
    scores: dict[str, Any]
    not_applicable: dict[str, str] = {}


@dataclass(frozen=True)
class LocatedAnswers:
    """Answers that remember where in the file each of them stands."""

    answers: Answers
    path: Path
    document: Any

    def locate(self, problem: AnswerProblem) -> Problem:
        where: Where = tuple(problem.where.split("."))
        facts = {"value": problem.value, **problem.facts}
        return _problem(self.path, self.document, where, problem.code, facts)


@cache
def load_edition(edition: str) -> Rubric:
    """A published edition by its id. Raises KeyError for one that is not published."""
    resource = files("rubric").joinpath(f"editions/{edition}.yaml")
    # The id may come from a file of answers: it names an edition, never a path.
    if not EDITION_ID.fullmatch(edition) or not resource.is_file():
        raise KeyError(edition)
    with as_file(resource) as path:
        return load_rubric(path)


def check_file(path: Path) -> tuple[Problem, ...]:
    """Every problem of an edition's file; empty when there is none. Raises OSError when it cannot be read."""
    try:
        load_rubric(path)
    except RubricInvalid as invalid:
        return invalid.problems
    return ()


def load_rubric(path: Path) -> Rubric:
    """An edition from a file. Raises RubricInvalid; OSError when it cannot be read."""
    document = read_yaml(path)
    rubric = _parse(path, document, Rubric)
    if problems := tuple(_problem(path, document, *found) for found in check_sense(rubric)):
        raise RubricInvalid(problems)
    return rubric


def load_answers(path: Path) -> LocatedAnswers:
    """Answers from a file: `edition`, `scores`, `not_applicable`. Raises RubricInvalid for what is not even that."""
    document = read_yaml(path)
    given = _parse(path, document, AnswersFile)
    return LocatedAnswers(Answers(given.scores, given.not_applicable, given.edition), path, document)


def _parse(path: Path, document: Any, model: type[Model]) -> Model:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise RubricInvalid(
            tuple(
                _problem(path, document, tuple(item["loc"]), item["type"], dict(item.get("ctx", {})))
                for item in error.errors(include_url=False)
            )
        ) from error


def read_yaml(path: Path) -> Any:
    """A YAML document that keeps its lines. Raises RubricInvalid for duplicate keys, aliases, or no YAML at all."""
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise RubricInvalid((Problem(str(path), 1, 1, "-", "file_too_large", {"limit": MOST_BYTES}),))
    reader = YAML(typ="rt")
    reader.allow_duplicate_keys = False
    reader.Composer = _PlainComposer
    reader.max_depth = MOST_NESTED
    try:
        text = content.decode()
        return reader.load(text)
    except UnicodeDecodeError as error:
        raise RubricInvalid((Problem(str(path), 1, 1, "-", "not_utf8"),)) from error
    except MarkedYAMLError as error:
        raise RubricInvalid((_yaml_problem(path, error),)) from error
    except (YAMLError, RecursionError) as error:
        raise RubricInvalid((Problem(str(path), 1, 1, "-", "not_yaml"),)) from error
    except ValueError as error:
        line, column = _find_impossible(text)
        raise RubricInvalid((Problem(str(path), line, column, "-", "impossible_value"),)) from error


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


def _yaml_problem(path: Path, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    code = YAML_PROBLEMS.get(type(error).__name__, "not_yaml")
    detail = next(iter((error.problem or "").splitlines()), "")
    key = QUOTED_KEY.search(detail)
    return Problem(str(path), line, column, key[1] if key else "-", code, {"detail": detail})


def _problem(path: Path, document: Any, where: Where, code: str, facts: dict[str, Any]) -> Problem:
    line, column = locate(document, where)
    facts = {key: value for key, value in facts.items() if key != "error"}
    return Problem(str(path), line, column, name_path(document, where), code, facts)


def name_path(document: Any, where: Where) -> str:
    """The path as people look for it: an item of a list by its id or code where it has one, else by its position."""
    names, node = [], document
    for key in where:
        node = node[key] if _has(node, key) else None
        own = next((node[name] for name in ("id", "code") if isinstance(node, dict) and name in node), key)
        names.append(str(own if isinstance(key, int) else key))
    return ".".join(names) or "-"


def _has(node: Any, key: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(key, int) and key < len(node)
    return isinstance(node, dict) and key in node


def locate(document: Any, where: Where) -> tuple[int, int]:
    """Line and column, from 1, of the deepest part of the path that the document has."""
    node, line, column = document, 0, 0
    for key in where:
        places = getattr(getattr(node, "lc", None), "data", None)
        if not places or key not in places:
            break
        line, column = places[key][0], places[key][1]
        node = node[key]
    return line + 1, column + 1


def schema() -> dict[str, Any]:
    """JSON Schema of an edition, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Rubric.model_json_schema()}

"""What goes wrong in this library: codes and facts, worded for people elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    path: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.path}: {self.code} {dict(self.facts)}"


@dataclass(frozen=True)
class AnswerProblem:
    """One thing wrong with answers: `where` is `edition`, `scores.ID` or `not_applicable.ID`."""

    code: str
    where: str
    value: Any = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.value!r} {dict(self.facts)}"


class RubricError(Exception):
    """Base of everything that this library raises.

    RubricError
    ├── FileInvalid          a file cannot be used; lists every problem with its line
    │   ├── RubricInvalid        an edition
    │   └── AnswersFileInvalid   a file of answers
    ├── AnswersInvalid       answers that this rubric cannot score; lists every problem
    └── UnknownPart          no edition, dimension, indicator or award of that name
    """


class FileInvalid(RubricError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class RubricInvalid(FileInvalid): ...


class AnswersFileInvalid(FileInvalid): ...


class AnswersInvalid(RubricError):
    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnknownPart(RubricError, KeyError):
    """Raised by look-ups; `code` is `unknown_edition`, `unknown_indicator` and the like."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value

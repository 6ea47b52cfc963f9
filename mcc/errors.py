"""The errors of the application, and the one table that says what each means to HTTP and to a shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from http import HTTPStatus
from typing import Any


class Exit(IntEnum):
    """Exit codes of every command: docs/contracts.md."""

    YES = 0
    NO = 1
    CANNOT_TELL = 2
    USAGE = 64


class MccError(Exception):
    """Something was refused or failed: a code and facts; `mcc.phrases` words it for the reader.

    MccError
    ├── NotSignedIn         nobody is known to be asking
    ├── NotAllowed          this person may not do this
    ├── NotFound            there is no such thing, or not for this person
    ├── Refused             the process does not allow it now (state, guard, term)
    ├── InputInvalid        what was given is missing, absurd or unknown; lists every problem
    ├── TooLarge            an upload exceeds the limit
    ├── TooManyAttempts     slow down
    └── Unavailable         a part that is needed does not answer; nothing was changed
    """

    def __init__(self, code: str, *, where: str | None = None, **facts: Any) -> None:
        super().__init__(f"{code}: {facts}" if facts else code)
        self.code = code
        self.where = where
        self.facts = facts


class NotSignedIn(MccError): ...


class NotAllowed(MccError): ...


class NotFound(MccError): ...


class Refused(MccError): ...


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was given: where it stands, what is wrong (code) and the facts of it."""

    where: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class InputInvalid(MccError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("input_invalid", where=problems[0].where)
        self.problems = tuple(problems)


class TooLarge(MccError): ...


class TooManyAttempts(MccError): ...


class Unavailable(MccError): ...


MEANING: dict[type[MccError], tuple[HTTPStatus, Exit]] = {
    NotSignedIn: (HTTPStatus.UNAUTHORIZED, Exit.NO),
    NotAllowed: (HTTPStatus.FORBIDDEN, Exit.NO),
    NotFound: (HTTPStatus.NOT_FOUND, Exit.NO),
    Refused: (HTTPStatus.CONFLICT, Exit.NO),
    InputInvalid: (HTTPStatus.UNPROCESSABLE_ENTITY, Exit.NO),
    TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Exit.NO),
    TooManyAttempts: (HTTPStatus.TOO_MANY_REQUESTS, Exit.CANNOT_TELL),
    Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, Exit.CANNOT_TELL),
}


def http_status(error: MccError) -> HTTPStatus:
    return MEANING[type(error)][0]


def exit_code(error: MccError) -> Exit:
    return MEANING[type(error)][1]

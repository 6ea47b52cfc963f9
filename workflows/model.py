"""A workflow as data: states, moves, who may make them, under which guards, and the terms that run."""

import hashlib
import json
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labels(Strict):
    es: Text
    en: Text
    pt: Text

    def in_language(self, language: str) -> str:
        """The text in `language`; in Spanish when there is none."""
        return str(getattr(self, language, self.es))


class TermKind(StrEnum):
    WORKING = "working"
    """Working days of Uruguay."""
    CALENDAR = "calendar"


class Term(Strict):
    """How long a state should last at most."""

    days: int = Field(gt=0)
    kind: TermKind


class State(Strict):
    code: Code
    label: Labels
    holder: Code | None = None
    """Role that has to act while the state lasts."""
    public_step: int | None = Field(default=None, ge=1, le=5)
    """Place on the five-step path that people see."""
    final: bool = False
    term: Term | None = None
    sentence: Labels | None = None
    """What happens now and who has it, said to the applicant."""


class Move(Strict):
    action: Code
    from_states: tuple[Code, ...] = Field(min_length=1, alias="from")
    to: Code
    roles: tuple[Code, ...] = Field(min_length=1)
    guards: tuple[Code, ...] = ()
    label: Labels

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Workflow(Strict):
    name: Code
    edition: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: Labels
    initial: Code
    roles: dict[Code, Labels]
    guards: dict[Code, Labels] = {}
    states: dict[Code, State]
    moves: tuple[Move, ...] = Field(min_length=1)

    @cached_property
    def meaning_hash(self) -> str:
        """SHA-256, in hexadecimal, over what the edition means: comments, quoting and key order do not count."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

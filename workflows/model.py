"""A workflow as data: states, moves, who may make them, under which guards, and the terms that run."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

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
        """The text for a language tag such as `pt` or `pt-BR`; in Spanish when there is none."""
        texts = {"es": self.es, "en": self.en, "pt": self.pt}
        return texts.get(language[:2].lower(), self.es)


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

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Another edition: what was worked out from this one does not go along."""
        copied = super().model_copy(update=update, deep=deep)
        for worked_out in ("meaning_hash",):
            copied.__dict__.pop(worked_out, None)
        return copied

    @cached_property
    def meaning_hash(self) -> str:
        """SHA-256, in hexadecimal, over what the edition means: comments, quoting and key order do not count."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

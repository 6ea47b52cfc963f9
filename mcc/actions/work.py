"""A piece of work: the open transaction, who asks, and the few things that an action may use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sqlmodel import Session

from mcc.actions.files import FileStore
from mcc.chance import Chance
from mcc.clock import local_day
from mcc.settings import Settings


class Role(StrEnum):
    APPLICANT = "applicant"
    COORDINATOR = "coordinator"
    EVALUATOR = "evaluator"
    REVIEWER = "reviewer"
    COMMITTEE = "committee"
    SIGNATORY = "signatory"
    APPEAL_PANEL = "appeal_panel"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who asks. Roles and organisations are read anew for every piece of work: a right that ends, ends at once."""

    account_id: int | None
    username: str
    name: str
    roles: frozenset[Role]
    organisations: frozenset[int] = field(default_factory=frozenset)
    ties: frozenset[int] = field(default_factory=frozenset)
    """Collectives that the person belongs to or ever belonged to: who leaves one does not become impartial by it."""

    @property
    def key(self) -> int:
        assert self.account_id is not None, "only a signed-in person has a key"
        return self.account_id

    @property
    def any_role(self) -> Role:
        """For what everybody may do, whichever of their roles they do it in."""
        return min(self.roles, default=Role.PUBLIC)


SYSTEM = Actor(None, "system", "MCC", frozenset({Role.SYSTEM}))
PUBLIC = Actor(None, "public", "", frozenset({Role.PUBLIC}))


class JobQueue(Protocol):
    def enqueue_issue(
        self, session: Session, application_id: int, *, attempt: int = 0, issued: int = 0
    ) -> None:
        """Ask for a certificate beside those `issued` before, in the transaction of `session`: no commit, no job."""


@dataclass(frozen=True)
class Work:
    """Everything an action may touch."""

    session: Session
    actor: Actor
    now: datetime
    """One moment for the whole piece of work."""
    chance: Chance
    files: FileStore
    jobs: JobQueue
    settings: Settings
    demonstration: bool = False

    @property
    def today(self) -> date:
        return local_day(self.now)

    def add(self, *rows: object) -> None:
        """Store rows and give them their keys."""
        self.session.add_all(rows)
        self.session.flush()


def first_role(actor: Actor, allowed: Sequence[str]) -> Role | None:
    """The role in which the actor does something that is open to these roles."""
    return next((Role(role) for role in allowed if role in actor.roles), None)

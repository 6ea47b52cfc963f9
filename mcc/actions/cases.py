"""The life of a case, whatever it is about: acknowledged, accepted or rejected, studied, resolved (ISO/IEC 17065, 7.13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median_low

from pydantic import Field

from mcc.actions import journal
from mcc.actions.appeal import KIND as APPEAL
from mcc.actions.appeal import is_in_time
from mcc.actions.challenge import KIND as CHALLENGE
from mcc.actions.challenge import Finding
from mcc.actions.impartiality import took_part
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import can, require
from mcc.actions.uploads import read_upload
from mcc.actions.visibility import visible_cases
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.cases import all_cases, case_by_receipt, closing_words, end_of_cases, list_cases
from mcc.db.tables import Case
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from workflows import due_on, load_workflow, moves_from

KINDS = ("appeal", "complaint", "challenge", "misuse")
NEEDS_WORDS = ("reject", "resolve")
WITH_EFFECT = (APPEAL, CHALLENGE)
"""Kinds whose end changes the file: they are resolved by what says what becomes of it."""


class CaseMoveInput(Input):
    words: Prose | None = Field(default=None)
    outcome: Finding | None = None
    """When it is resolved: whether whoever filed it was right."""


@dataclass(frozen=True)
class Tally:
    """How many cases of one kind there were, for anybody to read."""

    kind: str
    filed: int
    open: int
    upheld: int
    dismissed: int
    """Resolved otherwise, or rejected."""
    days: int | None
    """From the day on which one was filed to its end: half of them took no longer."""


def find_case(work: Work, receipt: str) -> Case:
    """For whoever filed it: they hold the receipt. Raises NotFound."""
    case = find_by_receipt(work, receipt)
    if case is None:
        raise NotFound("case_unknown", where="receipt")
    return case


def find_by_receipt(work: Work, receipt: str) -> Case | None:
    return case_by_receipt(work.session, receipt.strip().lower())


def tell_outcome(work: Work, case: Case) -> str | None:
    """The reasons that the office gave, once it has made up its mind."""
    return closing_words(work.session, case.key) if case.state in {"rejected", "resolved", "closed"} else None


def open_case(work: Work, receipt: str) -> Case:
    """For the office."""
    case = find_case(work, receipt)
    require(work, "view_case", case)
    return case


def list_open(work: Work) -> list[Case]:
    """Every case that the actor may see: what is open first, the oldest first."""
    require(work, "view_case")
    return list(list_cases(work.session, visible_cases(work)))


def list_waiting(work: Work) -> list[Case]:
    """Open cases with which the actor can go a step on, or resolve them."""
    if not can(work, "view_case"):
        return []
    return [case for case in list_open(work) if set(_list_allowed(work, case)) - {"close"}]


def read_photo(work: Work, case: Case) -> tuple[bytes, str]:
    """Content and media type. Raises NotFound, or Unavailable when the stored file no longer fits its digest."""
    if case.photo_digest is None or case.photo_type is None:
        raise NotFound("no_picture", where="file")
    return read_upload(work, case.photo_digest, case.receipt), case.photo_type


def find_case_due(case: Case) -> date | None:
    """The last day of the term that runs for it."""
    return due_on(load_workflow("case"), case.state, local_day(case.state_since))


def count_cases(work: Work) -> list[Tally]:
    """Every kind, also where there were none. Figures only: it is for the public."""
    rows = all_cases(work.session)
    ended = end_of_cases(work.session)
    return [_tally(kind, [row for row in rows if row.kind == kind], ended) for kind in KINDS]


def _tally(kind: str, rows: list[Case], ended: Mapping[str, datetime]) -> Tally:
    over = [row for row in rows if row.state in {"resolved", "closed", "rejected"}]
    upheld = [row for row in over if row.outcome in {"upheld", "partly"}]
    days = [(local_day(ended[f"case:{row.id}"]) - local_day(row.filed_at)).days for row in over]
    return Tally(
        kind=kind,
        filed=len(rows),
        open=len(rows) - len(over),
        upheld=len(upheld),
        dismissed=len(over) - len(upheld),
        days=median_low(days) if days else None,
    )


def list_case_moves(work: Work, case: Case) -> list[str]:
    """Of what the actor may do with it; what has effects on a file is resolved on a page of its own."""
    own = case.kind in WITH_EFFECT
    return [action for action in _list_allowed(work, case) if not (own and action == "resolve")]


def _list_allowed(work: Work, case: Case) -> list[str]:
    moves = moves_from(load_workflow("case"), case.state)
    return [move.action for move in moves if can(work, move.action, case)]


def move_case(work: Work, case: Case, action: str, given: CaseMoveInput) -> None:
    """Take the case one step on. Raises InputInvalid when a step needs its reasons, Refused."""
    role = require(work, action, case)
    if case.kind in WITH_EFFECT and action == "resolve":
        raise Refused("case_has_its_own_page", where="case")
    missing = [Problem("words", "missing")] if action in NEEDS_WORDS and given.words is None else []
    if action == "resolve" and given.outcome is None:
        missing.append(Problem("outcome", "missing"))
    if missing:
        raise InputInvalid(missing)
    case.outcome = given.outcome.value if action == "resolve" and given.outcome else case.outcome
    guards = {
        "filed_in_time": case.kind != APPEAL or is_in_time(work, case),
        "reason_given": given.words is not None,
        "reasons_given": given.words is not None,
        "investigator_independent": case.application_id is None
        or not took_part(work, case.application_id, work.actor.account_id),
    }
    journal.advance(work, case, action, role=role, guards=guards, words=given.words)

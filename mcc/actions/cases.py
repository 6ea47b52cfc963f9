"""The life of a case, whatever it is about: acknowledged, accepted or rejected, studied, resolved (ISO/IEC 17065, 7.13)."""

from pydantic import Field

from mcc.actions import journal
from mcc.actions.appeal import KIND as APPEAL
from mcc.actions.appeal import is_in_time
from mcc.actions.impartiality import took_part
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import can, require
from mcc.actions.uploads import read_upload
from mcc.actions.visibility import visible_cases
from mcc.actions.work import Work
from mcc.db.queries.cases import case_by_receipt, closing_words, list_cases
from mcc.db.tables import Case
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from workflows import load_workflow, moves_from

NEEDS_WORDS = ("reject", "resolve")


class CaseMoveInput(Input):
    words: Prose | None = Field(default=None)


def find_case(work: Work, receipt: str) -> Case:
    """For whoever filed it: they hold the receipt. Raises NotFound."""
    case = case_by_receipt(work.session, receipt.strip().lower())
    if case is None:
        raise NotFound("case_unknown", where="receipt")
    return case


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


def read_photo(work: Work, case: Case) -> tuple[bytes, str]:
    """Content and media type. Raises NotFound, or Unavailable when the stored file no longer fits its digest."""
    if case.photo_digest is None or case.photo_type is None:
        raise NotFound("no_picture", where="file")
    return read_upload(work, case.photo_digest, case.receipt), case.photo_type


def list_case_moves(work: Work, case: Case) -> list[str]:
    workflow = load_workflow("case")
    moves = [move.action for move in moves_from(workflow, case.state)]
    own = case.kind == APPEAL
    return [action for action in moves if can(work, action, case) and not (own and action == "resolve")]


def move_case(work: Work, case: Case, action: str, given: CaseMoveInput) -> None:
    """Take the case one step on. Raises InputInvalid when a step needs its reasons, Refused."""
    role = require(work, action, case)
    if case.kind == APPEAL and action == "resolve":
        raise Refused("appeal_has_its_own_page", where="case")
    if action in NEEDS_WORDS and given.words is None:
        raise InputInvalid([Problem("words", "missing")])
    guards = {
        "filed_in_time": case.kind != APPEAL or is_in_time(work, case),
        "reason_given": given.words is not None,
        "reasons_given": given.words is not None,
        "investigator_independent": case.application_id is None
        or not took_part(work, case.application_id, work.actor.account_id),
    }
    journal.advance(work, case, action, role=role, guards=guards, words=given.words)

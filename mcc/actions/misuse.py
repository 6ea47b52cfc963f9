"""Misuse of the mark that somebody reports, and what the office makes of it (ISO/IEC 17065, 4.1.3 and 7.13)."""

from datetime import date, timedelta

from pydantic import Field

from mcc.actions import journal
from mcc.actions.impartiality import took_part
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.numbering import read_number
from mcc.actions.permissions import require
from mcc.actions.uploads import Purified, read_upload, receive
from mcc.actions.visibility import visible_cases
from mcc.actions.work import Work, first_role
from mcc.chance import draw_word
from mcc.db.queries.cases import case_by_receipt, closing_words, count_filed_since, list_cases
from mcc.db.queries.certify import published_by_code, published_by_number
from mcc.db.tables import Case, Certificate
from mcc.errors import InputInvalid, NotFound, Problem, Unavailable
from workflows import load_workflow, moves_from, roles_for

RECEIPT_LETTERS = 10
MOST_AN_HOUR = 30
"""Anybody may report, without a name: more than this many in an hour is a machine."""
NEEDS_WORDS = ("reject", "resolve")


class MisuseInput(Input):
    certificate: Line | None = None
    """Its public code or its number, when they stand on what was seen."""
    words: Prose
    place: Line
    seen_on: date
    contact: Line | None = None


class CaseMoveInput(Input):
    words: Prose | None = Field(default=None)


def report_misuse(work: Work, given: MisuseInput, photo: Purified | None = None) -> Case:
    """Take a report from anybody; its receipt tells them later what became of it. Raises Unavailable, InputInvalid."""
    role = require(work, "report_misuse")
    refuse_flood(work)
    if given.seen_on > work.today:
        raise InputInvalid([Problem("seen_on", "date_in_future", {"value": given.seen_on.isoformat()})])
    certificate = find_named(work, given.certificate)
    picture = None if photo is None else receive(work, "photo", photo)
    case = Case(
        kind="misuse",
        receipt=draw_word(work.chance, RECEIPT_LETTERS),
        application_id=None if certificate is None else certificate.application_id,
        certificate_id=None if certificate is None else certificate.id,
        words=given.words,
        place=given.place,
        seen_on=given.seen_on,
        photo_digest=None if picture is None else picture.digest,
        photo_type=None if picture is None else picture.media_type,
        contact=given.contact,
        filed_at=work.now,
    )
    journal.begin(work, case, role=role, action="file")
    return case


def refuse_flood(work: Work) -> None:
    """Raises Unavailable when so many were filed that a machine must be at it."""
    if count_filed_since(work.session, work.now - timedelta(hours=1)) >= MOST_AN_HOUR:
        raise Unavailable("too_many_reports")


def find_named(work: Work, text: str | None) -> Certificate | None:
    """The certificate that a report names; a number that is none of ours is often what the report is about."""
    if text is None:
        return None
    found = published_by_code(work.session, text.lower()) or published_by_number(
        work.session, read_number(text)
    )
    return None if found is None else found[0]


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
    return [action for action in moves if first_role(work.actor, roles_for(workflow, action))]


def move_case(work: Work, case: Case, action: str, given: CaseMoveInput) -> None:
    """Take the case one step on. Raises InputInvalid when a step needs its reasons, Refused."""
    role = require(work, action, case)
    if action in NEEDS_WORDS and given.words is None:
        raise InputInvalid([Problem("words", "missing")])
    guards = {
        "filed_in_time": True,  # a misuse may be reported at any time
        "reason_given": given.words is not None,
        "reasons_given": given.words is not None,
        "investigator_independent": case.application_id is None
        or not took_part(work, case.application_id, work.actor.account_id),
    }
    journal.advance(work, case, action, role=role, guards=guards, words=given.words)

"""Evidence: a stored file or something seen on site; and reading it back with its digest checked."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.inputs import Code, Input, Line, ShortLine
from mcc.actions.permissions import require
from mcc.actions.uploads import Purified, read_upload, receive
from mcc.actions.work import Role, Work
from mcc.db.queries.apply import codes_taken, evidence_of
from mcc.db.queries.visit import evidence_requests_of
from mcc.db.tables import Application, EvidenceItem
from mcc.errors import InputInvalid, NotFound, Problem, Refused

OPEN_STATES = {
    # While whose turn it is documents may come in.
    Role.APPLICANT: ("draft", "info_requested", "corrective_action", "in_hearing"),
    Role.EVALUATOR: ("in_admissibility", "admitted", "in_evaluation"),
    Role.COORDINATOR: ("in_admissibility", "admitted", "in_evaluation"),
}


class EvidenceForm(StrEnum):
    STORED = "stored"
    SEEN_ON_SITE = "seen_on_site"


class EvidenceInput(Input):
    kind: Code
    title: Line
    form: EvidenceForm = EvidenceForm.STORED
    filename: Line | None = None
    seen_on: date | None = None
    book: Line | None = None
    folio: ShortLine | None = None
    document: Code | None = None
    """Which document of the catalogue it is."""
    code: Code | None = Field(default=None, max_length=12)
    """Left out, the next free E1, E2, … is given."""


def add_evidence(
    work: Work, application: Application, given: EvidenceInput, upload: Purified | None = None
) -> EvidenceItem:
    """Add a file (stored) or a sighting (vista en el lugar: by whom and when, no copy is kept)."""
    role = _require_open(work, application)
    item = EvidenceItem(
        application_id=application.key,
        code=given.code or "",
        kind=given.kind,
        title=given.title,
        form=given.form.value,
        document=given.document,
        added_by=work.actor.key,
        added_at=work.now,
    )
    if given.form == EvidenceForm.STORED:
        _attach_file(work, item, given, upload)
    else:
        _note_sighting(work, item, given, role)
    return _store(work, application, item, role)


def add_known_file(work: Work, application: Application, item: EvidenceItem) -> EvidenceItem:
    """Add what is stored already, such as a paper of the collective's folder; it gets the next free code."""
    return _store(work, application, item, _require_open(work, application))


def _require_open(work: Work, application: Application) -> Role:
    role = require(work, "add_evidence", application)
    refuse_closed(work, application, role)
    return role


def is_open(work: Work, application: Application, role: Role) -> bool:
    """Whether documents may come in from this role: when it is its turn, or when an evaluator asked for something."""
    if role == Role.COORDINATOR and application.entered_by is not None:
        return application.state in OPEN_STATES[role] + OPEN_STATES[Role.APPLICANT]
    if role == Role.APPLICANT and application.state == "in_evaluation":
        return any(row.answered_at is None for row in evidence_requests_of(work.session, application.key))
    return application.state in OPEN_STATES[role]


def refuse_closed(work: Work, application: Application, role: Role) -> None:
    """Raises Refused when it is not the turn of this role."""
    if not is_open(work, application, role):
        raise Refused("evidence_closed", where="application", state=application.state)


def _store(work: Work, application: Application, item: EvidenceItem, role: Role) -> EvidenceItem:
    taken = codes_taken(work.session, application.key)
    item.code = item.code or _free_code(taken)
    if item.code in taken:
        raise InputInvalid([Problem("code", "evidence_code_taken", {"code": item.code})])
    work.add(item)
    facts = {"code": item.code, "form": item.form, "digest": item.digest}
    journal.record(
        work, f"evidence_item:{item.id}", "add_evidence", role=role, application=application, **facts
    )
    return item


def take_back_evidence(work: Work, application: Application, code: str) -> None:
    """Take a document out again, while it is the applicant's turn; the file stays in the archive."""
    role = require(work, "take_back_evidence", application)
    # What an evaluator asked for may rest under a level by now: taking back is for whoever holds the file, at its turn.
    if application.state not in OPEN_STATES[Role.APPLICANT]:
        raise Refused("evidence_closed", where="application", state=application.state)
    item = find_evidence(work, application, code)
    if application.state != "draft" and (
        application.submitted_at is None or item.added_at <= application.submitted_at
    ):
        raise Refused("evidence_was_submitted", where="evidence", item=code)
    item.ended_at = work.now
    work.session.add(item)
    journal.record(
        work, f"evidence_item:{item.id}", "take_back_evidence", role=role, application=application, code=code
    )


def _free_code(present: frozenset[str]) -> str:
    return next(code for code in (f"E{number}" for number in range(1, 10_000)) if code not in present)


def _attach_file(work: Work, item: EvidenceItem, given: EvidenceInput, upload: Purified | None) -> None:
    received = receive(work, given.filename or item.code, upload)
    item.media_type = received.media_type
    item.filename = received.filename
    item.size = received.size
    item.digest = received.digest


def _note_sighting(work: Work, item: EvidenceItem, given: EvidenceInput, role: Role) -> None:
    item.book = given.book
    item.folio = given.folio
    if role == Role.EVALUATOR:
        _mark_seen(work, item, given.seen_on)


def _mark_seen(work: Work, item: EvidenceItem, seen_on: date | None) -> None:
    if seen_on is None:
        raise InputInvalid([Problem("seen_on", "missing")])
    if seen_on > work.today:
        raise InputInvalid([Problem("seen_on", "date_in_future", {"value": str(seen_on)})])
    item.seen_by = work.actor.key
    item.seen_on = seen_on


def see_on_site(work: Work, application: Application, code: str, seen_on: date) -> None:
    """An evaluator confirms having seen what the applicant said can be seen on site."""
    role = require(work, "see_on_site", application)
    refuse_closed(work, application, role)
    item = find_evidence(work, application, code)
    if item.form != EvidenceForm.SEEN_ON_SITE:
        raise Refused("evidence_is_a_file", where="evidence", item=code)
    _mark_seen(work, item, seen_on)
    work.session.add(item)
    journal.record(
        work, f"evidence_item:{item.id}", "see_on_site", role=role, application=application, code=code
    )


def find_evidence(work: Work, application: Application, code: str) -> EvidenceItem:
    for item in evidence_of(work.session, application.key):
        if item.code == code:
            return item
    raise NotFound("evidence_unknown", where="evidence", item=code)


def read_evidence(work: Work, application: Application, code: str) -> tuple[EvidenceItem, bytes]:
    """One stored item with its content. Raises NotFound, or Unavailable when the file no longer fits its digest."""
    require(work, "view_application", application)
    item = find_evidence(work, application, code)
    if item.digest is None:
        raise NotFound("evidence_not_a_file", where="evidence", item=code)
    return item, read_upload(work, item.digest, code)

"""Evidence: a stored file or something seen on site; and reading it back with its digest checked."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.files import sha256
from mcc.actions.inputs import Code, Input, Line, ShortLine
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.db.queries.apply import evidence_of
from mcc.db.tables import Application, EvidenceItem
from mcc.errors import InputInvalid, NotFound, Problem, Refused, TooLarge, Unavailable

MEDIA_TYPES = {
    # By what the content says, never by what the sender says.
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
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
    code: Code | None = Field(default=None, max_length=12)
    """Left out, the next free E1, E2, … is given."""


def add_evidence(
    work: Work, application: Application, given: EvidenceInput, content: bytes | None = None
) -> EvidenceItem:
    """Add a file (stored) or a sighting (vista en el lugar: by whom and when, no copy is kept)."""
    role = require(work, "add_evidence", application)
    if application.state not in _open_states(role):
        raise Refused("evidence_closed", where="application", state=application.state)
    present = {item.code for item in evidence_of(work.session, application.key)}
    item = EvidenceItem(
        application_id=application.key,
        code=given.code or _free_code(present),
        kind=given.kind,
        title=given.title,
        form=given.form.value,
        added_by=work.actor.key,
        added_at=work.now,
    )
    if item.code in present:
        raise InputInvalid([Problem("code", "evidence_code_taken", {"code": item.code})])
    if given.form == EvidenceForm.STORED:
        _attach_file(work, item, given, content)
    else:
        _note_sighting(work, item, given, role)
    work.add(item)
    facts = {"code": item.code, "form": item.form, "digest": item.digest}
    journal.record(
        work, f"evidence_item:{item.id}", "add_evidence", role=role, application=application, **facts
    )
    return item


def _open_states(role: Role) -> tuple[str, ...]:
    if role == Role.APPLICANT:
        return ("draft", "info_requested", "corrective_action", "in_hearing")
    return ("in_admissibility", "admitted", "in_evaluation")


def _free_code(present: set[str]) -> str:
    return next(code for code in (f"E{number}" for number in range(1, 10_000)) if code not in present)


def _attach_file(work: Work, item: EvidenceItem, given: EvidenceInput, content: bytes | None) -> None:
    if not content:
        raise InputInvalid([Problem("file", "file_missing")])
    if len(content) > work.settings.upload_limit:
        raise TooLarge("file_too_large", where="file", megabytes=work.settings.upload_limit // 1_000_000)
    item.media_type = recognise(content)
    item.filename = given.filename
    item.size = len(content)
    item.digest = work.files.put_evidence(content)


def recognise(content: bytes) -> str:
    """The media type that the content itself shows: PDF, JPEG, PNG or plain text. Raises InputInvalid otherwise."""
    for start, media_type in MEDIA_TYPES.items():
        if content.startswith(start):
            return media_type
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise InputInvalid([Problem("file", "file_type_unknown")]) from error
    if "\x00" in text:
        raise InputInvalid([Problem("file", "file_type_unknown")])
    return "text/plain; charset=utf-8"


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
    try:
        content = work.files.evidence(item.digest).read_bytes()
    except OSError as error:
        raise Unavailable("evidence_unreadable", item=code) from error
    if sha256(content) != item.digest:
        raise Unavailable("evidence_altered", item=code)
    return item, content

"""Where a file stands: who holds it, since when, until when, what is missing, and what happened so far."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mcc.actions import journal
from mcc.actions.accept_rules import is_waiting_for_rules
from mcc.actions.apply import have_holders_agreed
from mcc.actions.editions import find_state, workflow_of
from mcc.actions.hear import is_over
from mcc.actions.numbering import read_number
from mcc.actions.permissions import can, require
from mcc.actions.terms import find_due
from mcc.actions.verify import GOOD, since_on, state_on
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.clock import local_day
from mcc.db.queries.apply import (
    application_by_number,
    application_by_shared_word,
    list_applications,
    requests_of,
)
from mcc.db.queries.authorise import authorisation_of
from mcc.db.queries.certify import certificate_of, certificates_of, issuance_of
from mcc.db.queries.correct import correction_of
from mcc.db.queries.evaluate import dimensions_of, dimensions_vacant
from mcc.db.queries.hear import hearing_of
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.visit import visits_of
from mcc.db.tables import Application, Certificate, Event, EventWords, Organisation
from mcc.errors import NotFound
from workflows import moves_from

BY_THE_WAY = frozenset({"uphold_appeal", "amend"})
"""Moves that come with another step, here with the end of a case: nobody is offered them by themselves."""


TOLD_TO_ITS_COLLECTIVE = frozenset(
    {
        "file_appeal",
        "resolve_appeal",
        "file_challenge",
        "resolve_challenge",
        "open_motion",
        "open_adverse_motion",
        "answer_motion",
        "close_motion",
        "report_change",
        "accept_change",
        "refuse_change",
    }
)
"""What it did itself, or was told, beside the steps of its file; others only read that in the journal."""

SHARED_LETTERS = 26


@dataclass(frozen=True)
class Standing:
    """What an applicant asks first. Codes; the pages word them."""

    state: str
    step: int | None
    """1 to 5 of the path Presentada → Papeles → Visita y evaluación → Decisión → Marca."""
    holder: str | None
    since: date
    due: date | None
    missing: tuple[str, ...]
    """Items asked for and not answered yet, in the office's words; or codes of what the process waits for."""
    certificate_state: str | None
    certificate_good: bool
    """Whether the mark may be used today."""
    certificate_code: str | None
    late: bool
    """The term of the one who holds it is over."""


@dataclass(frozen=True)
class Mark:
    """What a certificate is worth today, and since when."""

    certificate: Certificate
    state: str
    since: date


@dataclass(frozen=True)
class StoryEntry:
    at: datetime
    action: str
    role: str
    from_state: str | None
    to_state: str | None
    words: str | None


def find_application(work: Work, number: str) -> Application:
    """The application with this number, if the actor may see it; else NotFound, as if it did not exist."""
    application = application_by_number(work.session, read_number(number))
    if application is None or not can(work, "view_application", application):
        raise NotFound("application_unknown", where="number", value=number)
    return application


def find_draft(work: Work, application_id: int) -> Application:
    """A draft has no number yet: its applicant finds it by key."""
    application = work.session.get(Application, application_id)
    if application is None or not can(work, "view_application", application):
        raise NotFound("application_unknown", where="application", value=application_id)
    return application


def list_visible(work: Work, state: str | None = None) -> list[tuple[Application, Organisation]]:
    """What somebody holds comes first, the longest waiting before the rest; then what has ended, the newest first."""
    found = list_applications(work.session, visible_applications(work), state=state)
    held = [pair for pair in found if find_state(pair[0]).holder is not None]
    return held + [pair for pair in reversed(found) if pair not in held]


def find_marks(work: Work, applications: Sequence[Application]) -> dict[int, Mark]:
    """What each of these applications' certificates is worth today; those without one are left out."""
    rows = certificates_of(work.session, [application.key for application in applications])
    today = work.today
    return {row.application_id: Mark(row, state_on(row, today), since_on(row, today)) for row in rows}


def describe_standing(work: Work, application: Application) -> Standing:
    state = find_state(application)
    certificate = certificate_of(work.session, application.key)
    since = local_day(application.state_since)
    due = find_due(work, application)
    certificate_state = None if certificate is None else state_on(certificate, work.today)
    return Standing(
        state=application.state,
        step=state.public_step,
        holder=find_holder(work, application),
        since=since,
        due=due,
        missing=_list_missing(work, application),
        certificate_state=certificate_state,
        certificate_good=certificate_state in GOOD,
        certificate_code=None if certificate is None else certificate.public_code,
        late=due is not None and due < work.today,
    )


def find_holder(work: Work, application: Application) -> str | None:
    """Whose turn it is: of what was granted the collective's, until it has accepted the rules; heard, the review's."""
    hearing = hearing_of(work.session, application.key) if application.state == "in_hearing" else None
    if hearing is not None and is_over(work, hearing):
        return Role.REVIEWER
    return Role.APPLICANT if is_waiting_for_rules(work, application) else find_state(application).holder


def _list_missing(work: Work, application: Application) -> tuple[str, ...]:
    describe = MISSING.get(application.state)
    return () if describe is None else tuple(describe(work, application))


def _miss_answers(work: Work, application: Application) -> Iterator[str]:
    yield from requests_of(work.session, application.key)[-1].items
    yield from _miss_holders(work, application)


def _miss_holders(work: Work, application: Application) -> Iterator[str]:
    if not have_holders_agreed(work, application):
        yield "holders"


def _miss_evaluators(work: Work, application: Application) -> Iterator[str]:
    for dimension in dimensions_vacant(work.session, application.key):
        yield f"evaluators.{dimension}"


def _miss_findings(work: Work, application: Application) -> Iterator[str]:
    if not visits_of(work.session, application.key):
        yield "visit_report"
    yield from _miss_evaluators(work, application)
    for row in dimensions_of(work.session, application.key):
        if row.state != "closed":
            yield f"dimension.{row.dimension}.{row.state}"


def _miss_correction(work: Work, application: Application) -> Iterator[str]:
    correction = correction_of(work.session, application.key)
    if correction is not None:
        yield correction.asks


def _miss_certificate(work: Work, application: Application) -> Iterator[str]:
    if is_waiting_for_rules(work, application):
        yield "issuance.rules"
    elif authorisation_of(work.session, application.key) is None:
        yield "issuance.to_sign"
    else:
        issuance = issuance_of(work.session, application.key)
        yield f"issuance.{issuance.step if issuance else 'ordered'}"


MISSING: dict[str, Callable[[Work, Application], Iterator[str]]] = {
    # What the process waits for, by the state of the application.
    "info_requested": _miss_answers,
    "in_admissibility": _miss_holders,
    "admitted": _miss_evaluators,
    "in_evaluation": _miss_findings,
    "corrective_action": _miss_correction,
    "granted": _miss_certificate,
}


def status_by_receipt(work: Work, receipt: str) -> tuple[Application, Standing]:
    """The public status of an application: number and word together; wrong in either, the same answer."""
    number, _, word = re.sub(r"[\s\N{EN DASH}-]+", "-", receipt.strip(" .\t\n")).rpartition("-")
    application = application_by_number(work.session, read_number(number))
    if application is None or not word or application.receipt_word != word.lower():
        raise NotFound("receipt_unknown", where="receipt")
    return application, describe_standing(work, application)


def share_status(work: Work, application: Application) -> str:
    """The word of a link that shows the status to whoever has it; the same one when there is one already."""
    role = require(work, "share_status", application)
    if application.shared_word is None:
        application.shared_word = draw_word(work.chance, SHARED_LETTERS)
        work.session.add(application)
        journal.record(
            work, f"application:{application.id}", "share_status", role=role, application=application
        )
    return application.shared_word


def stop_sharing(work: Work, application: Application) -> None:
    """The link opens nothing any more; a new one will have another word."""
    role = require(work, "share_status", application)
    application.shared_word = None
    work.session.add(application)
    journal.record(work, f"application:{application.id}", "stop_sharing", role=role, application=application)


def status_by_link(work: Work, word: str) -> tuple[Application, Standing]:
    application = application_by_shared_word(work.session, word.lower())
    if application is None:
        raise NotFound("link_unknown", where="address")
    return application, describe_standing(work, application)


def list_moves(work: Work, subject: Application | Certificate) -> list[str]:
    """The actions that the actor may take now, in the order of the workflow."""
    moves = moves_from(workflow_of(subject), subject.state)
    return [
        move.action for move in moves if move.action not in BY_THE_WAY and can(work, move.action, subject)
    ]


def tell_story(work: Work, application: Application) -> list[StoryEntry]:
    """What happened, oldest first; the words of others are shown to those who may read the journal."""
    require(work, "view_application", application)
    full = bool(can(work, "view_journal", application))
    own = TOLD_TO_ITS_COLLECTIVE if application.organisation_id in work.actor.organisations else frozenset()
    return [
        _tell(event, words if full else None)
        for event, words in events_of_application(work.session, application.key)
        if full or event.subject.startswith(("application:", "certificate:")) or event.action in own
    ]


def _tell(event: Event, words: EventWords | None) -> StoryEntry:
    return StoryEntry(
        event.at,
        event.action,
        event.role,
        event.from_state,
        event.to_state,
        None if words is None else words.words,
    )

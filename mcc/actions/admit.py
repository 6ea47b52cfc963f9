"""Admissibility: take the file up, ask for what is missing, admit it with everything pinned, or refuse it."""

from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.apply import have_holders_agreed
from mcc.actions.editions import CURRENT_EDITION, current_rubric, workflow_of
from mcc.actions.inputs import Input, Prose, ShortLine
from mcc.actions.permissions import require
from mcc.actions.renew import keep_levels
from mcc.actions.staff import is_staffed
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.apply import requests_of
from mcc.db.tables import Application, DimensionEvaluation, InformationRequest
from mcc.errors import Refused
from workflows import due_on, load_workflow

MOST_ROUNDS = 2
NOTICES_BEFORE_ARCHIVING = 2
REOPENING_DAYS = 183


class RefusalReason(StrEnum):
    OUTSIDE_DEPARTMENT = "outside_department"
    NOT_A_COLLECTIVE = "not_a_collective"
    SCOPE_OUTSIDE_SCHEME = "scope_outside_scheme"
    INCOMPLETE = "incomplete"


class TakeUpInput(Input):
    expediente: ShortLine


class RequestInput(Input):
    items: list[Prose] = Field(min_length=1, max_length=50)


class RefusalInput(Input):
    reason: RefusalReason
    explanation: Prose


def take_up(work: Work, application: Application, given: TakeUpInput) -> None:
    """Begin the admissibility check under the office's file number (expediente)."""
    role = require(work, "take_up", application)
    application.expediente = given.expediente
    journal.advance(work, application, "take_up", role=role, expediente=given.expediente)


def request_information(work: Work, application: Application, given: RequestInput) -> InformationRequest:
    """Ask for everything that is missing, at most twice; the office's term pauses until the answer."""
    role = require(work, "request_information", application)
    rounds = len(requests_of(work.session, application.key))
    guards = {"omissions_listed": bool(given.items), "rounds_left": rounds < MOST_ROUNDS}
    due = due_on(workflow_of(application), "info_requested", work.today)
    assert due is not None, "the edition gives this state a term"
    request = InformationRequest(
        application_id=application.key,
        round=rounds + 1,
        items=list(given.items),
        asked_at=work.now,
        due_on=due,
    )
    work.add(request)
    journal.advance(
        work,
        application,
        "request_information",
        role=role,
        guards=guards,
        items=len(given.items),
        due=str(due),
    )
    return request


def remind_applicant(work: Work, application: Application) -> None:
    """Note that the applicant was reminded of the open request today."""
    role = require(work, "remind_applicant", application)
    if application.state != "info_requested":
        raise Refused("nothing_to_remind_of", where="application", state=application.state)
    request = requests_of(work.session, application.key)[-1]
    request.notices = [*request.notices, work.today.isoformat()]
    work.session.add(request)
    journal.record(
        work,
        f"application:{application.id}",
        "remind_applicant",
        role=role,
        application=application,
        notices=len(request.notices),
    )


def archive(work: Work, application: Application) -> None:
    """File away an application whose request went unanswered past its term and two reminders."""
    role = require(work, "archive", application)
    requests = requests_of(work.session, application.key)
    guards = {
        "answer_term_over": bool(requests) and work.today > requests[-1].due_on,
        "noticed_twice": bool(requests) and len(requests[-1].notices) >= NOTICES_BEFORE_ARCHIVING,
    }
    application.outcome_reason = "unanswered"
    journal.advance(work, application, "archive", role=role, guards=guards)


def reopen(work: Work, application: Application) -> None:
    """Take an archived file up again within six months."""
    role = require(work, "reopen", application)
    last_day = local_day(application.state_since) + timedelta(days=REOPENING_DAYS)
    guards = {"reopening_term_open": work.today <= last_day}
    application.outcome_reason = None
    journal.advance(work, application, "reopen", role=role, guards=guards)


def refuse_admission(work: Work, application: Application, given: RefusalInput) -> None:
    """Not admitted, with a reason that can be appealed against."""
    role = require(work, "refuse_admission", application)
    application.outcome_reason = given.reason.value
    application.outcome_words = given.explanation
    journal.advance(
        work,
        application,
        "refuse_admission",
        role=role,
        guards={"reason_given": bool(given.explanation)},
        words=given.explanation,
        reason=given.reason.value,
    )


def admit(work: Work, application: Application, *, eligible: bool) -> None:
    """Admit the file and pin the rubric and the workflow that it will be judged by, to the hash.

    Opens one evaluation for each dimension of the pinned edition.
    """
    role = require(work, "admit", application)
    rubric = current_rubric()
    application.edition = rubric.id
    application.edition_hash = rubric.meaning_hash
    application.workflow_hash = load_workflow("application").meaning_hash
    guards = {
        "eligible": eligible,
        "edition_pinned": application.edition == CURRENT_EDITION,
        "co_holders_agreed": have_holders_agreed(work, application),
        "can_be_staffed": is_staffed(work, application),
    }
    journal.advance(work, application, "admit", role=role, guards=guards, edition_hash=rubric.meaning_hash)
    keep_levels(work, application)
    for dimension in rubric.dimensions:
        evaluation = DimensionEvaluation(application_id=application.key, dimension=dimension.id)
        journal.begin(work, evaluation, role=Role.SYSTEM, action="open_dimension", dimension=dimension.id)

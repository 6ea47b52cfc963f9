"""Until when: the term that runs for an application."""

from collections.abc import Sequence
from datetime import date, timedelta

from mcc.actions.editions import workflow_of
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.apply import requests_of
from mcc.db.queries.correct import correction_of
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.visit import evidence_requests_of
from mcc.db.tables import Application, EvidenceRequest, InformationRequest
from workflows import due_on


def find_running(work: Work, application: Application) -> date | None:
    """The same, but only where somebody holds the file: the term to reopen an archived one is nobody's debt."""
    held = workflow_of(application).states[application.state].holder is not None
    return find_due(work, application) if held else None


def find_due(work: Work, application: Application) -> date | None:
    """The last day of the term of whoever holds the application; None where none runs."""
    if application.state == "info_requested":
        return requests_of(work.session, application.key)[-1].due_on
    if application.state == "corrective_action":
        correction = correction_of(work.session, application.key)
        return None if correction is None else correction.due_on
    pauses = _find_pauses(work, application)
    return due_on(workflow_of(application), application.state, _find_begun(work, application), pauses)


def _find_pauses(work: Work, application: Application) -> set[date]:
    """The days on which the collective owed something: after the one of the question, up to the one of the answer."""
    asked: Sequence[InformationRequest | EvidenceRequest] = ()
    if application.state == "in_admissibility":
        asked = requests_of(work.session, application.key)
    elif application.state == "in_evaluation":
        asked = evidence_requests_of(work.session, application.key)
    spans = [(local_day(one.asked_at), local_day(one.answered_at or work.now)) for one in asked]
    return {
        first + timedelta(days=count + 1) for first, last in spans for count in range((last - first).days)
    }


def _find_begun(work: Work, application: Application) -> date:
    """The day on which the term began to run: an answer takes the file back to where it was, and begins no new term."""
    if application.state != "in_admissibility" or not requests_of(work.session, application.key):
        return local_day(application.state_since)
    entered = [
        event.at
        for event, _ in events_of_application(work.session, application.key)
        if event.to_state == application.state and event.action != "answer_request"
    ]
    return local_day(entered[-1])

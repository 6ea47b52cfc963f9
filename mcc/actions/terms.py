"""Until when: the term that runs for an application."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    pauses = _find_pauses(work, application, application.state)
    return due_on(workflow_of(application), application.state, _find_begun(work, application), pauses)


@dataclass(frozen=True)
class Stay:
    """One stretch of time in which the house held a file, under a term."""

    state: str
    begun: date
    ended: date
    due: date

    @property
    def is_kept(self) -> bool:
        return self.ended <= self.due


def list_stays(work: Work, application: Application) -> Iterator[Stay]:
    """Those that are over, the oldest first; what the collective was asked in between is no stay of its own."""
    begun: dict[str, date] = {}
    workflow = workflow_of(application)
    for event, _ in events_of_application(work.session, application.key):
        if event.to_state is None or not event.subject.startswith("application:"):
            continue
        left, day = event.from_state, local_day(event.at)
        if left in begun and event.to_state != "info_requested":
            due = due_on(workflow, left, begun[left], _find_pauses(work, application, left))
            if due is not None and workflow.states[left].holder != "applicant":
                yield Stay(left, begun[left], day, due)
            del begun[left]
        if event.action != "answer_request":
            begun[event.to_state] = day


def _find_pauses(work: Work, application: Application, state: str) -> set[date]:
    """The days on which the collective owed something: after the one of the question, up to the one of the answer."""
    asked: Sequence[InformationRequest | EvidenceRequest] = ()
    if state == "in_admissibility":
        asked = requests_of(work.session, application.key)
    elif state == "in_evaluation":
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

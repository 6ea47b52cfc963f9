"""What an evaluator has to see before a level can be given: asked of the collective while the evaluation runs."""

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.evaluate import indicators_of
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import application_of, require
from mcc.actions.work import Work
from mcc.db.queries.visit import evidence_requests_of
from mcc.db.tables import Application, Assignment, EvidenceRequest
from mcc.errors import InputInvalid, NotFound, Problem, Refused


class AskInput(Input):
    indicator: Code
    words: Prose
    """What would show it; the collective reads this, and not who asks."""


class AnsweredInput(Input):
    answer: Prose


def await_evidence(work: Work, seat: Assignment, given: AskInput) -> EvidenceRequest:
    """Ask the collective for what is missing to judge one indicator; the sheet stays open meanwhile."""
    role = require(work, "await_evidence", seat)
    application = application_of(work, seat)
    if given.indicator not in indicators_of(work, seat, application, pinned_rubric(application)):
        raise InputInvalid([Problem("indicator", "unknown_indicator", {"value": given.indicator})])
    request = EvidenceRequest(
        application_id=application.key,
        assignment_id=seat.key,
        indicator=given.indicator,
        words=given.words,
        asked_at=work.now,
    )
    work.add(request)
    facts = {"indicator": given.indicator}
    journal.advance(
        work, seat, "await_evidence", role=role, guards={"evidence_named": bool(given.words)}, **facts
    )
    return request


def resume(work: Work, seat: Assignment) -> None:
    """Go on scoring, whether or not what was asked for has come."""
    role = require(work, "resume", seat)
    journal.advance(work, seat, "resume", role=role)


def find_asked(work: Work, application: Application, key: int) -> EvidenceRequest:
    """What the collective may still answer. Raises NotAllowed, NotFound, Refused."""
    require(work, "answer_evidence_request", application)
    request = next(
        (row for row in evidence_requests_of(work.session, application.key) if row.id == key), None
    )
    if request is None:
        raise NotFound("evidence_request_unknown", where="request", value=key)
    if request.answered_at is not None or application.state != "in_evaluation":
        raise Refused("nothing_to_answer", where="request")
    return request


def answer_evidence_request(work: Work, application: Application, key: int, given: AnsweredInput) -> None:
    """The collective says that it added what was asked for, or why it cannot."""
    role = require(work, "answer_evidence_request", application)
    request = find_asked(work, application, key)
    request.answer, request.answered_by, request.answered_at = given.answer, work.actor.key, work.now
    work.session.add(request)
    journal.record(
        work,
        f"evidence_request:{request.id}",
        "answer_evidence_request",
        role=role,
        application=application,
        words=given.answer,
    )


def list_asked(work: Work, application: Application) -> list[EvidenceRequest]:
    """What the collective was asked for and has not answered."""
    return [row for row in evidence_requests_of(work.session, application.key) if row.answered_at is None]

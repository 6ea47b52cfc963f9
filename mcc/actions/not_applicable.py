"""Leaving an indicator out: asked for by an evaluator with a reason, approved or refused by the coordinator."""

from collections.abc import Mapping

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.evaluate import indicators_of, refuse_closed
from mcc.actions.permissions import application_of, require
from mcc.actions.work import Work
from mcc.db.queries.evaluate import not_applicable_of
from mcc.db.tables import Application, Assignment, NotApplicable
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Rubric


def request_not_applicable(
    work: Work, assignment: Assignment, indicator: str, *, reason: str
) -> NotApplicable:
    """Ask the coordinator to leave an indicator out for this collective."""
    role = require(work, "request_not_applicable", assignment)
    refuse_closed(assignment)
    application = application_of(work, assignment)
    rubric = pinned_rubric(application)
    present = not_applicable_of(work.session, application.key)
    problem = _refuse_not_applicable(rubric, assignment, indicator, reason, present)
    if problem is None and indicator not in indicators_of(work, assignment, application, rubric):
        problem = Problem(indicator, "unknown_indicator", {"value": indicator})
    if problem is not None:
        raise InputInvalid([problem])
    request = NotApplicable(
        application_id=application.key,
        indicator=indicator,
        reason=reason,
        requested_by=work.actor.key,
        requested_at=work.now,
    )
    work.add(request)
    journal.record(
        work,
        f"not_applicable:{request.id}",
        "request_not_applicable",
        role=role,
        application=application,
        indicator=indicator,
    )
    return request


def _refuse_not_applicable(
    rubric: Rubric, assignment: Assignment, indicator: str, reason: str, present: Mapping[str, NotApplicable]
) -> Problem | None:
    known = {item.id: item for item in rubric.dimension(assignment.dimension).indicators}
    if indicator not in known:
        return Problem(indicator, "unknown_indicator", {"value": indicator})
    if rubric.is_critical(indicator):
        return Problem(indicator, "not_applicable_critical", {"value": indicator})
    if indicator in present:
        again = present[indicator].approved is False
        code = "not_applicable_refused" if again else "not_applicable_asked"
        return Problem(indicator, code, {"value": indicator})
    if not reason.strip():
        return Problem(indicator, "not_applicable_without_reason", {"value": indicator})
    asked = [row for row in present.values() if row.indicator in known and row.approved is not False]
    if len(asked) >= rubric.not_applicable.maximum_per_dimension:
        return Problem(indicator, "too_many_not_applicable", {"value": indicator})
    return None


def decide_not_applicable(work: Work, application: Application, indicator: str, *, approved: bool) -> None:
    """The coordinator approves or refuses that an indicator is left out, as long as it is being evaluated."""
    role = require(work, "decide_not_applicable", application)
    if application.state != "in_evaluation":
        raise Refused("not_in_evaluation", where="application", state=application.state)
    request = not_applicable_of(work.session, application.key).get(indicator)
    if request is None or request.approved is not None:
        raise Refused("nothing_to_decide", where=indicator)
    request.approved = approved
    request.decided_by = work.actor.key
    work.session.add(request)
    journal.record(
        work,
        f"not_applicable:{request.id}",
        "decide_not_applicable",
        role=role,
        application=application,
        indicator=indicator,
        approved=approved,
    )

"""Corrective action: what keeps a file from the mark and can be put right is put right, and only that is looked at again.

Once for each application (domain.md, section 2). The review asks for it; the collective has 30 to 90 days, and the file
goes on by itself when they are over.
"""

from datetime import timedelta

from pydantic import Field

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import final_answers
from mcc.actions.unseat import score_again, unseat_partial
from mcc.actions.work import Role, Work
from mcc.db.queries.apply import newest_evidence
from mcc.db.queries.correct import correction_of, corrections_running
from mcc.db.queries.evaluate import dimensions_of, evaluators_of
from mcc.db.tables import Application, Correction
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Rubric

SHORTEST, LONGEST = 30, 90
"""Days (domain.md, section 2)."""


class CorrectionInput(Input):
    indicators: list[Code] = Field(min_length=1, max_length=50)
    asks: Prose
    days: int = Field(default=LONGEST, ge=SHORTEST, le=LONGEST)


def list_fixable(work: Work, application: Application) -> list[str]:
    """Critical indicators below what the mark asks of them, in the order of the rubric."""
    rubric = pinned_rubric(application)
    levels = final_answers(work, application).scores
    minimum = rubric.measured_award.critical_minimum
    return [code for code in rubric.critical if levels.get(code, minimum) < minimum]


def list_low(work: Work, application: Application) -> list[str]:
    """Every indicator below that level, the critical ones first: what a review may ask to be put right."""
    rubric = pinned_rubric(application)
    levels = final_answers(work, application).scores
    minimum = rubric.measured_award.critical_minimum
    low = [code for code in rubric.indicators if levels.get(code, minimum) < minimum]
    return sorted(low, key=lambda code: not rubric.is_critical(code))


def may_correct(work: Work, application: Application) -> bool:
    return correction_of(work.session, application.key) is None and bool(list_fixable(work, application))


def require_correction(work: Work, application: Application, given: CorrectionInput) -> Correction:
    """Ask for it. Raises InputInvalid for an indicator that was not evaluated, Refused where nothing critical is low."""
    role = require(work, "require_correction", application)
    _refuse_unevaluated(work, application, given)
    fixable = set(list_fixable(work, application))
    guards = {
        "critical_indicator_fixable": bool(fixable & set(given.indicators)),
        "first_correction": correction_of(work.session, application.key) is None,
        "reviewer_independent": work.actor.account_id not in evaluators_of(work.session, application.key),
    }
    row = Correction(
        application_id=application.key,
        indicators=sorted(set(given.indicators)),
        asks=given.asks,
        required_by=work.actor.key,
        required_at=work.now,
        due_on=work.today + timedelta(days=given.days),
        last_evidence=newest_evidence(work.session, application.key),
    )
    if all(guards.values()):
        work.add(row)
    facts = {"indicators": row.indicators, "due": str(row.due_on)}
    journal.advance(
        work, application, "require_correction", role=role, guards=guards, words=given.asks, **facts
    )
    return row


def _refuse_unevaluated(work: Work, application: Application, given: CorrectionInput) -> None:
    evaluated = {row.dimension for row in dimensions_of(work.session, application.key)}
    rubric = pinned_rubric(application)
    known = {
        item.id
        for dimension in rubric.dimensions
        if dimension.id in evaluated
        for item in dimension.indicators
    }
    unknown = [code for code in given.indicators if code not in known]
    if unknown:
        raise InputInvalid([Problem("indicators", "unknown_indicator", {"value": unknown[0]})])


def finish_correction(work: Work, application: Application) -> None:
    """The collective says that it is done. Raises Refused where nothing was asked for, or nothing new is in the file."""
    role = require(work, "finish_correction", application)
    correction = correction_of(work.session, application.key)
    if correction is None or correction.finished_at is not None:
        facts = {"action": "finish_correction", "state": application.state}
        raise Refused("not_from_this_state", where="application", **facts)
    correction.finished_by = work.actor.key
    _go_on(work, application, correction, role, has_new_evidence(work, application, correction))


def has_new_evidence(work: Work, application: Application, correction: Correction) -> bool:
    return newest_evidence(work.session, application.key) > correction.last_evidence


def end_corrections(work: Work) -> int:
    """What was not finished within its days is looked at as it is; returns how many."""
    ended = 0
    for application, correction in corrections_running(work.session):
        if correction.due_on < work.today:
            _go_on(work, application, correction, Role.SYSTEM, True)
            ended += 1
    return ended


def _go_on(work: Work, application: Application, correction: Correction, role: Role, ready: bool) -> None:
    correction.finished_at = work.now
    work.session.add(correction)
    guards = {"evidence_given_or_term_over": ready}
    journal.advance(work, application, "finish_correction", role=role, guards=guards)
    rested = unseat_partial(work, application)
    affected = set(correction.indicators)
    again = _dimensions_with(pinned_rubric(application), affected)
    whole = {item.id for name in rested for item in pinned_rubric(application).dimension(name).indicators}
    score_again(work, application, again | rested, role=Role.SYSTEM, affected=affected | whole)


def _dimensions_with(rubric: Rubric, indicators: set[str]) -> set[str]:
    return {row.id for row in rubric.dimensions if indicators & {item.id for item in row.indicators}}

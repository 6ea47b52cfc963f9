"""The improvement plan lives: who does what by when, how far it has come, what shows it, and who followed it up.

What is aimed at comes from the decision and its edition; what is written here is what people made of it. The next application
starts from it. For the office it is a demand: which support, where, for which trade.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.editions import current_rubric, pinned_rubric
from mcc.actions.inputs import Code, Input, Line, Prose
from mcc.actions.permissions import require
from mcc.actions.report import REPORT_STATES, choose_steps
from mcc.actions.settle import final_answers
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.accounts import account_by_username
from mcc.db.queries.decide import decision_of
from mcc.db.queries.evaluate import evaluators_of
from mcc.db.queries.folder import documents_of
from mcc.db.queries.improve import applications_with_plan, steps_of
from mcc.db.queries.renew import continuation_of
from mcc.db.queries.support import offers_from
from mcc.db.tables import Application, FollowUp, ImprovementStep, Organisation
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from rubric import Labels, PlanAction


class Progress(StrEnum):
    OPEN = "open"
    """Nobody did anything about it yet."""
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class StepInput(Input):
    progress: Progress
    responsible: Line | None = None
    contact: Code | None = None
    """Username of somebody of the office."""
    due_on: date | None = None
    note: Prose | None = None
    proof: int | None = Field(default=None, ge=1)
    """Key of a paper of the collective's folder."""


class FollowUpInput(Input):
    on: date
    summary: Prose
    next_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step as it stands."""

    indicator: str
    label: Labels
    target: int
    goal: Labels
    """The descriptor of the level that it aims at."""
    support: tuple[str, ...]
    evidence: tuple[str, ...]
    progress: Progress
    due: date
    row: ImprovementStep | None


@dataclass(frozen=True)
class Demand:
    """How many open steps ask for a line of support, in one place and one trade."""

    line: str
    municipality: str
    category: str
    steps: int


def list_steps(work: Work, application: Application) -> list[Step]:
    """The plan of the decision that stands; empty where nothing is decided."""
    require(work, "view_plan", application)
    return _list_steps(work, application)


def has_plan(work: Work, application: Application) -> bool:
    """Whether something is decided, from which a plan follows."""
    decided = decision_of(work.session, application.key) is not None
    return decided and application.state in REPORT_STATES


def _list_steps(work: Work, application: Application) -> list[Step]:
    decision = decision_of(work.session, application.key)
    if decision is None or application.state not in REPORT_STATES:
        return []
    organisation = work.session.get_one(Organisation, application.organisation_id)
    rubric, answers = pinned_rubric(application), final_answers(work, application)
    rows, decided = steps_of(work.session, application.key), local_day(decision.decided_at)
    return [
        _join(rubric.indicator(step.indicator).label, step, rows.get(step.indicator), decided)
        for step in choose_steps(rubric, answers, application, organisation)
    ]


def _join(label: Labels, step: PlanAction, row: ImprovementStep | None, decided: date) -> Step:
    return Step(
        indicator=step.indicator,
        label=label,
        target=step.target,
        goal=step.goal,
        support=step.support,
        evidence=step.evidence,
        progress=Progress.OPEN if row is None else Progress(row.progress),
        due=row.due_on if row is not None and row.due_on else decided + timedelta(days=step.days),
        row=row,
    )


def list_earlier(work: Work, application: Application) -> list[Step]:
    """The plan of the application that this one follows: what it starts from."""
    require(work, "view_application", application)
    continuation = continuation_of(work.session, application.key)
    if continuation is None:
        return []
    return _list_steps(work, work.session.get_one(Application, continuation.follows_id))


def find_step(work: Work, application: Application, indicator: str) -> Step:
    """Raises NotFound for an indicator that the plan does not name."""
    found = next((row for row in list_steps(work, application) if row.indicator == indicator), None)
    if found is None:
        raise NotFound("step_unknown", where="indicator", value=indicator)
    return found


def change_step(work: Work, application: Application, indicator: str, given: StepInput) -> ImprovementStep:
    """Write down how it goes. Raises InputInvalid for a contact who evaluated, a paper of somebody else, a step dropped unsaid."""
    role = require(work, "change_step", application)
    step = find_step(work, application, indicator)
    contact, problems = _check(work, application, given)
    if problems:
        raise InputInvalid(problems)
    row = step.row or ImprovementStep(
        application_id=application.key,
        indicator=indicator,
        goal=step.target,
        progress=given.progress.value,
        changed_by=work.actor.key,
        changed_at=work.now,
    )
    row.progress, row.responsible, row.due_on = given.progress.value, given.responsible, given.due_on
    row.contact_id, row.note, row.proof_id = contact, given.note, given.proof
    row.changed_by, row.changed_at = work.actor.key, work.now
    work.add(row)
    subject = f"improvement_step:{row.id}"
    facts = {"indicator": indicator, "progress": row.progress}
    journal.record(
        work, subject, "change_step", role=role, application=application, words=given.note, **facts
    )
    return row


def _check(work: Work, application: Application, given: StepInput) -> tuple[int | None, list[Problem]]:
    """The contact's key, and everything that is wrong."""
    problems = []
    if given.progress == Progress.OPEN:
        problems.append(Problem("progress", "step_was_begun"))
    if given.progress == Progress.DROPPED and given.note is None:
        problems.append(Problem("note", "missing"))
    papers = {paper.key for paper in documents_of(work.session, application.organisation_id)}
    if given.proof is not None and given.proof not in papers:
        problems.append(Problem("proof", "document_not_in_folder", {"value": given.proof}))
    contact = None if given.contact is None else account_by_username(work.session, given.contact)
    unfit = contact is None or contact.key in evaluators_of(work.session, application.key)
    if given.contact is not None and unfit:
        problems.append(Problem("contact", "contact_evaluated", {"value": given.contact}))
    return None if contact is None else contact.key, problems


def record_follow_up(work: Work, application: Application, given: FollowUpInput) -> FollowUp:
    """A visit that follows the plan up. Raises Refused where there is no plan."""
    role = require(work, "record_follow_up", application)
    if not list_steps(work, application):
        raise Refused("no_plan", where="application")
    if given.on > work.today:
        raise InputInvalid([Problem("on", "date_in_future", {"value": str(given.on)})])
    if given.next_on is not None and given.next_on <= given.on:
        raise InputInvalid([Problem("next_on", "date_too_early", {"minimum": str(given.on)})])
    row = FollowUp(
        application_id=application.key,
        on=given.on,
        summary=given.summary,
        next_on=given.next_on,
        recorded_by=work.actor.key,
        recorded_at=work.now,
    )
    work.add(row)
    subject = f"follow_up:{row.id}"
    journal.record(work, subject, "record_follow_up", role=role, application=application, words=given.summary)
    return row


def count_demand(work: Work) -> list[Demand]:
    """Over every plan that is not taken over by a later one; the most asked for first. No name is in it."""
    require(work, "view_demand")
    counted: Counter[tuple[str, str, str]] = Counter()
    for application in applications_with_plan(work.session, visible_applications(work)):
        for step in _list_steps(work, application):
            if step.progress in {Progress.OPEN, Progress.UNDER_WAY}:
                place, trade = application.site_municipality, application.category or "-"
                counted.update((line, place, trade) for line in step.support)
    rows = [Demand(line, place, trade, steps) for (line, place, trade), steps in counted.items()]
    return sorted(rows, key=lambda row: (-row.steps, row.line, row.municipality, row.category))


def sum_by(demand: list[Demand], field: str) -> Mapping[str, int]:
    """The steps by line, municipality or category, the most first."""
    summed: Counter[str] = Counter()
    for row in demand:
        summed[getattr(row, field)] += row.steps
    return dict(summed.most_common())


def list_unserved(work: Work, demand: list[Demand]) -> list[str]:
    """Lines that plans ask for and for which nothing is on offer."""
    served = {row.line for row in offers_from(work.session, work.today)}
    asked = {row.line for row in demand}
    return [line.code for line in current_rubric().support_lines if line.code in asked - served]

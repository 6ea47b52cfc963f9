"""The visit: agreed with the collective, people heard, reported."""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import settle_dimensions
from mcc.actions.work import Work
from mcc.clock import CANELONES, local_day
from mcc.db.queries.evaluate import evaluators_seated
from mcc.db.queries.visit import interviews_of, plan_of, visits_of
from mcc.db.tables import (
    Account,
    Application,
    Interview,
    Visit,
    VisitPlan,
)
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from workflows import add_working_days

TO_ANSWER = 5
"""Working days that a collective has to ask for another date or person."""
FEWEST_INTERVIEWS = 3
PLANNED_IN = ("admitted", "in_evaluation")


class VisitAnswer(StrEnum):
    AGREED = "agreed"
    OTHER_DATE = "other_date"
    OTHER_PERSON = "other_person"


class PlanInput(Input):
    on: date
    at: time
    place: Line
    visitors: list[Line] = Field(min_length=1, max_length=10)
    """Names of the accounts of those who go."""
    bring: list[Line] = Field(default_factory=list, max_length=30)


class AnswerInput(Input):
    answer: VisitAnswer
    words: Prose | None = None


class InterviewInput(Input):
    outside_board: bool
    tells: Prose


class VisitInput(Input):
    on: date
    place: Line
    people: int = Field(ge=1, le=10_000)
    summary: Prose


def plan_visit(work: Work, application: Application, given: PlanInput) -> VisitPlan:
    """Propose day, place and visitors; an earlier proposal ends. Raises Refused, InputInvalid."""
    role = require(work, "plan_visit", application)
    refuse_unplannable(application)
    if given.on < work.today:
        raise InputInvalid([Problem("on", "date_too_early", {"minimum": str(work.today)})])
    visitors = list_visitors(work, application, given.visitors)
    end_plan(work, application)
    plan = VisitPlan(
        application_id=application.key,
        at=datetime.combine(given.on, given.at, CANELONES),
        place=given.place,
        visitors=[person.key for person in visitors],
        bring=list(given.bring),
        proposed_by=work.actor.key,
        proposed_at=work.now,
        answer_until=min(add_working_days(work.today, TO_ANSWER), given.on),
    )
    work.add(plan)
    facts = {"due": given.on.isoformat(), "place": given.place}
    journal.record(work, f"visit_plan:{plan.id}", "plan_visit", role=role, application=application, **facts)
    return plan


def refuse_unplannable(application: Application) -> None:
    if application.state not in PLANNED_IN:
        raise Refused("not_in_evaluation", where="application", state=application.state)


def list_visitors(work: Work, application: Application, names: Sequence[str]) -> list[Account]:
    """The accounts of those who go, all of them evaluators of the file. Raises InputInvalid."""
    known = {person.username: person for person in list_possible_visitors(work, application)}
    if unknown := [name for name in names if name not in known]:
        raise InputInvalid([Problem("visitors", "not_assigned", {"value": unknown[0]})])
    return [known[name] for name in names]


def list_possible_visitors(work: Work, application: Application) -> list[Account]:
    keys = sorted(evaluators_seated(work.session, application.key))
    return [person for key in keys if (person := work.session.get(Account, key)) is not None]


def end_plan(work: Work, application: Application) -> None:
    if (plan := plan_of(work.session, application.key)) is not None:
        plan.ended_at = work.now
        work.session.add(plan)


def answer_plan(work: Work, application: Application, given: AnswerInput) -> None:
    """The collective agrees, or asks for another date or person within its term. Raises Refused, InputInvalid."""
    role = require(work, "answer_visit", application)
    plan = plan_of(work.session, application.key)
    if plan is None or plan.answer is not None:
        raise Refused("nothing_to_answer", where="visit")
    if given.answer != VisitAnswer.AGREED and work.today > plan.answer_until:
        raise Refused("answer_too_late", where="visit", due=str(plan.answer_until))
    if given.answer != VisitAnswer.AGREED and given.words is None:
        raise InputInvalid([Problem("words", "missing")])
    plan.answer, plan.answer_words = given.answer.value, given.words
    plan.answered_by, plan.answered_at = work.actor.key, work.now
    work.session.add(plan)
    journal.record(
        work,
        f"visit_plan:{plan.id}",
        "answer_visit",
        role=role,
        application=application,
        words=given.words,
        answer=given.answer.value,
    )


def take_interview(work: Work, application: Application, given: InterviewInput) -> Interview:
    """Keep what one person said, without the name. Never shown to the collective."""
    role = require(work, "report_visit", application)
    refuse_outside_evaluation(application)
    taken = interviews_of(work.session, application.key)
    interview = Interview(
        application_id=application.key,
        place_in_list=len(taken) + 1,
        outside_board=given.outside_board,
        tells=given.tells,
        taken_by=work.actor.key,
        taken_at=work.now,
    )
    work.add(interview)
    journal.record(work, f"interview:{interview.id}", "take_interview", role=role, application=application)
    return interview


def list_interviews(work: Work, application: Application) -> list[Interview]:
    """For those who evaluate, review or decide. Raises NotAllowed."""
    require(work, "view_interviews", application)
    return list(interviews_of(work.session, application.key))


def list_wanting(interviews: Sequence[Interview]) -> list[str]:
    """What the conversations of a visit still lack, as codes: three people, one of them outside the board."""
    wanting = ["more_people"] if len(interviews) < FEWEST_INTERVIEWS else []
    return wanting + ([] if any(row.outside_board for row in interviews) else ["outside_board"])


def refuse_outside_evaluation(application: Application) -> None:
    if application.state != "in_evaluation":
        raise Refused("not_in_evaluation", where="application", state=application.state)


def report_visit(work: Work, application: Application, given: VisitInput) -> Visit:
    """Hand in the report of the visit; without one the evaluation does not end."""
    role = require(work, "report_visit", application)
    refuse_outside_evaluation(application)
    if given.on > work.today:
        raise InputInvalid([Problem("on", "date_in_future", {"value": str(given.on)})])
    begun = local_day(application.state_since)
    if given.on < begun:
        raise InputInvalid([Problem("on", "date_too_early", {"minimum": str(begun)})])
    visit = Visit(
        application_id=application.key, **given.model_dump(), reported_by=work.actor.key, reported_at=work.now
    )
    work.add(visit)
    journal.record(
        work, f"visit:{visit.id}", "report_visit", role=role, application=application, on=str(given.on)
    )
    settle_dimensions(work, application)
    return visit


def find_visit(work: Work, application: Application) -> Visit:
    """The last visit that was reported. Raises NotFound."""
    visits = visits_of(work.session, application.key)
    if not visits:
        raise NotFound("visit_unknown", where="visit")
    return visits[-1]

"""The coordinator seats evaluators, and relieves them; what impartiality forbids is refused with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.challenge import announce_team
from mcc.actions.editions import pinned_rubric
from mcc.actions.impartiality import find_partiality
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import can, require
from mcc.actions.unseat import UNLOCKED, refuse_evaluated
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Role, Work
from mcc.db.queries.accounts import (
    account_by_username,
    accounts_with_role,
    roles_of_account,
)
from mcc.db.queries.evaluate import (
    active_assignments,
    dimension_of,
    open_seats_by_person,
)
from mcc.db.tables import Account, Application, Assignment
from mcc.errors import InputInvalid, Problem, Refused


class Seat(StrEnum):
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class SeatInput(Input):
    dimension: Code
    evaluator: Code
    """Username."""
    seat: Seat


class ReliefInput(Input):
    dimension: Code
    seat: Seat
    reason: Prose = Field(max_length=500)


@dataclass(frozen=True)
class Candidate:
    username: str
    name: str
    open_seats: int
    """Sheets that wait for this person, in the files that the coordinator may know of."""
    refusal: str | None


def assign_evaluator(work: Work, application: Application, given: SeatInput) -> Assignment:
    """Seat an evaluator for one dimension; the third seat opens only when a difference calls for it.

    Raises InputInvalid for an unknown dimension or person, Refused for what impartiality forbids.
    """
    role = require(work, "assign_evaluator", application)
    if application.state not in {"admitted", "in_evaluation"}:
        raise Refused("not_open_for_assignment", where="application", state=application.state)
    if given.dimension not in {item.id for item in pinned_rubric(application).dimensions}:
        raise InputInvalid([Problem("dimension", "dimension_unknown", {"value": given.dimension})])
    person = account_by_username(work.session, given.evaluator)
    if (
        person is None
        or not person.active
        or Role.EVALUATOR not in roles_of_account(work.session, person.key)
    ):
        raise InputInvalid([Problem("evaluator", "not_an_evaluator", {"value": given.evaluator})])
    _refuse_partial(work, application, person)
    _refuse_taken(work, application, person, given)
    assignment = Assignment(
        application_id=application.key,
        dimension=given.dimension,
        account_id=person.key,
        seat=given.seat.value,
        assigned_at=work.now,
    )
    journal.begin(
        work,
        assignment,
        role=role,
        action="assign_evaluator",
        dimension=given.dimension,
        seat=given.seat.value,
    )
    announce_team(work, application, role)
    return assignment


def list_candidates(work: Work, application: Application) -> list[Candidate]:
    """Everybody who evaluates, the one with the least work first, and why some of them cannot take this file."""
    require(work, "assign_evaluator", application)
    load = open_seats_by_person(work.session, visible_applications(work))
    found = [
        Candidate(row.username, row.name, load.get(row.key, 0), find_partiality(work, application, row.key))
        for row in accounts_with_role(work.session, Role.EVALUATOR)
    ]
    return sorted(found, key=lambda row: (row.open_seats, row.name))


def relieve_evaluator(work: Work, application: Application, given: ReliefInput) -> None:
    """Free the seat of somebody who fell ill or has no time; half a sheet of theirs is kept and counts for nothing.

    Raises Refused for an empty seat, and for one with a locked sheet: no score is removed because it does not please.
    """
    seated = active_assignments(work.session, application.key, given.dimension)
    seat = next((row for row in seated if row.seat == given.seat), None)
    if seat is None:
        require(work, "assign_evaluator", application)
        raise Refused("seat_empty", where="seat", value=given.seat.value)
    role = require(work, "relieve", seat)
    refuse_evaluated(application, "relieve")
    journal.advance(
        work,
        seat,
        "relieve",
        role=role,
        guards={"reason_given": bool(given.reason)},
        words=given.reason,
        dimension=seat.dimension,
        evaluator=seat.account_id,
    )


def list_relievable(work: Work, application: Application) -> list[Assignment]:
    """Seats that the actor may free."""
    if application.state not in {"admitted", "in_evaluation"}:
        return []
    seats = active_assignments(work.session, application.key)
    return [seat for seat in seats if seat.state in UNLOCKED and can(work, "relieve", seat)]


def _refuse_partial(work: Work, application: Application, person: Account) -> None:
    if (reason := find_partiality(work, application, person.key)) is not None:
        raise Refused(reason, where="evaluator", value=person.username)


def _refuse_taken(work: Work, application: Application, person: Account, given: SeatInput) -> None:
    seated = active_assignments(work.session, application.key, given.dimension)
    if any(row.seat == given.seat for row in seated):
        raise Refused("seat_taken", where="seat", value=given.seat.value)
    if any(row.account_id == person.id for row in seated):
        raise Refused("already_in_this_dimension", where="evaluator", value=person.username)
    evaluation = dimension_of(work.session, application.key, given.dimension)
    divergent = evaluation is not None and evaluation.state == "divergent"
    if (given.seat == Seat.THIRD) != divergent:
        raise Refused(
            "third_seat_not_called_for" if given.seat == Seat.THIRD else "scores_already_compared",
            where="seat",
        )

"""Seats of evaluators: the coordinator gives and frees them, each evaluator sees their own."""

from datetime import datetime

from fastapi import APIRouter

from mcc.actions import assign
from mcc.actions.assign import ReliefInput, SeatInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.db.queries.evaluate import assignments_of_person
from mcc.db.tables import Application, Assignment

router = APIRouter(tags=["assign"])


class SeatAnswer(Answer):
    id: int
    dimension: str
    seat: str
    state: str
    assigned_at: datetime


class OwnSeatAnswer(SeatAnswer):
    application: str | None


@router.post("/applications/{reference}/assignments", status_code=201)
def assign_evaluator(work: Change, reference: Reference, given: SeatInput) -> SeatAnswer:
    seat = assign.assign_evaluator(work, find_by_reference(work, reference), given)
    return SeatAnswer(**_describe(seat))


@router.post("/applications/{reference}/relieve-evaluator")
def relieve_evaluator(work: Change, reference: Reference, given: ReliefInput) -> Done:
    assign.relieve_evaluator(work, find_by_reference(work, reference), given)
    return Done()


@router.get("/assignments")
def list_own(work: Look) -> list[OwnSeatAnswer]:
    """The person's own seats."""
    found = []
    for seat in assignments_of_person(work.session, work.actor.key):
        application = work.session.get(Application, seat.application_id)
        found.append(
            OwnSeatAnswer(**_describe(seat), application=application.number if application else None)
        )
    return found


def _describe(seat: Assignment) -> dict[str, object]:
    return seat.model_dump(include=set(SeatAnswer.model_fields))

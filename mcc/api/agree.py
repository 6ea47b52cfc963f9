"""What two evaluators make of their differences."""

from fastapi import APIRouter

from mcc.actions import agree
from mcc.actions.compare import differences_of, find_dimension
from mcc.actions.finding import find_by_reference, find_seat
from mcc.actions.permissions import can, require
from mcc.actions.work import Work
from mcc.api.addresses import Dimension, Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.api.inputs import ProposalInput
from mcc.db.queries.evaluate import discussions_of
from mcc.db.tables import Application

router = APIRouter(prefix="/applications/{reference}/dimensions/{dimension}", tags=["agree"])


class DifferenceAnswer(Answer):
    indicator: str
    first: int
    second: int
    straddles_critical_minimum: bool
    discussed: bool
    agreed_level: int | None
    reason: str | None
    confirmed: bool


class DimensionAnswer(Answer):
    state: str
    compared: bool
    """Whether both sheets are locked; until then nobody sees a difference."""
    differences: tuple[DifferenceAnswer, ...]


@router.get("")
def show_differences(work: Look, reference: Reference, dimension: Dimension) -> DimensionAnswer:
    application = find_by_reference(work, reference)
    evaluation = find_dimension(work, application, dimension)
    require_sight(work, application, dimension)
    differences = differences_of(work, application, dimension)
    talks = discussions_of(work.session, application.key, application.round)
    return DimensionAnswer(
        state=evaluation.state,
        compared=differences is not None,
        differences=tuple(
            DifferenceAnswer(
                indicator=row.indicator,
                first=row.first,
                second=row.second,
                straddles_critical_minimum=row.straddles_critical_minimum,
                discussed=(talk := talks.get(row.indicator)) is not None,
                agreed_level=None if talk is None else talk.agreed_level,
                reason=None if talk is None else talk.reason,
                confirmed=talk is not None and talk.confirmed_by is not None,
            )
            for row in differences or ()
        ),
    )


def require_sight(work: Work, application: Application, dimension: str) -> None:
    """Those who read all scores, and the two who scored the dimension; the third scores blind."""
    if not can(work, "view_scores", application):
        seat = find_seat(work, application, dimension)
        require(work, "view_scores" if seat.seat == "third" else "discuss_differences", seat)


@router.put("/levels")
def propose_levels(work: Change, reference: Reference, dimension: Dimension, given: ProposalInput) -> Done:
    agree.propose_levels(work, find_by_reference(work, reference), dimension, given.levels)
    return Done()


@router.post("/confirm")
def confirm_levels(work: Change, reference: Reference, dimension: Dimension) -> Done:
    agree.confirm_levels(work, find_by_reference(work, reference), dimension)
    return Done()

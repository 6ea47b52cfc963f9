"""The technical review."""

from fastapi import APIRouter

from mcc.actions import review
from mcc.actions.finding import find_by_reference
from mcc.actions.review import ReturnInput, ReviewInput
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["review"])


@router.post("/send-to-decision")
def send_to_decision(work: Change, reference: Reference, given: ReviewInput) -> Done:
    review.send_to_decision(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/return-to-evaluation")
def return_to_evaluation(work: Change, reference: Reference, given: ReturnInput) -> Done:
    review.return_to_evaluation(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/reevaluate-after-hearing")
def reevaluate_after_hearing(work: Change, reference: Reference, given: ReturnInput) -> Done:
    review.reevaluate_after_hearing(work, find_by_reference(work, reference), given)
    return Done()

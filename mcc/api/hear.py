"""The hearing before an outcome that the collective would not like."""

from fastapi import APIRouter

from mcc.actions import hear
from mcc.actions.finding import find_by_reference
from mcc.actions.hear import HeardInput, HearingInput
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["review"])


@router.post("/open-hearing")
def open_hearing(work: Change, reference: Reference, given: HearingInput) -> Done:
    hear.open_hearing(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/answer-hearing")
def answer_hearing(work: Change, reference: Reference, given: HeardInput) -> Done:
    hear.answer_hearing(work, find_by_reference(work, reference), given)
    return Done()

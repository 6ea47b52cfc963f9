"""Corrective action on some indicators."""

from fastapi import APIRouter

from mcc.actions import correct
from mcc.actions.correct import CorrectionInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["correct"])


@router.post("/require-correction")
def require_correction(work: Change, reference: Reference, given: CorrectionInput) -> Done:
    correct.require_correction(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/finish-correction")
def finish_correction(work: Change, reference: Reference) -> Done:
    correct.finish_correction(work, find_by_reference(work, reference))
    return Done()

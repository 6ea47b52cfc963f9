"""Safeguards of a file that too few impartial people could evaluate."""

from fastapi import APIRouter

from mcc.actions import staff
from mcc.actions.finding import find_by_reference
from mcc.actions.staff import SafeguardInput
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["staff"])


@router.post("/set-safeguard")
def set_safeguard(work: Change, reference: Reference, given: SafeguardInput) -> Done:
    staff.set_safeguard(work, find_by_reference(work, reference), given)
    return Done()

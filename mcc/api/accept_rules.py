"""The rules of use, and the collective's yes to them."""

from fastapi import APIRouter

from mcc.actions import accept_rules
from mcc.actions.accept_rules import AcceptanceInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["decide"])


@router.post("/accept-rules")
def accept(work: Change, reference: Reference, given: AcceptanceInput) -> Done:
    accept_rules.accept_rules(work, find_by_reference(work, reference), given)
    return Done()

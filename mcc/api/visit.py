"""The visit to the collective."""

from fastapi import APIRouter

from mcc.actions import visit
from mcc.actions.finding import find_by_reference
from mcc.actions.visit import VisitInput
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change

router = APIRouter(tags=["visit"])


@router.post("/applications/{reference}/visit", status_code=201)
def report_visit(work: Change, reference: Reference, given: VisitInput) -> Done:
    visit.report_visit(work, find_by_reference(work, reference), given)
    return Done()

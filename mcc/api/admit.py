"""The coordinator's admissibility check."""

from fastapi import APIRouter

from mcc.actions import admit
from mcc.actions.admit import RefusalInput, RequestInput, TakeUpInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Done
from mcc.api.asking import Change
from mcc.api.inputs import EligibilityInput

router = APIRouter(prefix="/applications/{reference}", tags=["admit"])


@router.post("/take-up")
def take_up(work: Change, reference: Reference, given: TakeUpInput) -> Done:
    admit.take_up(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/request-information")
def request_information(work: Change, reference: Reference, given: RequestInput) -> Done:
    admit.request_information(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/remind-applicant")
def remind_applicant(work: Change, reference: Reference) -> Done:
    admit.remind_applicant(work, find_by_reference(work, reference))
    return Done()


@router.post("/archive")
def archive(work: Change, reference: Reference) -> Done:
    admit.archive(work, find_by_reference(work, reference))
    return Done()


@router.post("/reopen")
def reopen(work: Change, reference: Reference) -> Done:
    admit.reopen(work, find_by_reference(work, reference))
    return Done()


@router.post("/refuse-admission")
def refuse_admission(work: Change, reference: Reference, given: RefusalInput) -> Done:
    admit.refuse_admission(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/admit")
def admit_application(work: Change, reference: Reference, given: EligibilityInput) -> Done:
    admit.admit(work, find_by_reference(work, reference), eligible=given.eligible)
    return Done()

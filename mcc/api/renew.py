"""Renewal, another attempt, and an evaluation of some indicators only."""

from fastapi import APIRouter

from mcc.actions import renew
from mcc.actions.finding import find_by_reference, find_certificate
from mcc.actions.renew import ShorteningInput
from mcc.api.addresses import CertificateNumber, Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change

router = APIRouter(tags=["renew"])


class DraftAnswer(Answer):
    reference: str
    """Of the draft that was begun."""


@router.post("/certificates/{number}/begin-renewal", status_code=201)
def begin_renewal(work: Change, number: CertificateNumber) -> DraftAnswer:
    return DraftAnswer(reference=str(renew.begin_renewal(work, find_certificate(work, number)).key))


@router.post("/applications/{reference}/begin-another", status_code=201)
def begin_another(work: Change, reference: Reference) -> DraftAnswer:
    return DraftAnswer(reference=str(renew.begin_another(work, find_by_reference(work, reference)).key))


@router.post("/applications/{reference}/shorten-evaluation")
def shorten_evaluation(work: Change, reference: Reference, given: ShorteningInput) -> Done:
    renew.shorten_evaluation(work, find_by_reference(work, reference), given)
    return Done()

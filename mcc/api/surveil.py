"""Surveillance of certificates."""

from fastapi import APIRouter

from mcc.actions import surveil
from mcc.actions.finding import find_certificate
from mcc.actions.surveil import FindingInput, OpeningInput
from mcc.api.addresses import CertificateNumber
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look

router = APIRouter(tags=["surveil"])


class RiskAnswer(Answer):
    number: str
    signs: tuple[str, ...]


class RecheckAnswer(Answer):
    holds: bool
    """Whether every indicator still does: then the surveillance is closed."""


@router.get("/certificates-at-risk")
def list_at_risk(work: Look) -> list[RiskAnswer]:
    return [
        RiskAnswer(number=certificate.number, signs=tuple(sign.value for sign in signs))
        for certificate, _, signs in surveil.list_at_risk(work)
    ]


@router.post("/certificates/{number}/open-surveillance")
def open_surveillance(work: Change, number: CertificateNumber, given: OpeningInput) -> Done:
    surveil.open_surveillance(work, find_certificate(work, number), given)
    return Done()


@router.post("/certificates/{number}/recheck")
def recheck(work: Change, number: CertificateNumber, given: dict[str, FindingInput]) -> RecheckAnswer:
    """What was found, by indicator; all that the surveillance asks for."""
    return RecheckAnswer(holds=surveil.recheck(work, find_certificate(work, number), given))

"""The life of a certificate after it was issued."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import surveil
from mcc.actions.finding import find_certificate
from mcc.actions.surveil import ReasonInput
from mcc.api.addresses import CertificateNumber
from mcc.api.answering import Answer
from mcc.api.asking import Change
from mcc.db.tables import Certificate

router = APIRouter(prefix="/certificates/{number}", tags=["surveil"])


class CertificateAnswer(Answer):
    number: str
    state: str
    valid_until: date


def describe_certificate(certificate: Certificate) -> CertificateAnswer:
    return CertificateAnswer(
        number=certificate.number, state=certificate.state, valid_until=certificate.valid_until
    )


@router.post("/suspend")
def suspend(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    surveil.suspend(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/ratify-suspension")
def ratify_suspension(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    surveil.ratify_suspension(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/reinstate")
def reinstate(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    surveil.reinstate(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/withdraw")
def withdraw(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    surveil.withdraw(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/relinquish")
def relinquish(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    surveil.relinquish(work, certificate, given)
    return describe_certificate(certificate)

"""The life of a certificate after it was issued."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import suspend
from mcc.actions.finding import find_certificate
from mcc.actions.suspend import ReasonInput
from mcc.api.addresses import CertificateNumber
from mcc.api.answering import Answer
from mcc.api.asking import Change
from mcc.db.tables import Certificate

router = APIRouter(prefix="/certificates/{number}", tags=["suspend"])


class CertificateAnswer(Answer):
    number: str
    state: str
    valid_until: date


def describe_certificate(certificate: Certificate) -> CertificateAnswer:
    return CertificateAnswer(
        number=certificate.number, state=certificate.state, valid_until=certificate.valid_until
    )


@router.post("/suspend")
def suspend_certificate(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    suspend.suspend(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/ratify-suspension")
def ratify_suspension(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    suspend.ratify_suspension(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/reinstate")
def reinstate(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    suspend.reinstate(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/withdraw")
def withdraw(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    suspend.withdraw(work, certificate, given)
    return describe_certificate(certificate)


@router.post("/relinquish")
def relinquish(work: Change, number: CertificateNumber, given: ReasonInput) -> CertificateAnswer:
    certificate = find_certificate(work, number)
    suspend.relinquish(work, certificate, given)
    return describe_certificate(certificate)

"""What is put to the committee about a certificate."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import motion
from mcc.actions.finding import find_certificate
from mcc.actions.hear import HeardInput
from mcc.actions.motion import MotionInput, MotionVoteInput
from mcc.actions.permissions import require
from mcc.api.addresses import CertificateNumber
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look

router = APIRouter(prefix="/certificates/{number}/motion", tags=["motion"])


class MotionAnswer(Answer):
    """The one that is open; every field is null where none is."""

    measure: str | None = None
    reason: str | None = None
    hearing_until: date | None = None
    answer: str | None = None


@router.get("")
def show_motion(work: Look, number: CertificateNumber) -> MotionAnswer:
    certificate = find_certificate(work, number)
    require(work, "view_motion", certificate)
    row = motion.find_open(work, certificate)
    if row is None:
        return MotionAnswer()
    return MotionAnswer(
        measure=row.measure, reason=row.reason, hearing_until=row.hearing_until, answer=row.answer
    )


@router.post("")
def open_motion(work: Change, number: CertificateNumber, given: MotionInput) -> Done:
    motion.open_motion(work, find_certificate(work, number), given)
    return Done()


@router.post("/answer")
def answer_motion(work: Change, number: CertificateNumber, given: HeardInput) -> Done:
    motion.answer_motion(work, find_certificate(work, number), given)
    return Done()


@router.post("/vote")
def vote_motion(work: Change, number: CertificateNumber, given: MotionVoteInput) -> Done:
    motion.vote_motion(work, find_certificate(work, number), given)
    return Done()


@router.post("/reject")
def reject_motion(work: Change, number: CertificateNumber) -> Done:
    motion.reject_motion(work, find_certificate(work, number))
    return Done()

"""Running the system: what the office does for the machine."""

from fastapi import APIRouter

from mcc.actions import administer
from mcc.api.answering import Answer
from mcc.api.asking import Change

router = APIRouter(prefix="/mail", tags=["accounts"])


class ResentAnswer(Answer):
    notices: int


@router.post("/resend")
def resend_mail(work: Change) -> ResentAnswer:
    """Mails that were given up are tried again."""
    return ResentAnswer(notices=administer.resend_failed(work))

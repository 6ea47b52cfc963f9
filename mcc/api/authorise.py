"""What waits for the signatory, and their word."""

from fastapi import APIRouter

from mcc.actions import authorise
from mcc.actions.authorise import AuthorisationInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Answer
from mcc.api.asking import Change, Look

router = APIRouter(tags=["decide"])


class ToSignAnswer(Answer):
    number: str
    holders: str
    award: str
    resolution_number: str


@router.get("/signing-queue")
def list_to_sign(work: Look) -> list[ToSignAnswer]:
    return [
        ToSignAnswer(
            number=item.application.number or "",
            holders=item.holders,
            award=item.award.code,
            resolution_number=item.decision.resolution_number,
        )
        for item in authorise.list_to_sign(work)
    ]


@router.post("/applications/{reference}/authorise-issue", status_code=204)
def authorise_issue(work: Change, reference: Reference, given: AuthorisationInput) -> None:
    authorise.authorise_issue(work, find_by_reference(work, reference), given)

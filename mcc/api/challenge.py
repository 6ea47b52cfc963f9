"""A collective's say in who evaluates it."""

from fastapi import APIRouter

from mcc.actions import challenge
from mcc.actions.cases import open_case
from mcc.actions.challenge import ChallengeInput, FindingInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done, ReceiptAnswer
from mcc.api.asking import Change, Look

router = APIRouter(tags=["challenge"])


class MemberAnswer(Answer):
    username: str
    name: str
    dimensions: tuple[str, ...]
    until: str
    """Last day on which this person can be challenged."""


@router.get("/applications/{reference}/team")
def list_team(work: Look, reference: Reference) -> list[MemberAnswer]:
    team = challenge.list_team(work, find_by_reference(work, reference))
    return [
        MemberAnswer(username=row.username, name=row.name, dimensions=row.dimensions, until=str(row.until))
        for row in team
    ]


@router.post("/applications/{reference}/accept-team")
def accept_team(work: Change, reference: Reference) -> Done:
    challenge.accept_team(work, find_by_reference(work, reference))
    return Done()


@router.post("/applications/{reference}/file-challenge")
def file_challenge(work: Change, reference: Reference, given: ChallengeInput) -> ReceiptAnswer:
    return ReceiptAnswer(
        receipt=challenge.file_challenge(work, find_by_reference(work, reference), given).receipt
    )


@router.post("/cases/{receipt}/resolve-challenge")
def resolve_challenge(work: Change, receipt: str, given: FindingInput) -> Done:
    challenge.resolve_challenge(work, open_case(work, receipt), given)
    return Done()

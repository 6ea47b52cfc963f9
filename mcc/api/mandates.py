"""Who sits in the committee."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import mandates
from mcc.actions.mandates import MandateInput
from mcc.api.addresses import Key
from mcc.api.answering import Answer
from mcc.api.asking import Change, Look
from mcc.db.tables import Mandate

router = APIRouter(prefix="/mandates", tags=["accounts"])


class MandateAnswer(Answer):
    id: int
    institution: str
    substitute: bool
    since: date
    until: date | None
    ended: bool


def describe_mandate(row: Mandate) -> MandateAnswer:
    shown = row.model_dump(include=MandateAnswer.model_fields.keys() - {"ended"})
    return MandateAnswer(**shown, ended=row.ended_at is not None)


@router.get("")
def list_mandates(work: Look) -> list[MandateAnswer]:
    return [describe_mandate(row.mandate) for row in mandates.list_mandates(work)]


@router.post("", status_code=201)
def name_member(work: Change, given: MandateInput) -> MandateAnswer:
    return describe_mandate(mandates.name_member(work, given))


@router.post("/{key}/end", status_code=204)
def end_mandate(work: Change, key: Key) -> None:
    mandates.end_mandate(work, key)

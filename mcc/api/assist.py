"""Advice that was given to collectives."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import assist
from mcc.actions.assist import AssistanceInput
from mcc.api.addresses import Key
from mcc.api.answering import Answer
from mcc.api.asking import Change, Look

router = APIRouter(prefix="/assistance", tags=["assist"])


class AssistanceAnswer(Answer):
    id: int
    organisation: int
    username: str
    kind: str
    given_on: date
    words: str


class RecordedAnswer(Answer):
    id: int


@router.get("")
def list_assistance(work: Look) -> list[AssistanceAnswer]:
    return [
        AssistanceAnswer(
            id=row.key,
            organisation=organisation.key,
            username=person.username,
            kind=row.kind,
            given_on=row.given_on,
            words=row.words,
        )
        for row, organisation, person in assist.list_assistance(work)
    ]


@router.post("", status_code=201)
def record_assistance(work: Change, given: AssistanceInput) -> RecordedAnswer:
    return RecordedAnswer(id=assist.record_assistance(work, given).key)


@router.post("/{key}/strike", status_code=204)
def strike_assistance(work: Change, key: Key) -> None:
    assist.strike_assistance(work, key)

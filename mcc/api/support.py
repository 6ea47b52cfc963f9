"""Courses, fairs and advice."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import support
from mcc.actions.support import SupportInput
from mcc.api.addresses import Key
from mcc.api.answering import Answer
from mcc.api.asking import Change, Look
from mcc.db.tables import SupportOffer

router = APIRouter(prefix="/support", tags=["support"])


class SupportAnswer(Answer):
    id: int
    line: str
    title: str
    place: str
    contact: str
    first_day: date | None
    last_day: date | None


def describe_offer(row: SupportOffer) -> SupportAnswer:
    return SupportAnswer.model_validate(row.model_dump(include=set(SupportAnswer.model_fields)))


@router.get("")
def list_offers(work: Look) -> list[SupportAnswer]:
    return [describe_offer(row) for row in support.list_offers(work)]


@router.post("", status_code=201)
def add_offer(work: Change, given: SupportInput) -> SupportAnswer:
    return describe_offer(support.add_offer(work, given))


@router.post("/{key}/end", status_code=204)
def end_offer(work: Change, key: Key) -> None:
    support.end_offer(work, key)

"""Changes while a certificate is valid."""

from datetime import date
from typing import Any

from fastapi import APIRouter

from mcc.actions import amend
from mcc.actions.amend import AnswerInput, ChangeInput
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.db.queries.amend import amendments_of

router = APIRouter(prefix="/applications/{reference}", tags=["amend"])


class ChangeAnswer(Answer):
    kind: str
    happened_on: date
    words: str
    wanted: dict[str, Any]
    before: dict[str, Any]
    due_on: date
    outcome: str | None
    answer: str | None


@router.get("/changes")
def list_changes(work: Look, reference: Reference) -> list[ChangeAnswer]:
    application = find_by_reference(work, reference)
    require(work, "view_changes", application)
    return [
        ChangeAnswer(**row.model_dump(include=set(ChangeAnswer.model_fields)))
        for row in amendments_of(work.session, application.key)
    ]


@router.post("/report-change")
def report_change(work: Change, reference: Reference, given: ChangeInput) -> Done:
    amend.report_change(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/accept-change")
def accept_change(work: Change, reference: Reference, given: AnswerInput) -> Done:
    amend.accept_change(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/refuse-change")
def refuse_change(work: Change, reference: Reference, given: AnswerInput) -> Done:
    amend.refuse_change(work, find_by_reference(work, reference), given)
    return Done()

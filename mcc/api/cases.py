"""Appeals, challenges, complaints and reports of misuse, in the hands of the office and the panel."""

from datetime import date, datetime

from fastapi import APIRouter

from mcc.actions import appeal, cases
from mcc.actions.appeal import AppealInput, NotificationInput, OutcomeInput
from mcc.actions.cases import CaseMoveInput
from mcc.actions.complain import ComplaintInput, file_complaint
from mcc.actions.finding import find_by_reference
from mcc.actions.work import Work
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done, ReceiptAnswer
from mcc.api.asking import Change, Look
from mcc.db.tables import Case

router = APIRouter(tags=["cases"])


class CaseAnswer(Answer):
    receipt: str
    kind: str
    state: str
    outcome: str | None
    filed_at: datetime
    due: date | None
    words: str
    moves: tuple[str, ...]
    """What the reader may do with it now."""


def describe_case(work: Work, case: Case) -> CaseAnswer:
    facts = case.model_dump(include={"receipt", "kind", "state", "outcome", "filed_at", "words"})
    moves = tuple(cases.list_case_moves(work, case))
    return CaseAnswer(**facts, due=cases.find_case_due(case), moves=moves)


@router.get("/cases")
def list_cases(work: Look) -> list[CaseAnswer]:
    return [describe_case(work, case) for case in cases.list_open(work)]


@router.get("/cases/{receipt}")
def show_case(work: Look, receipt: str) -> CaseAnswer:
    return describe_case(work, cases.open_case(work, receipt))


@router.post("/cases/{receipt}/move/{action}")
def move_case(work: Change, receipt: str, action: str, given: CaseMoveInput) -> CaseAnswer:
    """One step: acknowledge, accept_case, reject, investigate, resolve, close."""
    case = cases.open_case(work, receipt)
    cases.move_case(work, case, action, given)
    return describe_case(work, case)


@router.post("/cases/{receipt}/resolve-appeal")
def resolve_appeal(work: Change, receipt: str, given: OutcomeInput) -> CaseAnswer:
    case = cases.open_case(work, receipt)
    appeal.resolve_appeal(work, case, given)
    return describe_case(work, case)


@router.post("/complaints")
def complain(work: Change, given: ComplaintInput) -> ReceiptAnswer:
    return ReceiptAnswer(receipt=file_complaint(work, given).receipt)


@router.post("/applications/{reference}/record-notification")
def record_notification(work: Change, reference: Reference, given: NotificationInput) -> Done:
    appeal.record_notification(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/applications/{reference}/file-appeal")
def file_appeal(work: Change, reference: Reference, given: AppealInput) -> ReceiptAnswer:
    return ReceiptAnswer(receipt=appeal.file_appeal(work, find_by_reference(work, reference), given).receipt)

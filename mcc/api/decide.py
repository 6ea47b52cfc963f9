"""The assessment that follows from the levels, and the committee's decision."""

from datetime import date
from typing import Any

from fastapi import APIRouter

from mcc.actions import decide
from mcc.actions.decide import DecisionInput, QuestionsInput
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import AFTER_EVALUATION, require
from mcc.actions.settle import compute_assessment
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.errors import Refused

router = APIRouter(prefix="/applications/{reference}", tags=["decide"])


class AssessmentAnswer(Answer):
    """As `mcc rubric score --json` gives it: scores as text with four decimals."""

    edition: str
    edition_hash: str
    total: str
    award: str
    dimensions: dict[str, Any]
    critical_failures: tuple[str, ...]
    awards: dict[str, Any]


class DecisionAnswer(Answer):
    award: str
    computed_award: str
    resolution_number: str
    resolution_date: date
    authority: str
    state: str


@router.get("/assessment")
def show_assessment(work: Look, reference: Reference) -> AssessmentAnswer:
    application = find_by_reference(work, reference)
    require(work, "view_scores", application)
    if application.state not in AFTER_EVALUATION:
        raise Refused("evaluation_open", where="application", state=application.state)
    _, assessment = compute_assessment(work, application)
    return AssessmentAnswer.model_validate(assessment.as_document())


@router.post("/decision", status_code=201)
def decide_application(work: Change, reference: Reference, given: DecisionInput) -> DecisionAnswer:
    application = find_by_reference(work, reference)
    decision = decide.decide(work, application, given)
    shown = decision.model_dump(include=DecisionAnswer.model_fields.keys() - {"state"})
    return DecisionAnswer(**shown, state=application.state)


@router.post("/return-to-review")
def return_to_review(work: Change, reference: Reference, given: QuestionsInput) -> Done:
    decide.return_to_review(work, find_by_reference(work, reference), given)
    return Done()

"""The evaluators' sheets, and what is left out as not applicable."""

from fastapi import APIRouter

from mcc.actions import evaluate, not_applicable, unseat
from mcc.actions.editions import pinned_rubric
from mcc.actions.evaluate import ScoreInput
from mcc.actions.finding import find_assignment, find_by_reference
from mcc.actions.permissions import application_of
from mcc.api.addresses import Key, Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.api.inputs import ApprovalInput, ConflictInput, NoConflictInput, NotApplicableInput, ScoresInput
from mcc.db.queries.evaluate import sheet_of

router = APIRouter(tags=["evaluate"])


class SheetAnswer(Answer):
    """One evaluator's sheet of one dimension in the present round."""

    application: str | None
    dimension: str
    seat: str
    state: str
    indicators: tuple[str, ...]
    """What this seat scores."""
    scores: dict[str, ScoreInput]
    missing: tuple[str, ...]
    """Still without level, note or a settled request to leave it out."""
    unproven: tuple[str, ...]
    """Levels that name no evidence that was stored or seen."""


@router.post("/applications/{reference}/begin-evaluation")
def begin_evaluation(work: Change, reference: Reference) -> Done:
    evaluate.begin_evaluation(work, find_by_reference(work, reference))
    return Done()


@router.post("/applications/{reference}/decide-not-applicable")
def decide_not_applicable(work: Change, reference: Reference, given: ApprovalInput) -> Done:
    application = find_by_reference(work, reference)
    not_applicable.decide_not_applicable(work, application, given.indicator, approved=given.approved)
    return Done()


@router.get("/assignments/{assignment}")
def show_sheet(work: Look, assignment: Key) -> SheetAnswer:
    seat = find_assignment(work, assignment)
    application = application_of(work, seat)
    missing, unproven = evaluate.list_gaps(work, seat, application)
    sheet = sheet_of(work.session, seat.key, application.round)
    return SheetAnswer(
        application=application.number,
        dimension=seat.dimension,
        seat=seat.seat,
        state=seat.state,
        indicators=tuple(evaluate.indicators_of(work, seat, application, pinned_rubric(application))),
        scores={
            indicator: ScoreInput(level=score.level, note=score.note, evidence=score.evidence)
            for indicator, score in sheet.items()
        },
        missing=tuple(missing),
        unproven=tuple(unproven),
    )


@router.post("/assignments/{assignment}/accept")
def accept(work: Change, assignment: Key, given: NoConflictInput) -> Done:
    evaluate.accept(work, find_assignment(work, assignment), no_conflict=given.no_conflict)
    return Done()


@router.post("/assignments/{assignment}/declare-conflict")
def declare_conflict(work: Change, assignment: Key, given: ConflictInput) -> Done:
    unseat.declare_conflict(work, find_assignment(work, assignment), reason=given.reason)
    return Done()


@router.put("/assignments/{assignment}/scores")
def save_scores(work: Change, assignment: Key, given: ScoresInput) -> Done:
    evaluate.save_scores(work, find_assignment(work, assignment), given.scores)
    return Done()


@router.post("/assignments/{assignment}/request-not-applicable", status_code=201)
def request_not_applicable(work: Change, assignment: Key, given: NotApplicableInput) -> Done:
    seat = find_assignment(work, assignment)
    not_applicable.request_not_applicable(work, seat, given.indicator, reason=given.reason)
    return Done()


@router.post("/assignments/{assignment}/lock")
def lock_scores(work: Change, assignment: Key) -> Done:
    evaluate.lock_scores(work, find_assignment(work, assignment))
    return Done()

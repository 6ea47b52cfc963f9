"""The improvement plan of a decided application, and what all of them ask for."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import improve
from mcc.actions.finding import find_by_reference
from mcc.actions.improve import FollowUpInput, Step, StepInput
from mcc.api.addresses import Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look

router = APIRouter(tags=["improve"])


class StepAnswer(Answer):
    indicator: str
    target: int
    support: tuple[str, ...]
    evidence: tuple[str, ...]
    progress: str
    due: date
    responsible: str | None
    note: str | None


class DemandAnswer(Answer):
    line: str
    municipality: str
    category: str
    steps: int


def describe_step(step: Step) -> StepAnswer:
    return StepAnswer(
        indicator=step.indicator,
        target=step.target,
        support=step.support,
        evidence=step.evidence,
        progress=step.progress.value,
        due=step.due,
        responsible=None if step.row is None else step.row.responsible,
        note=None if step.row is None else step.row.note,
    )


@router.get("/applications/{reference}/plan")
def show_plan(work: Look, reference: Reference) -> list[StepAnswer]:
    return [describe_step(step) for step in improve.list_steps(work, find_by_reference(work, reference))]


@router.put("/applications/{reference}/plan/{indicator}")
def change_step(work: Change, reference: Reference, indicator: str, given: StepInput) -> Done:
    improve.change_step(work, find_by_reference(work, reference), indicator, given)
    return Done()


@router.post("/applications/{reference}/follow-ups")
def record_follow_up(work: Change, reference: Reference, given: FollowUpInput) -> Done:
    improve.record_follow_up(work, find_by_reference(work, reference), given)
    return Done()


@router.get("/demand")
def show_demand(work: Look) -> list[DemandAnswer]:
    """Open steps of every plan by line of support, municipality and category."""
    return [
        DemandAnswer(line=row.line, municipality=row.municipality, category=row.category, steps=row.steps)
        for row in improve.count_demand(work)
    ]

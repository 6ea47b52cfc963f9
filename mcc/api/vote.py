"""Votes of the committee, and stepping aside."""

from fastapi import APIRouter

from mcc.actions import vote
from mcc.actions.finding import find_by_reference
from mcc.actions.vote import StepAsideInput, VoteInput
from mcc.api.addresses import Reference
from mcc.api.answering import Answer
from mcc.api.asking import Change, Look

router = APIRouter(prefix="/applications/{reference}", tags=["decide"])


class VoteAnswer(Answer):
    institution: str
    award: str
    cast: bool


class CountAnswer(Answer):
    """Empty for a member of the committee that has not voted yet."""

    votes: list[VoteAnswer]
    waiting: tuple[str, ...]
    absent: tuple[str, ...]
    award: str | None


@router.put("/vote")
def cast_vote(work: Change, reference: Reference, given: VoteInput) -> VoteAnswer:
    row = vote.vote(work, find_by_reference(work, reference), given)
    return VoteAnswer(institution=row.institution, award=row.award, cast=row.cast_at is not None)


@router.get("/votes")
def show_votes(work: Look, reference: Reference) -> CountAnswer:
    counted = vote.show_count(work, find_by_reference(work, reference))
    if counted is None:
        return CountAnswer(votes=[], waiting=(), absent=(), award=None)
    votes = [
        VoteAnswer(institution=row.vote.institution, award=row.vote.award, cast=True)
        for row in counted.ballots
    ]
    return CountAnswer(votes=votes, waiting=counted.waiting, absent=counted.absent, award=counted.award)


@router.post("/step-aside", status_code=204)
def step_aside(work: Change, reference: Reference, given: StepAsideInput) -> None:
    vote.step_aside(work, find_by_reference(work, reference), given)

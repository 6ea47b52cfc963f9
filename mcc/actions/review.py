"""The technical review: somebody who did not evaluate reads the file, and returns it once or sends it on."""

from pydantic import Field

from mcc.actions import journal
from mcc.actions.compare import find_dimension
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.db.queries.decide import reviews_of
from mcc.db.queries.evaluate import active_assignments, evaluators_of, final_levels, sheet_of
from mcc.db.tables import Application, FinalLevel, Review, Score


class ReviewInput(Input):
    notes: Prose


class ReturnInput(Input):
    notes: Prose
    dimensions: list[Code] = Field(min_length=1, max_length=50)
    """What has to be evaluated again."""


def send_to_decision(work: Work, application: Application, given: ReviewInput) -> Review:
    """The file is sound and complete: the committee may decide."""
    role = require(work, "send_to_decision", application)
    review = _store_review(work, application, "sent_to_decision", given.notes)
    guards = {"reviewer_independent": _is_independent(work, application)}
    journal.advance(work, application, "send_to_decision", role=role, guards=guards, words=given.notes)
    return review


def return_to_evaluation(work: Work, application: Application, given: ReturnInput) -> Review:
    """Send named dimensions back, once, for a new round; the sheets of the last round stay as they were."""
    role = require(work, "return_to_evaluation", application)
    returned = [find_dimension(work, application, dimension) for dimension in given.dimensions]
    earlier = [row for row in reviews_of(work.session, application.key) if row.outcome == "returned"]
    guards = {
        "defects_listed": bool(given.notes.strip()),
        "first_return": not earlier,
        "reviewer_independent": _is_independent(work, application),
    }
    review = _store_review(work, application, "returned", given.notes)
    application.round += 1
    journal.advance(
        work,
        application,
        "return_to_evaluation",
        role=role,
        guards=guards,
        words=given.notes,
        dimensions=given.dimensions,
    )
    for evaluation in returned:
        journal.advance(work, evaluation, "reopen", role=role)
    _open_next_round(work, application, set(given.dimensions))
    return review


def _store_review(work: Work, application: Application, outcome: str, notes: str) -> Review:
    review = Review(
        application_id=application.key,
        reviewer_id=work.actor.key,
        round=application.round,
        outcome=outcome,
        notes=notes,
        reviewed_at=work.now,
    )
    work.add(review)
    return review


def _is_independent(work: Work, application: Application) -> bool:
    return work.actor.account_id not in evaluators_of(work.session, application.key)


def _open_next_round(work: Work, application: Application, returned: set[str]) -> None:
    """Carry the last round over: closed dimensions keep their levels, returned ones get their sheets back, open."""
    last = application.round - 1
    for level in final_levels(work.session, application.key, last).values():
        if level.dimension not in returned:
            work.session.add(FinalLevel(**level.model_dump(exclude={"id", "round"}), round=application.round))
    for seat in active_assignments(work.session, application.key):
        if seat.dimension not in returned or seat.seat == "third":
            continue
        for score in sheet_of(work.session, seat.key, last).values():
            work.session.add(Score(**score.model_dump(exclude={"id", "round"}), round=application.round))
        journal.advance(work, seat, "reopen", role=Role.SYSTEM)

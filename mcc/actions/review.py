"""The technical review: somebody who did not evaluate reads the file, and returns it once or sends it on."""

from pydantic import Field

from mcc.actions import journal
from mcc.actions.compare import find_dimension
from mcc.actions.hear import has_new_evidence, may_go_on
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.unseat import list_partial, score_again, unseat_partial
from mcc.actions.work import Work
from mcc.db.queries.decide import reviews_of
from mcc.db.queries.evaluate import evaluators_of
from mcc.db.tables import Application, Review


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
    guards = {
        "reviewer_independent": _is_independent(work, application),
        "evaluators_impartial": not list_partial(work, application),
        "hearing_held": may_go_on(work, application),
    }
    journal.advance(work, application, "send_to_decision", role=role, guards=guards, words=given.notes)
    return review


def return_to_evaluation(work: Work, application: Application, given: ReturnInput) -> Review:
    """Send named dimensions back for a new round, once; again only when somebody who evaluated became partial."""
    role = require(work, "return_to_evaluation", application)
    for dimension in given.dimensions:
        find_dimension(work, application, dimension)
    guards = {
        "defects_listed": bool(given.notes.strip()),
        "first_return": may_return(work, application),
        "reviewer_independent": _is_independent(work, application),
    }
    review = _store_review(work, application, "returned", given.notes)
    journal.advance(
        work,
        application,
        "return_to_evaluation",
        role=role,
        guards=guards,
        words=given.notes,
        dimensions=given.dimensions,
    )
    rested = unseat_partial(work, application)
    score_again(work, application, {*given.dimensions, *rested}, role=role)
    return review


def reevaluate_after_hearing(work: Work, application: Application, given: ReturnInput) -> Review:
    """The answer of the collective brought new evidence: named dimensions are scored again."""
    role = require(work, "reevaluate_after_hearing", application)
    for dimension in given.dimensions:
        find_dimension(work, application, dimension)
    guards = {
        "new_evidence": has_new_evidence(work, application),
        "reviewer_independent": _is_independent(work, application),
    }
    review = _store_review(work, application, "reevaluated", given.notes)
    facts = {"dimensions": given.dimensions}
    journal.advance(
        work, application, "reevaluate_after_hearing", role=role, guards=guards, words=given.notes, **facts
    )
    rested = unseat_partial(work, application)
    score_again(work, application, {*given.dimensions, *rested}, role=role)
    return review


def may_return(work: Work, application: Application) -> bool:
    """Once; again only when somebody who evaluated became partial."""
    returned = any(row.outcome == "returned" for row in reviews_of(work.session, application.key))
    return not returned or bool(list_partial(work, application))


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

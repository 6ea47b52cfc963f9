"""The committee decides what its votes add up to: the computed award, or a lower one with reasons; never a higher one.

Or it returns the file to the review with questions, when that is what was voted.
"""

from datetime import date
from typing import Any

from mcc.actions import journal
from mcc.actions.apply import is_barred
from mcc.actions.editions import current_rubric, pinned_rubric
from mcc.actions.hear import is_heard_for
from mcc.actions.impartiality import took_part
from mcc.actions.inputs import Code, Input, Line, Prose, ShortLine
from mcc.actions.permissions import require
from mcc.actions.settle import compute_assessment
from mcc.actions.unseat import list_partial
from mcc.actions.vote import RETURN, Ballot, count_votes, is_supported, may_return
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.tables import Application, Decision
from mcc.errors import InputInvalid, Problem
from rubric import Answers, Assessment, Rubric


class DecisionInput(Input):
    award: Code
    resolution_number: ShortLine
    resolution_date: date
    authority: Line
    reasons: Prose
    """Why; required in every case, and all the more where the decision departs from the computed result."""


class QuestionsInput(Input):
    questions: Prose


def return_to_review(work: Work, application: Application, given: QuestionsInput) -> None:
    """Send the file back with the committee's questions; the votes become drafts, for what they were about may change.

    Raises Refused when the votes do not come to that, or it was returned before and nobody became partial since.
    """
    role = require(work, "return_to_review", application)
    counted = count_votes(work, application)
    guards = {
        "questions_given": bool(given.questions),
        "return_voted": counted.award == RETURN,
        "first_return_from_decision": may_return(work, application),
    }
    frozen = [_freeze(ballot) for ballot in counted.ballots]
    for ballot in counted.ballots:
        ballot.vote.cast_at = None
        work.session.add(ballot.vote)
    journal.advance(
        work, application, "return_to_review", role=role, guards=guards, words=given.questions, votes=frozen
    )


def decide(work: Work, application: Application, given: DecisionInput) -> Decision:
    """Record the decision; when the mark is granted, the certificate waits for the signatory (authorise.py).

    Raises Refused when the award is higher than the computed one, or the person took part in the evaluation.
    """
    rubric = pinned_rubric(application) if application.edition else current_rubric()
    action = name_move(rubric, given.award)
    role = require(work, action, application)
    if given.resolution_date > work.today:
        raise InputInvalid(
            [Problem("resolution_date", "date_in_future", {"value": str(given.resolution_date)})]
        )
    in_committee = local_day(application.state_since)
    if given.resolution_date < in_committee:
        raise InputInvalid([Problem("resolution_date", "date_too_early", {"minimum": str(in_committee)})])
    answers, assessment = compute_assessment(work, application)
    counted = count_votes(work, application)
    guards = {
        "hearing_held": is_heard_for(work, application, given.award),
        "not_barred": not is_barred(work, application),
        "decider_independent": not took_part(work, application.key, work.actor.account_id),
        "evaluators_impartial": not list_partial(work, application),
        "award_supported": is_supported(rubric, given.award, assessment.award),
        "quorum_met": counted.has_quorum,
        "award_voted": given.award == counted.award,
        "resolution_named": bool(given.resolution_number),
    }
    decision = _store_decision(work, application, given, answers, assessment)
    decision.votes = [_freeze(ballot) for ballot in counted.ballots]
    journal.advance(
        work,
        application,
        action,
        role=role,
        guards=guards,
        words=given.reasons,
        award=given.award,
        computed=assessment.award,
        resolution=given.resolution_number,
    )
    return decision


def name_move(rubric: Rubric, award: str) -> str:
    """What the award does to the application, as the edition has it: a seal is granted, the last award is none."""
    if award not in {item.code for item in rubric.awards}:
        raise InputInvalid([Problem("award", "award_unknown", {"value": award})])
    if rubric.award(award).seal:
        return "grant"
    return "deny" if award == rubric.awards[-1].code else "set_on_the_way"


def _store_decision(
    work: Work, application: Application, given: DecisionInput, answers: Answers, assessment: Assessment
) -> Decision:
    decision = Decision(
        application_id=application.key,
        **given.model_dump(),
        computed_award=assessment.award,
        edition=assessment.edition,
        edition_hash=assessment.edition_hash,
        answers={"scores": answers.scores, "not_applicable": answers.not_applicable},
        assessment=assessment.as_document(),
        decided_by=work.actor.key,
        decided_at=work.now,
    )
    work.session.add(decision)
    return decision


def _freeze(ballot: Ballot) -> dict[str, Any]:
    return {
        "institution": ballot.vote.institution,
        "award": ballot.vote.award,
        "account": ballot.person.key,
        "substitute": ballot.mandate.substitute,
    }

"""The hearing (vista): before an outcome that the collective would not like, it reads what was found and answers.

Once for each application (Decreto 500/991; domain.md, section 2). The reviewer opens it, and goes on once there is an
answer or the term is over: to the committee, or back to the evaluators where the answer brought new evidence.
"""

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric, workflow_of
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import compute_assessment
from mcc.actions.vote import RETURN, count_votes
from mcc.actions.work import Work
from mcc.db.queries.apply import newest_evidence
from mcc.db.queries.hear import hearing_of
from mcc.db.tables import Application, Hearing
from mcc.errors import Refused
from workflows import due_on, moves_from

GUARD = "hearing_held"
"""An edition of the workflow that has it decides nothing adverse unheard; files of earlier ones go on without."""


class HearingInput(Input):
    tells: Prose
    """What the collective is asked to answer."""


class HeardInput(Input):
    answer: Prose


def is_adverse(work: Work, application: Application) -> bool:
    """Whether what the levels come to carries no seal."""
    _, assessment = compute_assessment(work, application)
    return not pinned_rubric(application).award(assessment.award).seal


def is_voted_adverse(work: Work, application: Application) -> bool:
    """Whether the committee is about to give less than a seal to somebody whom nobody heard yet."""
    moves = {row.action for row in moves_from(workflow_of(application), application.state)}
    if application.state != "in_decision" or "open_hearing" not in moves:
        return False
    award = count_votes(work, application).award
    return award is not None and award != RETURN and not is_heard_for(work, application, award)


def carries_seal(application: Application, award: str) -> bool:
    return pinned_rubric(application).award(award).seal


def is_heard_for(work: Work, application: Application, award: str) -> bool:
    """Whether this award would not be given unheard."""
    hearing = hearing_of(work.session, application.key)
    return carries_seal(application, award) or (hearing is not None and is_over(work, hearing))


def open_hearing(work: Work, application: Application, given: HearingInput) -> Hearing:
    """Tell the collective what would be proposed, and wait for its answer.

    By the review, or by the committee where its votes come to less than was computed.
    """
    role = require(work, "open_hearing", application)
    due = due_on(workflow_of(application), "in_hearing", work.today)
    assert due is not None, "the edition gives this state a term"
    guards = {
        "outcome_adverse": is_adverse(work, application) or is_voted_adverse(work, application),
        "first_hearing": hearing_of(work.session, application.key) is None,
    }
    row = Hearing(
        application_id=application.key,
        tells=given.tells,
        opened_by=work.actor.key,
        opened_at=work.now,
        due_on=due,
        last_evidence=newest_evidence(work.session, application.key),
    )
    if all(guards.values()):
        work.add(row)
    journal.advance(
        work, application, "open_hearing", role=role, guards=guards, words=given.tells, due=str(due)
    )
    return row


def answer_hearing(work: Work, application: Application, given: HeardInput) -> None:
    """The collective says what it has to say; documents may be added while it is heard. Raises Refused."""
    role = require(work, "answer_hearing", application)
    hearing = hearing_of(work.session, application.key)
    if application.state != "in_hearing" or hearing is None or hearing.answered_at is not None:
        raise Refused("nothing_to_answer", where="application")
    hearing.answer, hearing.answered_by, hearing.answered_at = given.answer, work.actor.key, work.now
    work.session.add(hearing)
    journal.record(
        work,
        f"hearing:{hearing.id}",
        "answer_hearing",
        role=role,
        application=application,
        words=given.answer,
    )


def is_over(work: Work, hearing: Hearing) -> bool:
    """Whether the file may go on: there is an answer, or the term for it has passed."""
    return hearing.answered_at is not None or hearing.due_on < work.today


def may_go_on(work: Work, application: Application) -> bool:
    """Whether nothing adverse would be decided unheard."""
    hearing = hearing_of(work.session, application.key)
    if hearing is not None:
        return is_over(work, hearing)
    return not is_adverse(work, application)


def has_new_evidence(work: Work, application: Application) -> bool:
    """Whether something came in after the hearing was opened."""
    hearing = hearing_of(work.session, application.key)
    return hearing is not None and newest_evidence(work.session, application.key) > hearing.last_evidence

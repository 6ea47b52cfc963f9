"""The hearing (vista): before an outcome that the collective would not like, it reads what was found and answers.

Once for each application (Decreto 500/991; domain.md, section 2). The reviewer opens it, and goes on once there is an
answer or the term is over: to the committee, or back to the evaluators where the answer brought new evidence.
"""

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric, workflow_of
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import compute_assessment
from mcc.actions.work import Work
from mcc.db.queries.apply import newest_evidence
from mcc.db.queries.hear import hearing_of
from mcc.db.tables import Application, Hearing
from mcc.errors import Refused
from workflows import due_on

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


def open_hearing(work: Work, application: Application, given: HearingInput) -> Hearing:
    """Tell the collective what would be proposed, and wait for its answer."""
    role = require(work, "open_hearing", application)
    due = due_on(workflow_of(application), "in_hearing", work.today)
    assert due is not None, "the edition gives this state a term"
    guards = {
        "outcome_adverse": is_adverse(work, application),
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

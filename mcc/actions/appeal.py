"""Internal appeals: against not being admitted, or against a decision (ISO/IEC 17065, 7.13; domain.md, section 2).

They are studied by a panel that had no part in the file. What it corrects stands beside the level that it corrects; the file
then goes through review, decision and signature again. The legal remedies stay open meanwhile, and nothing is suspended by it.
"""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.filing import file_case
from mcc.actions.inputs import Code, Input, Line, Prose
from mcc.actions.permissions import require
from mcc.actions.rounds import correct_levels
from mcc.actions.settle import final_answers
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.appeal import acted_in, appeals_of, last_notification
from mcc.db.queries.decide import decision_of
from mcc.db.queries.vote import votes_cast
from mcc.db.tables import AppealFinding, Application, Case, Notification
from mcc.errors import InputInvalid, Problem, Refused

KIND = "appeal"
TERM = timedelta(days=10)
"""From the day on which the collective was formally told; as long as nobody recorded that, it does not run."""
ACTS = {"inadmissible": "admission", "denied": "decision", "on_the_way": "decision", "issued": "decision"}
"""What can be appealed, by the state in which it leaves the file."""
OPEN = ("filed", "acknowledged", "admissible", "under_investigation")


class Means(StrEnum):
    IN_PERSON = "in_person"
    POST = "post"
    MAIL = "mail"


class Outcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class NotificationInput(Input):
    means: Means
    told: Line
    """To whom."""
    told_on: date


class AppealInput(Input):
    words: Prose
    """What is appealed, and why."""


class CorrectedInput(Input):
    level: int = Field(ge=0)
    reason: Prose


class OutcomeInput(Input):
    outcome: Outcome
    words: Prose
    corrected: dict[Code, CorrectedInput] = Field(default_factory=dict)
    """By indicator; of an appeal against a decision that is upheld at least one."""


def record_notification(work: Work, application: Application, given: NotificationInput) -> Notification:
    """When, how and to whom the collective was formally told: from then on its term runs."""
    role = require(work, "record_notification", application)
    act = _find_act(application)
    if given.told_on > work.today:
        raise InputInvalid([Problem("told_on", "date_in_future", {"value": str(given.told_on)})])
    decided = _find_day(work, application, act)
    if given.told_on < decided:
        raise InputInvalid([Problem("told_on", "date_too_early", {"minimum": str(decided)})])
    row = Notification(
        application_id=application.key,
        act=act,
        **given.model_dump(),
        recorded_by=work.actor.key,
        recorded_at=work.now,
    )
    work.add(row)
    subject, until = f"notification:{row.id}", str(given.told_on + TERM)
    journal.record(
        work, subject, "record_notification", role=role, application=application, act=act, until=until
    )
    return row


def _find_day(work: Work, application: Application, act: str) -> date:
    """On which the act was done: a decision may have been followed by more steps."""
    decision = decision_of(work.session, application.key) if act == "decision" else None
    return local_day(application.state_since if decision is None else decision.decided_at)


def _find_act(application: Application) -> str:
    if application.state not in ACTS:
        raise Refused("nothing_to_appeal", where="application", state=application.state)
    return ACTS[application.state]


def find_last_day(work: Work, application: Application) -> date | None:
    """Until when it may be appealed; None as long as the term does not run."""
    told = last_notification(work.session, application.key, ACTS.get(application.state, "-"))
    return None if told is None else told.told_on + TERM


def file_appeal(work: Work, application: Application, given: AppealInput) -> Case:
    """Raises Refused where nothing can be appealed, the term is over, or an appeal is open."""
    role = require(work, "file_appeal", application)
    refuse_appeal(work, application)
    return file_case(
        work,
        KIND,
        given.words,
        role=role,
        action="file_appeal",
        application_id=application.key,
        filed_by=work.actor.key,
        act=_find_act(application),
    )


def refuse_appeal(work: Work, application: Application) -> None:
    _find_act(application)
    until = find_last_day(work, application)
    if until is not None and work.today > until:
        raise Refused("appeal_too_late", where="application", until=str(until))
    if any(row.state in OPEN for row in appeals_of(work.session, application.key)):
        raise Refused("appeal_is_open", where="application")


def is_in_time(work: Work, case: Case) -> bool:
    """Judged by the day on which it was filed."""
    assert case.application_id is not None, "an appeal is about a file"
    told = last_notification(work.session, case.application_id, case.act or "")
    return told is None or local_day(case.filed_at) <= told.told_on + TERM


def resolve_appeal(work: Work, case: Case, given: OutcomeInput) -> None:
    """The panel's word; where it is right, the file goes back with the corrected levels, and everything is decided anew.

    Raises InputInvalid for a correction that is none, Refused for a case in another state.
    """
    role = require(work, "resolve", case)
    assert case.application_id is not None, "an appeal is about a file"
    application = work.session.get_one(Application, case.application_id)
    upheld = given.outcome != Outcome.DISMISSED
    if upheld:
        _refuse_corrections(work, application, given)
    case.outcome = given.outcome.value
    independent = not acted_in(work.session, application.key, work.actor.key)
    guards = {"reasons_given": bool(given.words), "investigator_independent": independent}
    journal.advance(
        work, case, "resolve", role=role, guards=guards, words=given.words, outcome=given.outcome.value
    )
    journal.record(
        work,
        f"case:{case.id}",
        "resolve_appeal",
        role=role,
        application=application,
        outcome=given.outcome.value,
    )
    if upheld:
        _uphold(work, application, case, given, role)


def _refuse_corrections(work: Work, application: Application, given: OutcomeInput) -> None:
    """Only of a decision, at least one, each of an indicator that was evaluated, and never below what stood."""
    if application.state == "inadmissible":
        if given.corrected:
            raise InputInvalid([Problem("corrected", "nothing_was_evaluated")])
        return
    if not given.corrected:
        raise InputInvalid([Problem("corrected", "missing")])
    levels, most = final_answers(work, application).scores, pinned_rubric(application).maximum_level
    for code, row in given.corrected.items():
        if code not in levels:
            raise InputInvalid([Problem(f"{code}.level", "unknown_indicator", {"value": code})])
        if not levels[code] < row.level <= most:
            facts = {"value": row.level, "minimum": levels[code] + 1, "maximum": most}
            raise InputInvalid([Problem(f"{code}.level", "level_out_of_range", facts)])


def _uphold(work: Work, application: Application, case: Case, given: OutcomeInput, role: Role) -> None:
    if application.state != "inadmissible":
        levels = final_answers(work, application).scores
        for code, row in given.corrected.items():
            work.add(
                AppealFinding(
                    case_id=case.key,
                    application_id=application.key,
                    indicator=code,
                    level_before=levels[code],
                    level=row.level,
                    reason=row.reason,
                    found_by=work.actor.key,
                )
            )
        correct_levels(work, application, {code: row.level for code, row in given.corrected.items()})
        for spoken, _, _ in votes_cast(work.session, application.key):
            spoken.cast_at = None
            work.session.add(spoken)
    application.outcome_reason, application.outcome_words = None, None
    journal.advance(work, application, "uphold_appeal", role=role, guards={"appeal_upheld": True})

"""Notices: who is told what, written in the transaction of the event that they tell of, so never before its commit.

A notice holds a code and facts; its words are in the catalogues (`notice.CODE`) in the language of each reader. One
person is told of one event once: a unique key holds that, whoever asks again.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from mcc.actions.impartiality import find_tie
from mcc.actions.terms import find_due
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.accounts import accounts_with_role
from mcc.db.queries.certify import live_certificates, suspended_certificates
from mcc.db.queries.co_holders import holders_of
from mcc.db.queries.evaluate import LEFT, evaluators_seated
from mcc.db.queries.folder import documents_expiring
from mcc.db.queries.notify import (
    count_unread,
    evaluators_of_dimension,
    members_of,
    notice_exists,
    notices_of,
    unread_of,
)
from mcc.db.queries.renew import UNDECIDED, renewals_of
from mcc.db.tables import (
    Application,
    Assignment,
    DimensionEvaluation,
    Event,
    EvidenceRequest,
    Notice,
    VisitPlan,
)
from workflows import due_on, load_workflow

WARN_BEFORE = timedelta(days=30)
RENEWAL_NOTICES = (120, 60, 30, 7)
"""Days before the end (domain.md, section 2)."""


class Audience(StrEnum):
    COLLECTIVE = "collective"
    OFFICE = "office"
    SEATED = "seated"
    """Who takes the seat, or every seat of the dimension, or goes on the visit, or asked: whatever the event is about."""
    REVIEWERS = "reviewers"
    COMMITTEE = "committee"
    SIGNATORIES = "signatories"
    PANEL = "panel"


TOLD: dict[str, tuple[tuple[Audience, str], ...]] = {
    # By what the event is about and its action: who is told, and with which words.
    "application.submit": ((Audience.COLLECTIVE, "received"), (Audience.OFFICE, "to_take_up")),
    "application.request_information": ((Audience.COLLECTIVE, "information_requested"),),
    "application.remind_applicant": ((Audience.COLLECTIVE, "reminder"),),
    "application.answer_request": ((Audience.OFFICE, "answered"),),
    "application.ask_holders_again": ((Audience.COLLECTIVE, "scope_changed"),),
    "application.admit": ((Audience.COLLECTIVE, "admitted"),),
    "application.refuse_admission": ((Audience.COLLECTIVE, "not_admitted"),),
    "application.archive": ((Audience.COLLECTIVE, "archived"),),
    "application.reopen": ((Audience.COLLECTIVE, "reopened"),),
    "application.begin_evaluation": ((Audience.COLLECTIVE, "evaluation_begins"),),
    "application.complete_evaluation": ((Audience.REVIEWERS, "to_review"),),
    "application.open_hearing": ((Audience.COLLECTIVE, "hearing"),),
    "application.require_correction": ((Audience.COLLECTIVE, "correction"),),
    "application.finish_correction": ((Audience.OFFICE, "corrected"),),
    "application.reevaluate_after_hearing": ((Audience.COLLECTIVE, "reevaluated"),),
    "hearing.answer_hearing": ((Audience.REVIEWERS, "heard"),),
    "application.send_to_decision": ((Audience.COMMITTEE, "to_decide"),),
    "application.return_to_review": ((Audience.REVIEWERS, "questions"),),
    "application.grant": ((Audience.COLLECTIVE, "granted"),),
    "application.lapse": ((Audience.COLLECTIVE, "lapsed"), (Audience.OFFICE, "lapsed")),
    "application.set_on_the_way": ((Audience.COLLECTIVE, "on_the_way"),),
    "application.deny": ((Audience.COLLECTIVE, "denied"),),
    "application.issue": ((Audience.COLLECTIVE, "issued"),),
    "assignment.assign_evaluator": ((Audience.SEATED, "seated"),),
    "assignment.declare_conflict": ((Audience.OFFICE, "seat_vacant"),),
    "assignment.relieve": ((Audience.OFFICE, "seat_vacant"), (Audience.SEATED, "relieved")),
    "assignment.release": ((Audience.OFFICE, "seat_vacant"),),
    "dimension.open_consensus": ((Audience.SEATED, "differences"),),
    "dimension.call_third": ((Audience.OFFICE, "third_needed"),),
    "dimension.reopen": ((Audience.SEATED, "score_again"),),
    "certificate.suspend": ((Audience.COLLECTIVE, "suspended"),),
    "certificate.ask_ratification": ((Audience.COMMITTEE, "to_ratify"),),
    "certificate.lift_unratified": ((Audience.COLLECTIVE, "reinstated"), (Audience.OFFICE, "unratified")),
    "certificate.end_suspension": ((Audience.COLLECTIVE, "withdrawn"), (Audience.OFFICE, "withdrawn")),
    "certificate.reinstate": ((Audience.COLLECTIVE, "reinstated"),),
    "certificate.withdraw": ((Audience.COLLECTIVE, "withdrawn"),),
    "amendment.report_change": ((Audience.OFFICE, "change_reported"),),
    "amendment.accept_change": ((Audience.COLLECTIVE, "change_accepted"),),
    "amendment.refuse_change": ((Audience.COLLECTIVE, "change_refused"),),
    "follow_up.record_follow_up": ((Audience.COLLECTIVE, "followed_up"),),
    "motion.open_motion": ((Audience.COMMITTEE, "motion_open"),),
    "motion.open_adverse_motion": (
        (Audience.COLLECTIVE, "motion_hearing"),
        (Audience.COMMITTEE, "motion_open"),
    ),
    "motion.answer_motion": ((Audience.COMMITTEE, "motion_answered"), (Audience.OFFICE, "motion_answered")),
    "certificate.open_surveillance": (
        (Audience.COLLECTIVE, "surveillance"),
        (Audience.REVIEWERS, "to_recheck"),
    ),
    "certificate.close_surveillance": ((Audience.COLLECTIVE, "still_holds"),),
    "certificate.recheck_failed": (
        (Audience.OFFICE, "does_not_hold"),
        (Audience.COMMITTEE, "does_not_hold"),
        (Audience.COLLECTIVE, "does_not_hold"),
    ),
    "certificate.extend": ((Audience.COLLECTIVE, "extended"),),
    "certificate.expire": ((Audience.COLLECTIVE, "expired"),),
    "visit_plan.plan_visit": ((Audience.COLLECTIVE, "visit_planned"),),
    "visit_plan.answer_visit": ((Audience.SEATED, "visit_answered"),),
    "assignment.await_evidence": ((Audience.COLLECTIVE, "evidence_asked"),),
    "evidence_request.answer_evidence_request": ((Audience.SEATED, "evidence_answered"),),
    "use_agreement.accept_rules": ((Audience.SIGNATORIES, "to_sign"),),
    "recusal.step_aside": ((Audience.OFFICE, "stepped_aside"),),
    "application.name_team": ((Audience.COLLECTIVE, "team_named"),),
    "application.accept_team": ((Audience.OFFICE, "team_accepted"),),
    "case.file_challenge": ((Audience.OFFICE, "challenge_filed"),),
    "case.resolve_challenge": ((Audience.COLLECTIVE, "challenge_resolved"),),
    "case.file_complaint": ((Audience.OFFICE, "complaint_filed"), (Audience.PANEL, "complaint_filed")),
    "case.file": ((Audience.OFFICE, "misuse_reported"),),
    "case.file_appeal": ((Audience.OFFICE, "appeal_filed"), (Audience.PANEL, "appeal_filed")),
    "case.resolve_appeal": ((Audience.COLLECTIVE, "appeal_resolved"), (Audience.OFFICE, "appeal_resolved")),
}
ABOUT: dict[str, type[Assignment | DimensionEvaluation | EvidenceRequest | VisitPlan]] = {
    "assignment": Assignment,
    "dimension": DimensionEvaluation,
    "visit_plan": VisitPlan,
    "evidence_request": EvidenceRequest,
}
ROLES = {
    Audience.OFFICE: Role.COORDINATOR,
    Audience.REVIEWERS: Role.REVIEWER,
    Audience.COMMITTEE: Role.COMMITTEE,
    Audience.SIGNATORIES: Role.SIGNATORY,
    Audience.PANEL: Role.APPEAL_PANEL,
}


def tell(work: Work, event: Event) -> None:
    """Write the notices of one event, in its own transaction."""
    life, _, key = event.subject.partition(":")
    told = TOLD.get(f"{life}.{event.action}")
    if told is None:
        return
    application = work.session.get(Application, event.application_id or 0)
    facts = name_facts(work, application) | {
        name: str(event.facts[name]) for name in ("due", "place") if name in event.facts
    }
    for audience, code in told:
        if audience == Audience.SEATED and application is not None:
            readers = drop_tied(work, application, list_seated(work, life, int(key)))
        else:
            readers = list_readers(work, audience, application)
        for account_id in sorted(set(readers) - {event.actor_id}):
            _write(work, account_id, code, f"event:{event.seq}:{code}", facts, event.application_id)


def name_facts(work: Work, application: Application | None) -> dict[str, str]:
    """What the words of a notice may name: the number of the file, and the day on which its term ends."""
    if application is None:
        return {}
    due = find_due(work, application)
    return {"number": application.number or "", "due": "" if due is None else due.isoformat()}


def list_readers(work: Work, audience: Audience, application: Application | None) -> Iterable[int]:
    """Accounts that may know: nobody of the office is told of a file that they may not see."""
    if application is None:
        return [person.key for person in accounts_with_role(work.session, ROLES[audience])]
    if audience == Audience.COLLECTIVE:
        holders = sorted(holders_of(work.session, application))
        return {key for holder in holders for key in members_of(work.session, holder)}
    there = [person.key for person in accounts_with_role(work.session, ROLES[audience])]
    return drop_tied(work, application, there)


def drop_tied(work: Work, application: Application, people: Iterable[int]) -> Iterable[int]:
    """Without those who must not hear of the file, whatever part they had in it."""
    return [person for person in people if find_tie(work, application, person) is None]


def list_seated(work: Work, life: str, key: int) -> Iterable[int]:
    """Whoever takes part in what the event is about, by its table."""
    match work.session.get(ABOUT[life], key):
        case Assignment() as seat:
            return [seat.account_id]
        case DimensionEvaluation() as evaluation:
            return evaluators_of_dimension(work.session, evaluation.application_id, evaluation.dimension)
        case VisitPlan() as plan:
            return evaluators_seated(work.session, plan.application_id) & set(plan.visitors)
        case EvidenceRequest() as request:
            asker = work.session.get_one(Assignment, request.assignment_id)
            return [] if asker.state in LEFT else [asker.account_id]
    raise AssertionError("an event names it")


def remind(work: Work) -> int:
    """Warn of what ends within a month, papers and suspensions; returns how many notices were written."""
    written = 0
    for document in documents_expiring(work.session, work.today + WARN_BEFORE):
        assert document.expires_on is not None, "asked for by its date"
        for account_id in members_of(work.session, document.organisation_id):
            facts = {"title": document.title, "due": document.expires_on.isoformat()}
            written += _write(work, account_id, "paper_expires", f"paper:{document.id}", facts)
    return written + _remind_of_suspensions(work) + _remind_of_renewals(work)


def _remind_of_suspensions(work: Work) -> int:
    """A month before the mark is withdrawn because nothing was mended."""
    written = 0
    for certificate in suspended_certificates(work.session):
        due = due_on(load_workflow("certificate"), "suspended", local_day(certificate.state_since))
        if due is None or due > work.today + WARN_BEFORE or certificate.provisional_until is not None:
            continue
        application = work.session.get_one(Application, certificate.application_id)
        facts = {"number": application.number or "", "due": due.isoformat()}
        for account_id in list_readers(work, Audience.COLLECTIVE, application):
            reason = f"suspension:{certificate.id}:{due}"
            written += _write(work, account_id, "suspension_ends", reason, facts, application.id)
    return written


def _remind_of_renewals(work: Work) -> int:
    """The mark ends in 120, 60, 30, 7 days, and nobody has asked to renew it: told once for each, and only the latest."""
    written = 0
    for certificate in live_certificates(work.session):
        left = (certificate.valid_until - work.today).days
        marks = [days for days in RENEWAL_NOTICES if left <= days]
        renewals = renewals_of(work.session, certificate.key)
        if left < 0 or not marks or any(row.state in UNDECIDED for row in renewals):
            continue
        application = work.session.get_one(Application, certificate.application_id)
        facts = {"number": certificate.number, "due": certificate.valid_until.isoformat()}
        for account_id in list_readers(work, Audience.COLLECTIVE, application):
            reason = f"renewal:{certificate.id}:{marks[-1]}"
            written += _write(work, account_id, "renewal_due", reason, facts, application.id)
    return written


def ask_for_reset(work: Work, account_id: int, reset: int) -> None:
    """The mail with a link for a new password; its token is drawn when it is sent."""
    _write(work, account_id, "password_reset", f"reset:{reset}", {"reset": str(reset)})


def _write(  # noqa: PLR0917 - a row in one line
    work: Work,
    account_id: int,
    code: str,
    reason: str,
    facts: dict[str, str],
    application_id: int | None = None,
) -> bool:
    if notice_exists(work.session, account_id, reason):
        return False
    work.add(
        Notice(
            account_id=account_id,
            application_id=application_id,
            code=code,
            reason=reason,
            facts=facts,
            created_at=work.now,
        )
    )
    return True


def list_own(work: Work) -> list[Notice]:
    """What the actor was told, the newest first."""
    return list(notices_of(work.session, work.actor.key))


def count_own(work: Work) -> int:
    return 0 if work.actor.account_id is None else count_unread(work.session, work.actor.account_id)


def mark_read(work: Work) -> None:
    """Everything that the actor was told counts as read."""
    for notice in unread_of(work.session, work.actor.key):
        notice.read_at = work.now
        work.session.add(notice)

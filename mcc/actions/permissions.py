"""May this person do this? The only place that answers for one object; `visibility` says the same for lists.

Three questions in a row: does a role of theirs allow the action, is the object within their reach, and would
doing it break impartiality (own organisation, or another part in the same file: ISO/IEC 17065, 4.2 and 7.6).
"""

from dataclasses import dataclass

from mcc.actions.editions import workflow_of
from mcc.actions.impartiality import find_tie, gave_assistance, is_safeguarded
from mcc.actions.roles import ACTIONS
from mcc.actions.work import Role, Work, first_role
from mcc.db.queries.accounts import is_representative
from mcc.db.queries.appeal import acted_in, appeals_of
from mcc.db.queries.co_holders import holders_of
from mcc.db.queries.evaluate import LEFT, evaluators_of, evaluators_seated, reviewers_of
from mcc.db.queries.mandates import mandate_of
from mcc.db.tables import (
    Application,
    Assignment,
    Case,
    Certificate,
    DimensionEvaluation,
    Living,
    Organisation,
)
from mcc.errors import NotAllowed
from workflows import roles_for

AFTER_EVALUATION = (
    "in_review",
    "corrective_action",
    "in_hearing",
    "in_decision",
    "granted",
    "on_the_way",
    "denied",
    "issued",
    "lapsed",
)
AFTER_REVIEW = ("in_decision", "granted", "on_the_way", "denied", "issued", "lapsed")

AFTER_GRANT = ("granted", "issued", "lapsed")

REACHED = {
    # In which states a file is within reach of those who work at its later stages, and what is said before.
    Role.REVIEWER: (AFTER_EVALUATION, "not_yet_in_review"),
    Role.COMMITTEE: (AFTER_REVIEW, "not_yet_in_decision"),
    Role.SIGNATORY: (AFTER_GRANT, "not_yet_granted"),
}

JUDGES = {Role.EVALUATOR, Role.REVIEWER, Role.COMMITTEE}
"""Who says what a collective is worth."""

FOR_OTHERS = (
    "draft_application",
    "take_back_evidence",
    "submit",
    "answer_request",
    "answer_hearing",
    "finish_correction",
    "accept_rules",
    "accept_team",
)
"""What the office does only for people who came to the counter with their papers."""
FOR_REPRESENTATIVES = (
    "manage_members",
    "relinquish",
    "withdraw_application",
    "accept_rules",
    "accept_team",
    "file_challenge",
    "file_appeal",
    "answer_motion",
    "report_change",
)
FOR_CO_HOLDERS = ("view_application", "view_plan", "view_report", "view_visit", "use_kit")
SEATED = (
    "vote",
    "grant",
    "set_on_the_way",
    "deny",
    "return_to_review",
    "suspend",
    "ratify_suspension",
    "open_motion",
    "vote_motion",
    "reject_motion",
    "accept_change",
    "refuse_change",
    "reinstate",
    "withdraw",
)
"""What the committee does only by a mandate in force."""
FOR_THE_PANEL = ("accept_case", "reject", "investigate", "resolve")
"""What of an appeal, or of a complaint about the house, only the panel does: the office had its part in it."""
BLIND = ("view_scores", "view_journal", "view_report")
STILL_BLIND = ("admitted", "in_evaluation")
"""Who evaluates a file does not see the other sheets in another role before both are locked."""

InFile = Application | Assignment | Case | Certificate | DimensionEvaluation
"""What belongs to an application; a case may belong to none."""
Subject = InFile | Organisation | None


@dataclass(frozen=True)
class Permission:
    """Yes, in a role; or no, with the code of the reason."""

    role: Role | None = None
    refusal: str | None = None

    def __bool__(self) -> bool:
        return self.role is not None


def can(work: Work, action: str, subject: Subject = None) -> Permission:
    """Whether the actor may do `action` (to `subject`), in which role, or why not."""
    reasons = []
    for role in roles_allowing(action, subject):
        if first_role(work.actor, [role]) is None:
            continue
        refusal = refuse(work, role, action, subject)
        if refusal is None:
            return Permission(role=role)
        reasons.append(refusal)
    return Permission(refusal=reasons[0] if reasons else "role_not_allowed")


def require(work: Work, action: str, subject: Subject = None) -> Role:
    """The role in which the actor does it. Raises NotAllowed with the reason, which the edge records."""
    permission = can(work, action, subject)
    if permission.role is None:
        raise NotAllowed(
            permission.refusal or "role_not_allowed", action=action, subject=name_subject(subject)
        )
    return permission.role


def roles_allowing(action: str, subject: Subject) -> tuple[Role, ...]:
    if action in ACTIONS:
        return ACTIONS[action]
    assert isinstance(subject, Living), f"{action} is a move and needs the thing that moves"
    return tuple(Role(role) for role in roles_for(workflow_of(subject), action))


def refuse(work: Work, role: Role, action: str, subject: Subject) -> str | None:
    """Why this role does not suffice for this subject; None when it does."""
    if subject is None or role == Role.SYSTEM:
        return None
    if isinstance(subject, Case):
        if role != Role.APPEAL_PANEL and action in FOR_THE_PANEL and is_for_the_panel(subject):
            return "appeal_panel_only"
        if subject.application_id is None:
            return None
    if isinstance(subject, Organisation):
        return refuse_stranger(work, role, action, subject)
    application = application_of(work, subject)
    if role == Role.APPLICANT:
        return refuse_other_holder(work, action, application)
    person = work.actor.account_id
    tie = None if person is None else find_tie(work, application, person)
    return (
        tie
        or refuse_reach(work, role, action, subject, application)
        or refuse_mixed_parts(work, role, action, application)
    )


def refuse_stranger(work: Work, role: Role, action: str, organisation: Organisation) -> str | None:
    """Its own people act for a collective; who they are is decided by those who represent it.

    At the counter the office begins an application for people who have no account; never for its own collective.
    """
    mine = organisation.key in work.actor.ties
    if role == Role.COORDINATOR:
        return "own_organisation" if mine else None
    if organisation.key not in work.actor.organisations:
        return "not_your_organisation"
    return refuse_reserved(work, action, organisation.key)


def refuse_reserved(work: Work, action: str, organisation_id: int) -> str | None:
    """Who helps works on files; who the collective is, and whether it keeps its mark, is for who represents it."""
    reserved = action in FOR_REPRESENTATIVES
    if reserved and not is_representative(work.session, work.actor.key, organisation_id):
        return "representatives_only"
    return None


def refuse_other_holder(work: Work, action: str, application: Application) -> str | None:
    """The collective that applies acts; those that hold the scope with it see what becomes of it."""
    if application.organisation_id in work.actor.organisations:
        return refuse_reserved(work, action, application.organisation_id)
    shared = action in FOR_CO_HOLDERS and holders_of(work.session, application) & work.actor.organisations
    return None if shared else "not_your_organisation"


def refuse_reach(
    work: Work, role: Role, action: str, subject: Subject, application: Application
) -> str | None:
    if role == Role.EVALUATOR:
        return refuse_unassigned(work, subject, application)
    if role == Role.APPEAL_PANEL:
        return refuse_uninvolved(work, subject, application)
    if isinstance(subject, Case):
        return None
    if isinstance(subject, Certificate):
        return refuse_unseated(work, action) if role == Role.COMMITTEE else None
    return refuse_stage(work, role, action, application)


def refuse_stage(work: Work, role: Role, action: str, application: Application) -> str | None:
    """What a role reaches at the stage at which the file stands."""
    if role in REACHED:
        states, refusal = REACHED[role]
        if application.state not in states:
            return refusal
        return refuse_unseated(work, action) if role == Role.COMMITTEE else None
    if role in {Role.COORDINATOR, Role.AUDITOR}:
        return refuse_counter(role, action, application)
    return None


def refuse_uninvolved(work: Work, subject: Subject, application: Application) -> str | None:
    """The panel reads files that are appealed, and nobody on it may have had a part in what is appealed."""
    if isinstance(subject, Case) and not is_for_the_panel(subject):
        return None
    person = work.actor.account_id
    if person is not None and acted_in(work.session, application.key, person):
        return "took_part"
    known = isinstance(subject, Case) or appeals_of(work.session, application.key)
    return None if known else "nothing_appealed"


def is_for_the_panel(case: Case) -> bool:
    """An appeal, or a complaint about the house itself."""
    return case.kind == "appeal" or (case.kind, case.act) == ("complaint", "house")


def refuse_unassigned(work: Work, subject: Subject, application: Application) -> str | None:
    """Who evaluates works on their own seats, and on the file as long as they hold one."""
    if isinstance(subject, Assignment) and subject.account_id != work.actor.account_id:
        return "not_your_assignment"
    left = isinstance(subject, Assignment) and subject.state in LEFT
    seated = work.actor.account_id in evaluators_seated(work.session, application.key)
    return None if seated and not left else "not_assigned"


def refuse_unseated(work: Work, action: str) -> str | None:
    """Who sits in the committee reads every file that reached it; voting and deciding need a mandate in force."""
    seated = action not in SEATED or mandate_of(work.session, work.actor.account_id, work.today)
    return None if seated else "no_mandate"


def refuse_counter(role: Role, action: str, application: Application) -> str | None:
    """Drafts are their collective's own, but for those that the office entered itself."""
    if role == Role.COORDINATOR and application.entered_by is not None:
        return None
    if application.state == "draft":
        return "draft_is_private"
    return "not_entered_by_the_office" if action in FOR_OTHERS else None


def refuse_mixed_parts(work: Work, role: Role, action: str, application: Application) -> str | None:
    """Evaluate, review, decide: nobody takes two parts in one application."""
    person = work.actor.account_id
    if role in JUDGES and gave_assistance(work, application, person):
        under_measure = role == Role.EVALUATOR and is_safeguarded(work, application, person)
        if not under_measure:
            return "gave_assistance"
    if role == Role.EVALUATOR and person in reviewers_of(work.session, application.key):
        return "already_reviewed"
    if role in {Role.REVIEWER, Role.COMMITTEE, Role.SIGNATORY} and person in evaluators_of(
        work.session, application.key
    ):
        return "already_evaluated"
    if role == Role.COMMITTEE and person in reviewers_of(work.session, application.key):
        return "already_reviewed"
    if role in {Role.COORDINATOR, Role.AUDITOR} and action in BLIND and application.state in STILL_BLIND:
        return "still_blind" if person in evaluators_of(work.session, application.key) else None
    return None


def application_of(work: Work, subject: InFile) -> Application:
    """Of a case only where it names one."""
    if isinstance(subject, Application):
        return subject
    return work.session.get_one(Application, subject.application_id)


def name_subject(subject: Subject) -> str:
    if isinstance(subject, Organisation):
        return f"organisation:{subject.id}"
    return "-" if subject is None else f"{subject.life}:{subject.id}"

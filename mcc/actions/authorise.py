"""The signatory's part: what the committee granted is issued on the word of whoever may sign, or stands in for them.

The signature in the file is made by the installation's key; a person decides that it is made (ISO/IEC 17065, 7.7).
"""

from dataclasses import dataclass

from pydantic import Field

from mcc.actions import journal
from mcc.actions.accept_rules import GUARD, is_settled
from mcc.actions.co_holders import name_holders
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import Input, Line
from mcc.actions.permissions import can, require
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Work
from mcc.db.queries.amend import last_accepted
from mcc.db.queries.authorise import applications_to_authorise, authorisation_of
from mcc.db.queries.certify import certificate_of, certificates_of
from mcc.db.queries.decide import decision_of
from mcc.db.queries.mandates import mandate_to_sign
from mcc.db.tables import Application, Authorisation, Certificate, Decision, Mandate
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Award

MOST_AT_ONCE = 200


class AuthorisationInput(Input):
    absence: Line | None = Field(default=None, max_length=300)
    """Why the titular does not sign; asked of a substitute."""


class SigningInput(AuthorisationInput):
    applications: list[Line] = Field(min_length=1, max_length=MOST_AT_ONCE)
    """The numbers of those that are signed at once: all of them or none."""


@dataclass(frozen=True)
class ToSign:
    """What a signatory puts their name to."""

    application: Application
    holders: str
    award: Award
    decision: Decision


def list_to_sign(work: Work, language: str = "es") -> list[ToSign]:
    """What the committee granted, the collective agreed to and nobody has authorised yet, the oldest first."""
    require(work, "view_signing_queue")
    return [
        _describe(work, application, language)
        for application in applications_to_authorise(work.session, visible_applications(work))
        if is_settled(work, application)
    ]


def _describe(work: Work, application: Application, language: str) -> ToSign:
    decision = decision_of(work.session, application.key)
    assert decision is not None, "granted by a decision"
    return ToSign(
        application=application,
        holders=name_holders(work, application, language),
        award=pinned_rubric(application).award(decision.award),
        decision=decision,
    )


def waits_for_actor(work: Work, application: Application) -> bool:
    """Whether this file waits for the actor's signature."""
    if application.state != "granted" or not is_settled(work, application):
        return False
    if not can(work, "authorise_issue", application):
        return False
    return authorisation_of(work.session, application.key) is None


def find_amended(work: Work, application: Application) -> Certificate | None:
    """The certificate that another one is to replace because of a change; None where none is."""
    newest = certificate_of(work.session, application.key)
    change = last_accepted(work.session, application.key)
    if application.state != "granted" or newest is None or change is None:
        return None
    return newest if change.certificate_id == newest.key else None


def refuse_unusable(work: Work, application: Application) -> None:
    """Raises Refused while the certificate that is to be replaced is suspended: no change brings a mark back."""
    replaced = find_amended(work, application)
    if replaced is not None and replaced.state not in {"valid", "surveillance", "extended"}:
        raise Refused("amended_not_in_use", where="application", state=replaced.state)


def find_mandate(work: Work) -> Mandate:
    """The mandate by which the actor signs today. Raises Refused without one."""
    mandate = mandate_to_sign(work.session, work.actor.account_id, work.today)
    if mandate is None:
        raise Refused("no_mandate_to_sign", where="mandate")
    return mandate


def authorise_issue(work: Work, application: Application, given: AuthorisationInput) -> Authorisation:
    """Say that the certificate is to be issued; it is ordered in the same transaction.

    Raises Refused when nothing waits for a signature, InputInvalid when a substitute does not say why.
    """
    role = require(work, "authorise_issue", application)
    mandate = find_mandate(work)
    if application.state != "granted" or authorisation_of(work.session, application.key) is not None:
        raise Refused("nothing_to_sign", where="application", number=application.number)
    if not is_settled(work, application):
        raise Refused("guard_failed", where="application", guard=GUARD)
    refuse_unusable(work, application)
    if mandate.substitute and given.absence is None:
        raise InputInvalid([Problem("absence", "missing")])
    decision = decision_of(work.session, application.key)
    change = last_accepted(work.session, application.key)
    row = Authorisation(
        application_id=application.key,
        decision_id=None if decision is None else decision.key,
        amendment_id=None if change is None else change.key,
        mandate_id=mandate.key,
        absence=given.absence if mandate.substitute else None,
        authorised_at=work.now,
    )
    work.add(row)
    journal.record(
        work,
        f"authorisation:{row.id}",
        "authorise_issue",
        role=role,
        application=application,
        words=row.absence,
        substitute=mandate.substitute,
    )
    issued = len(certificates_of(work.session, [application.key]))
    work.jobs.enqueue_issue(work.session, application.key, issued=issued)
    return row

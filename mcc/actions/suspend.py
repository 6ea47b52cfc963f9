"""What ends, or stops, the use of a certificate (ISO/IEC 17065, 7.11): suspend, withdraw, relinquish, expire, supersede."""

from datetime import date

from mcc.actions import journal
from mcc.actions.inputs import Input, Prose
from mcc.actions.motion import Measure, close_carried, find_carried, find_open, is_heard
from mcc.actions.permissions import require
from mcc.actions.renew import is_renewing
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.certify import live_certificates_of, overdue_certificates, suspended_certificates
from mcc.db.queries.co_holders import holders_of
from mcc.db.queries.renew import continuation_of
from mcc.db.tables import Application, Certificate
from mcc.errors import Refused
from workflows import add_working_days, due_on, load_workflow

TO_RATIFY = 10
"""Working days that the committee has (domain.md, section 2)."""


class ReasonInput(Input):
    reason: Prose
    """Shown on the public page: what happened, in words that name nobody."""


def suspend(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """Stop the use of the mark. By the office it is provisional: the committee ratifies it in time, or it ends."""
    role = require(work, "suspend", certificate)
    provisional = role == Role.COORDINATOR
    voted = _tell_motion(work, certificate, Measure.SUSPEND)
    certificate.state_reason = given.reason
    certificate.provisional_until = add_working_days(work.today, TO_RATIFY) if provisional else None
    guards = {
        "reason_given": bool(given.reason),
        "heard_or_provisional": provisional or voted["holder_heard"],
        "voted_or_provisional": provisional or voted["measure_voted"],
    }
    if not provisional:
        _close_motion(work, certificate, voted, role)
    journal.advance(work, certificate, "suspend", role=role, guards=guards, words=given.reason)
    if provisional:
        due = str(certificate.provisional_until)
        _record(work, certificate, "ask_ratification", role=Role.SYSTEM, due=due)


def ratify_suspension(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """The committee stands behind what the office suspended: from now on only the committee lifts it.

    Raises Refused where nothing waits for it.
    """
    role = require(work, "ratify_suspension", certificate)
    if not is_provisional(certificate):
        raise Refused("nothing_to_ratify", where="certificate")
    voted = _tell_motion(work, certificate, Measure.RATIFY)
    for guard, held in voted.items():
        if not held:
            raise Refused("guard_failed", where="certificate", guard=guard)
    close_carried(work, certificate, role)
    certificate.provisional_until, certificate.state_reason = None, given.reason
    work.session.add(certificate)
    _record(work, certificate, "ratify_suspension", role=role, words=given.reason)


def is_provisional(certificate: Certificate) -> bool:
    return certificate.state == "suspended" and certificate.provisional_until is not None


def reinstate(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """Lift a suspension once the fix was verified; the reason says how."""
    role = require(work, "reinstate", certificate)
    voted = _tell_motion(work, certificate, Measure.REINSTATE)
    guards = {"fix_verified": bool(given.reason), "measure_voted": voted["measure_voted"]}
    _close_motion(work, certificate, voted, role)
    certificate.state_reason, certificate.provisional_until = None, None
    journal.advance(work, certificate, "reinstate", role=role, guards=guards, words=given.reason)


def withdraw(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """Take the mark away for good."""
    role = require(work, "withdraw", certificate)
    voted = _tell_motion(work, certificate, Measure.WITHDRAW)
    guards = {"reason_given": bool(given.reason), **voted}
    _close_motion(work, certificate, voted, role)
    certificate.state_reason, certificate.provisional_until = given.reason, None
    journal.advance(work, certificate, "withdraw", role=role, guards=guards, words=given.reason)


def _tell_motion(work: Work, certificate: Certificate, measure: Measure) -> dict[str, bool]:
    """What the committee's vote says to the guards."""
    motion = find_open(work, certificate)
    return {
        "holder_heard": motion is not None and motion.measure == measure and is_heard(work, motion),
        "measure_voted": find_carried(work, certificate) == measure,
    }


def _close_motion(work: Work, certificate: Certificate, voted: dict[str, bool], role: Role) -> None:
    """Before the certificate moves: afterwards what was asked for is not possible any more."""
    if voted["measure_voted"]:
        close_carried(work, certificate, role)


def relinquish(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """The collective gives the mark up by its own decision."""
    role = require(work, "relinquish", certificate)
    journal.advance(work, certificate, "relinquish", role=role, words=given.reason)


def end_suspensions(work: Work) -> int:
    """What was not ratified in time is lifted; what was not mended in time is withdrawn. Returns how many.

    Whatever happened first counts: a certificate that expired while it was suspended is left to `expire_overdue`.
    """
    ended = 0
    for certificate in suspended_certificates(work.session):
        if certificate.provisional_until is not None:
            over = certificate.provisional_until
            action, guards = "lift_unratified", {"ratification_term_over": over < work.today}
        else:
            over = last_day_of_suspension(certificate)
            action, guards = "end_suspension", {"suspension_term_over": over < work.today}
        if over < work.today and over < certificate.last_day:
            if action == "lift_unratified":
                certificate.state_reason, certificate.provisional_until = None, None
            journal.advance(work, certificate, action, role=Role.SYSTEM, guards=guards)
            ended += 1
    return ended


def last_day_of_suspension(certificate: Certificate) -> date:
    """The last day on which it may be mended: six months from the day on which the certificate was suspended."""
    due = due_on(load_workflow("certificate"), "suspended", local_day(certificate.state_since))
    assert due is not None, "the edition gives this state a term"
    return due


def expire_overdue(work: Work) -> int:
    """Give every certificate past its date the event that says so; returns how many. An extension ends with its renewal.

    The public answer does not wait for this: it is computed from the date at the time of asking.
    """
    expired = 0
    for certificate in overdue_certificates(work.session, work.today):
        if work.today <= certificate.last_day and is_renewing(work, certificate):
            continue
        role = require(work, "expire", certificate)
        journal.advance(work, certificate, "expire", role=role, guards={"validity_over": True})
        expired += 1
    return expired


def supersede_covered(work: Work, newer: Certificate) -> None:
    """Replace older certificates of the same holders for the same site whose products the newer one covers.

    One that others hold as well stays: no collective loses its mark by what another applied for. So does one for
    another site: what is made there was not evaluated. The one that was renewed is replaced whatever it covered.
    """
    holders, scope = _holders(work, newer), _application(work, newer)
    continuation = continuation_of(work.session, newer.application_id)
    renewed = None if continuation is None else continuation.certificate_id
    for older in live_certificates_of(work.session, newer.organisation_id):
        before = _application(work, older)
        covered = _site_of(before) == _site_of(scope) and set(before.products) <= set(scope.products)
        covered = covered and _holders(work, older) <= holders
        same = older.application_id == newer.application_id
        if older.id != newer.id and (covered or same or older.id == renewed):
            older.newer_code = newer.public_code
            journal.advance(
                work,
                older,
                "supersede",
                role=Role.SYSTEM,
                guards={"newer_certificate_issued": True},
                by=newer.number,
            )


def _record(
    work: Work,
    certificate: Certificate,
    action: str,
    *,
    role: Role,
    words: str | None = None,
    due: str | None = None,
) -> None:
    subject, application = f"certificate:{certificate.id}", _application(work, certificate)
    facts = {} if due is None else {"due": due}
    journal.record(work, subject, action, role=role, application=application, words=words, **facts)


def _holders(work: Work, certificate: Certificate) -> frozenset[int]:
    return holders_of(work.session, _application(work, certificate))


def _application(work: Work, certificate: Certificate) -> Application:
    return work.session.get_one(Application, certificate.application_id)


def _site_of(application: Application) -> tuple[str, str, str]:
    """Kind of scope and place, whatever the spacing and the capitals."""
    address = " ".join(application.site_address.casefold().split())
    return application.scope_kind, address, application.site_municipality

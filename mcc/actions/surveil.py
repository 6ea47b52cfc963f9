"""The life of a certificate after it was issued: suspend, reinstate, withdraw, relinquish, expire, supersede."""

from mcc.actions import journal
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.db.queries.certify import live_certificates_of, overdue_certificates
from mcc.db.queries.co_holders import holders_of
from mcc.db.tables import Application, Certificate


class ReasonInput(Input):
    reason: Prose
    """Shown on the public page: what happened, in words that name nobody."""


def suspend(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    role = require(work, "suspend", certificate)
    certificate.state_reason = given.reason
    journal.advance(
        work, certificate, "suspend", role=role, guards={"reason_given": True}, words=given.reason
    )


def reinstate(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """Lift a suspension once the fix was verified; the reason says how."""
    role = require(work, "reinstate", certificate)
    certificate.state_reason = None
    journal.advance(
        work, certificate, "reinstate", role=role, guards={"fix_verified": True}, words=given.reason
    )


def withdraw(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """Take the mark away for good."""
    role = require(work, "withdraw", certificate)
    certificate.state_reason = given.reason
    journal.advance(
        work, certificate, "withdraw", role=role, guards={"reason_given": True}, words=given.reason
    )


def relinquish(work: Work, certificate: Certificate, given: ReasonInput) -> None:
    """The collective gives the mark up by its own decision."""
    role = require(work, "relinquish", certificate)
    journal.advance(work, certificate, "relinquish", role=role, words=given.reason)


def expire_overdue(work: Work) -> int:
    """Give every certificate past its date the event that says so; returns how many.

    The public answer does not wait for this: it is computed from the date at the time of asking.
    """
    overdue = overdue_certificates(work.session, work.today)
    for certificate in overdue:
        role = require(work, "expire", certificate)
        journal.advance(work, certificate, "expire", role=role, guards={"validity_over": True})
    return len(overdue)


def supersede_covered(work: Work, newer: Certificate) -> None:
    """Replace older certificates of the same holders for the same site whose products the newer one covers.

    One that others hold as well stays: no collective loses its mark by what another applied for. So does one for
    another site: what is made there was not evaluated.
    """
    holders, scope = _holders(work, newer), _application(work, newer)
    for older in live_certificates_of(work.session, newer.organisation_id):
        before = _application(work, older)
        covered = _site_of(before) == _site_of(scope) and set(before.products) <= set(scope.products)
        if older.id != newer.id and covered and _holders(work, older) <= holders:
            older.newer_code = newer.public_code
            journal.advance(
                work,
                older,
                "supersede",
                role=Role.SYSTEM,
                guards={"newer_certificate_issued": True},
                by=newer.number,
            )


def _holders(work: Work, certificate: Certificate) -> frozenset[int]:
    return holders_of(work.session, _application(work, certificate))


def _application(work: Work, certificate: Certificate) -> Application:
    return work.session.get_one(Application, certificate.application_id)


def _site_of(application: Application) -> tuple[str, str, str]:
    """Kind of scope and place, whatever the spacing and the capitals."""
    address = " ".join(application.site_address.casefold().split())
    return application.scope_kind, address, application.site_municipality

"""Changes while a certificate is valid, and mistakes in one (ISO/IEC 17065, 7.10): reported, decided, issued anew.

Small ones are for the office, within five working days; what changes what was evaluated is voted by the committee. The new
certificate ends on the day on which the one that it replaces would have ended, and that one stays valid until then.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from mcc.actions import journal
from mcc.actions.authorise import find_amended
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.motion import (
    SCOPE,
    Measure,
    close_carried,
    find_carried,
    is_for_the_committee,
    reject_open,
)
from mcc.actions.municipalities import Municipality
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.amend import open_amendment
from mcc.db.queries.apply import applications_in
from mcc.db.queries.certify import FINAL, certificate_of
from mcc.db.queries.renew import UNDECIDED, renewals_of
from mcc.db.tables import Amendment, Application, Certificate, Organisation
from mcc.errors import InputInvalid, Problem, Refused
from workflows import add_working_days

TO_REPORT = 10
"""Working days that a holder has to report a change."""
TO_DECIDE = {True: 5, False: 15}
"""Working days that the office has for what it may decide itself, and for what goes to the committee."""
IN_USE = ("valid",)
"""One that is looked at again is changed once it was found to hold."""


class ChangeKind(StrEnum):
    PRODUCT = "product"
    """One more of the same kind, under the same permits."""
    EXTENSION = "extension"
    """Products of another kind."""
    REDUCTION = "reduction"
    PROCESS = "process"
    SITE = "site"
    NAME = "name"
    AUTHORITIES = "authorities"
    """Who represents the collective; the certificate says nothing of it."""
    CORRECTION = "correction"
    """The certificate says something that was never so."""


NEEDED: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.PRODUCT: ("products",),
    ChangeKind.EXTENSION: ("products",),
    ChangeKind.REDUCTION: ("products",),
    ChangeKind.PROCESS: ("process",),
    ChangeKind.SITE: ("site_address", "site_municipality"),
    ChangeKind.NAME: ("name",),
    ChangeKind.AUTHORITIES: (),
    ChangeKind.CORRECTION: (),
}


class ChangeInput(Input):
    kind: ChangeKind
    happened_on: date
    words: Prose
    products: list[Line] | None = None
    """All of them, as they are to stand."""
    process: Prose | None = None
    site_address: Line | None = None
    site_municipality: Municipality | None = None
    name: Line | None = None


class AnswerInput(Input):
    answer: Prose


def report_change(work: Work, application: Application, given: ChangeInput) -> Amendment:
    """Raises Refused where no certificate is in use or another change is open, InputInvalid for one that changes nothing."""
    role = require(work, "report_change", application)
    certificate = find_amendable(work, application)
    if given.happened_on > work.today:
        raise InputInvalid([Problem("happened_on", "date_in_future", {"value": str(given.happened_on)})])
    wanted = given.model_dump(include={*SCOPE, "name"}, exclude_none=True)
    present = read_present(work, application)
    before = {field: present[field] for field in wanted}
    if problems := list_problems(given, wanted, before):
        raise InputInvalid(problems)
    row = Amendment(
        application_id=application.key,
        certificate_id=certificate.key,
        kind=given.kind.value,
        happened_on=given.happened_on,
        words=given.words,
        wanted=wanted,
        before=before,
        reported_by=work.actor.key,
        reported_at=work.now,
        due_on=add_working_days(work.today, TO_DECIDE[not is_for_the_committee(given.kind.value, wanted)]),
    )
    work.add(row)
    _record(work, row, "report_change", role, kind=row.kind, due=str(row.due_on))
    return row


def find_amendable(work: Work, application: Application) -> Certificate:
    """The certificate that may be changed now. Raises Refused."""
    certificate = certificate_of(work.session, application.key)
    if application.state != "issued" or certificate is None or certificate.state not in IN_USE:
        raise Refused("nothing_to_change", where="application")
    if open_amendment(work.session, application.key) is not None:
        raise Refused("change_is_open", where="application")
    if any(row.state in {"draft", *UNDECIDED} for row in renewals_of(work.session, certificate.key)):
        raise Refused("renewal_is_running", where="application")
    return certificate


def read_present(work: Work, application: Application) -> dict[str, Any]:
    """What the next certificate would say, of everything that may be changed."""
    organisation = work.session.get_one(Organisation, application.organisation_id)
    return application.model_dump(include=set(SCOPE)) | {"name": organisation.name}


def list_problems(given: ChangeInput, wanted: dict[str, Any], before: dict[str, Any]) -> list[Problem]:
    """What keeps it from being a change of its kind."""
    missing = [Problem(field, "missing") for field in NEEDED[given.kind] if field not in wanted]
    strange = [Problem(field, "not_of_this_change") for field in wanted if field not in NEEDED[given.kind]]
    if missing or (strange and given.kind != ChangeKind.CORRECTION):
        return [*missing, *strange]
    if given.kind != ChangeKind.AUTHORITIES and wanted == before:
        return [Problem("words", "nothing_changes")]
    more, less = set(wanted.get("products", ())), set(before.get("products", ()))
    grows = given.kind in {ChangeKind.PRODUCT, ChangeKind.EXTENSION} and not less < more
    shrinks = given.kind == ChangeKind.REDUCTION and not more < less
    return [Problem("products", "products_do_not_fit")] if grows or shrinks else []


def is_late(row: Amendment) -> bool:
    """Whether it was reported after the ten working days."""
    return local_day(row.reported_at) > add_working_days(row.happened_on, TO_REPORT)


def accept_change(work: Work, application: Application, given: AnswerInput) -> None:
    """From now on it is so; a new certificate waits for the signatory, unless it would say the same.

    Raises Refused when the committee has not voted what is for it to vote.
    """
    role = require(work, "accept_change", application)
    certificate, row = _find_open(work, application)
    if is_for_the_committee(row.kind, row.wanted):
        if find_carried(work, certificate) != Measure.ACCEPT_CHANGE:
            raise Refused("guard_failed", where="certificate", guard="measure_voted")
        close_carried(work, certificate, role)
    elif certificate.state not in IN_USE:
        raise Refused("nothing_to_change", where="application")
    _settle(work, row, "accepted", given)
    _apply(work, application, row)
    _record(work, row, "accept_change", role, words=given.answer)
    if row.kind != ChangeKind.AUTHORITIES:
        journal.advance(work, application, "amend", role=role, guards={"change_accepted": True})


def refuse_change(work: Work, application: Application, given: AnswerInput) -> None:
    """It stays as it is. What is for the committee to vote, it has to have voted against."""
    role = require(work, "refuse_change", application)
    certificate, row = _find_open(work, application)
    if is_for_the_committee(row.kind, row.wanted):
        reject_open(work, certificate, Measure.ACCEPT_CHANGE, role)
    _settle(work, row, "refused", given)
    _record(work, row, "refuse_change", role, words=given.answer)


def _find_open(work: Work, application: Application) -> tuple[Certificate, Amendment]:
    row = open_amendment(work.session, application.key)
    if row is None:
        raise Refused("no_change", where="application")
    return work.session.get_one(Certificate, row.certificate_id), row


def _settle(work: Work, row: Amendment, outcome: str, given: AnswerInput) -> None:
    row.outcome, row.answer = outcome, given.answer
    row.decided_by, row.decided_at = work.actor.key, work.now
    work.session.add(row)


def _apply(work: Work, application: Application, row: Amendment) -> None:
    scope = {field: value for field, value in row.wanted.items() if field in SCOPE}
    if scope:
        application.sqlmodel_update(scope)
        work.session.add(application)
    if "name" in row.wanted:
        organisation = work.session.get_one(Organisation, application.organisation_id)
        organisation.name = row.wanted["name"]
        work.session.add(organisation)


def stop_amending(work: Work) -> int:
    """Where the certificate came to its end before the new one was signed, there is nothing left to change."""
    stopped = 0
    for application in applications_in(work.session, "granted"):
        replaced = find_amended(work, application)
        if replaced is not None and replaced.state in FINAL:
            guards = {"certificate_ended": True}
            journal.advance(work, application, "stop_amending", role=Role.SYSTEM, guards=guards)
            stopped += 1
    return stopped


def _record(
    work: Work, row: Amendment, action: str, role: Role, *, words: str | None = None, **facts: str
) -> None:
    application = work.session.get_one(Application, row.application_id)
    journal.record(
        work, f"amendment:{row.id}", action, role=role, application=application, words=words, **facts
    )

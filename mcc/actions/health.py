"""Whether all is well: what is late, what waits too long, what failed. An empty list reads "Todo en orden"."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from mcc.actions.cases import list_open
from mcc.actions.mandates import can_be_signed, committee, list_vacant
from mcc.actions.permissions import can, require
from mcc.actions.terms import find_running
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.accounts import accounts_with_role
from mcc.db.queries.apply import list_applications
from mcc.db.queries.authorise import authorisation_of
from mcc.db.queries.certify import issuance_of
from mcc.db.queries.notify import count_failed
from workflows import due_on, load_workflow

ISSUED_WITHIN = timedelta(hours=1)
"""The worker needs seconds; after that something stands in its way."""
LEAST_SPACE = 1_000_000_000
"""Bytes that have to be free."""
FEWEST = {Role.EVALUATOR: 3, Role.REVIEWER: 1}
"""Without so many people no application gets through: two evaluators, and a third where they differ."""


@dataclass(frozen=True)
class Concern:
    """One thing to do: a code, where it is done, and what its sentence names."""

    code: str
    address: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


def look_over(work: Work) -> list[Concern]:
    """Everything that the actor could do something about. Raises NotAllowed."""
    require(work, "view_health")
    return [
        *_find_late(work),
        *_find_stuck(work),
        *_find_cases(work),
        *_find_machine(work),
        *_find_people(work),
        *_find_quorum(work),
        *_find_signatory(work),
    ]


def _find_late(work: Work) -> Iterator[Concern]:
    for application, organisation in list_applications(work.session, visible_applications(work)):
        due = find_running(work, application)
        if due is not None and due < work.today:
            facts = (("name", organisation.name), ("due", due.isoformat()))
            yield Concern("late", f"/solicitudes/{application.number}", facts)


def _find_stuck(work: Work) -> Iterator[Concern]:
    """Signed for, but no certificate yet."""
    for application, organisation in list_applications(
        work.session, visible_applications(work), state="granted"
    ):
        issuance = issuance_of(work.session, application.key)
        authorised = authorisation_of(work.session, application.key)
        if authorised is not None and work.now - authorised.authorised_at > ISSUED_WITHIN:
            facts = (("name", organisation.name), ("step", issuance.step if issuance else "ordered"))
            yield Concern("not_issued", f"/solicitudes/{application.number}", facts)


def _find_cases(work: Work) -> Iterator[Concern]:
    if not can(work, "view_case"):
        return
    for case in list_open(work):
        due = due_on(load_workflow("case"), case.state, local_day(case.state_since))
        if due is not None and due < work.today:
            yield Concern("case_late", f"/casos/{case.receipt}", (("due", due.isoformat()),))


def _find_machine(work: Work) -> Iterator[Concern]:
    if failed := count_failed(work.session):
        yield Concern("mail_failed", None, (("count", str(failed)),))
    free = shutil.disk_usage(work.settings.data).free
    if free < LEAST_SPACE:
        yield Concern("disk_full", None, (("megabytes", str(free // 1_000_000)),))


def _find_people(work: Work) -> Iterator[Concern]:
    for role, fewest in FEWEST.items():
        found = len(accounts_with_role(work.session, role))
        if found < fewest:
            facts = (("role", role.value), ("count", str(found)), ("fewest", str(fewest)))
            yield Concern("too_few_people", "/administracion/personas", facts)


def _find_quorum(work: Work) -> Iterator[Concern]:
    """Whether the committee could decide today."""
    rules = committee()
    able = len(rules.institutions) - len(list_vacant(work))
    if able < rules.quorum:
        facts = (("count", str(able)), ("fewest", str(rules.quorum)))
        yield Concern("no_quorum", "/administracion/comite", facts)


def _find_signatory(work: Work) -> Iterator[Concern]:
    if not can_be_signed(work):
        yield Concern("nobody_signs", "/administracion/comite")

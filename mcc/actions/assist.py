"""Advice to a collective: whoever gave it does not judge that collective for some time (ISO/IEC 17065, 4.2).

Advice made for one collective binds; open courses, fairs, help at the counter and visits of the certification do not.
"""

from datetime import date
from enum import StrEnum

from mcc.actions import journal
from mcc.actions.accounts import find_account
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.unseat import free_seats
from mcc.actions.work import Work
from mcc.db.queries.assist import list_given
from mcc.db.tables import Account, Assistance, Organisation
from mcc.errors import InputInvalid, NotFound, Problem


class AssistanceKind(StrEnum):
    TAILORED = "tailored"
    COURSE = "course"
    FAIR = "fair"
    COUNTER = "counter"
    VISIT = "visit"


class AssistanceInput(Input):
    organisation: int
    username: Code
    """Who gave it."""
    kind: AssistanceKind
    given_on: date
    words: Prose


def list_assistance(work: Work) -> list[tuple[Assistance, Organisation, Account]]:
    """Everything that was given, the newest first."""
    require(work, "manage_assistance")
    return list(list_given(work.session))


def record_assistance(work: Work, given: AssistanceInput) -> Assistance:
    """Write down who advised whom. Raises InputInvalid for a day that has not come, NotFound for a collective of nowhere."""
    role = require(work, "manage_assistance")
    if work.session.get(Organisation, given.organisation) is None:
        raise NotFound("organisation_unknown", organisation=given.organisation)
    if given.given_on > work.today:
        raise InputInvalid([Problem("given_on", "date_in_future", {"value": str(given.given_on)})])
    row = Assistance(
        organisation_id=given.organisation,
        account_id=find_account(work, given.username).key,
        kind=given.kind.value,
        given_on=given.given_on,
        words=given.words,
        recorded_by=work.actor.key,
        recorded_at=work.now,
    )
    work.add(row)
    journal.record(work, f"assistance:{row.id}", "record_assistance", role=role, kind=row.kind)
    free_seats(work, row.account_id)
    return row


def strike_assistance(work: Work, key: int) -> None:
    """It was written by mistake: it binds nobody, and stays in the records."""
    role = require(work, "manage_assistance")
    row = work.session.get(Assistance, key)
    if row is None or row.ended_at is not None:
        raise NotFound("assistance_unknown", where="assistance", value=key)
    row.ended_at = work.now
    work.session.add(row)
    journal.record(work, f"assistance:{row.id}", "strike_assistance", role=role)

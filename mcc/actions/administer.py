"""Running the system: people and their roles, collectives, settings, editions, and what was done with a file."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from mcc.actions import journal
from mcc.actions.editions import CURRENT_EDITION, known_states
from mcc.actions.numbering import read_number
from mcc.actions.permissions import can, require
from mcc.actions.second_step import has_second_step
from mcc.actions.terms import find_running
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Role, Work
from mcc.db.queries.accounts import (
    accounts_with_role,
    list_accounts,
    memberships_of,
    organisations_of_account,
    roles_of_account,
)
from mcc.db.queries.apply import (
    all_organisations,
    application_by_number,
    count_by_organisation,
    count_by_state,
    list_applications,
)
from mcc.db.queries.evaluate import open_seats_by_person
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.notify import failed_mails
from mcc.db.tables import Account, Organisation
from mcc.errors import NotFound
from mcc.settings import describe_settings
from rubric import load_edition
from workflows import load_workflow

SOON = timedelta(days=7)
WORKFLOWS = ("application", "assignment", "dimension", "certificate", "case")


@dataclass(frozen=True)
class Person:
    account: Account
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    second_device: bool


@dataclass(frozen=True)
class Collective:
    organisation: Organisation
    people: int
    applications: int


@dataclass(frozen=True)
class EditionInUse:
    name: str
    edition: str
    hash: str


@dataclass(frozen=True)
class DeedDone:
    at: datetime
    action: str
    role: str
    person: str
    from_state: str | None
    to_state: str | None


def list_people(work: Work) -> list[Person]:
    require(work, "view_people")
    return [_describe(work, account) for account in list_accounts(work.session)]


def find_person(work: Work, account_id: int) -> Person:
    require(work, "view_people")
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotFound("account_unknown", where="username", value=account_id)
    return _describe(work, account)


def _describe(work: Work, account: Account) -> Person:
    held = sorted(organisations_of_account(work.session, account.key))
    names = [row.name for key in held if (row := work.session.get(Organisation, key)) is not None]
    return Person(
        account=account,
        roles=tuple(sorted(roles_of_account(work.session, account.key))),
        organisations=tuple(names),
        second_device=has_second_step(work, account.key),
    )


def list_collectives(work: Work) -> list[Collective]:
    require(work, "view_people")
    counts = count_by_organisation(work.session)
    return [
        Collective(row, len(memberships_of(work.session, row.key)), counts.get(row.key, 0))
        for row in all_organisations(work.session)
    ]


def list_settings(work: Work) -> list[dict[str, str]]:
    require(work, "view_people")
    return describe_settings(work.settings, os.environ)


def list_editions(work: Work) -> list[EditionInUse]:
    """What new files are judged by and how they move."""
    require(work, "view_health")
    rubric = load_edition(CURRENT_EDITION)
    lives = [load_workflow(name) for name in WORKFLOWS]
    return [
        EditionInUse("rubric", CURRENT_EDITION, rubric.meaning_hash),
        *(EditionInUse(life.name, life.edition, life.meaning_hash) for life in lives),
    ]


def count_files(work: Work) -> dict[str, int]:
    """How many of the files that the actor may see stand in each state, in the order of the process."""
    require(work, "view_health")
    counts = count_by_state(work.session, visible_applications(work))
    return {name: counts[name] for name in known_states() if counts.get(name)}


def count_work(work: Work) -> dict[str, int]:
    """Sheets that wait for each person who evaluates, the most loaded first; for those who assign them."""
    if not can(work, "assign_evaluator"):
        return {}
    load = open_seats_by_person(work.session, visible_applications(work))
    people = [(row.name, load.get(row.key, 0)) for row in accounts_with_role(work.session, Role.EVALUATOR)]
    return dict(sorted(people, key=lambda pair: -pair[1]))


def count_terms(work: Work) -> dict[str, int]:
    """How many files are over their term, end within a week, or later; of those that the actor may see."""
    require(work, "view_health")
    counts = dict.fromkeys(("over", "soon", "later"), 0)
    for application, _ in list_applications(work.session, visible_applications(work)):
        due = find_running(work, application)
        if due is not None:
            counts["over" if due < work.today else "soon" if due <= work.today + SOON else "later"] += 1
    return counts if any(counts.values()) else {}


def resend_failed(work: Work) -> int:
    """Have the mails that were given up tried again, as after a long outage; returns how many."""
    role = require(work, "resend_mail")
    failed = failed_mails(work.session)
    for notice in failed:
        notice.mail, notice.tries, notice.next_try_at = "waiting", 0, None
        work.session.add(notice)
    if failed:
        journal.record(work, "mail:failed", "resend_mail", role=role, notices=len(failed))
    return len(failed)


def list_deeds(work: Work, number: str) -> list[DeedDone]:
    """Every event of a file, the oldest first; empty for a number of nobody."""
    require(work, "view_deeds")
    application = application_by_number(work.session, read_number(number))
    if application is None or not can(work, "view_deeds", application):
        return []
    return [
        DeedDone(
            at=event.at,
            action=event.action,
            role=event.role,
            person=_name(work, event.actor_id),
            from_state=event.from_state,
            to_state=event.to_state,
        )
        for event, _ in events_of_application(work.session, application.key)
    ]


def _name(work: Work, account_id: int | None) -> str:
    account = None if account_id is None else work.session.get(Account, account_id)
    return "MCC" if account is None else account.name

"""The collective's say in who evaluates it: nothing begins before it accepted them, or its term to challenge is over.

Three working days from the last seat that was filled (domain.md, section 2). Who is challenged stays until the office has
resolved it; where the collective is right, they leave the file for good, and what rested on their sheets is scored anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mcc.actions import journal
from mcc.actions.editions import workflow_of
from mcc.actions.filing import file_case
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import settle_dimensions
from mcc.actions.unseat import unseat_challenged
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.challenge import open_challenges
from mcc.db.queries.evaluate import active_assignments, dimensions_vacant
from mcc.db.tables import Account, Application, Assignment, Case
from mcc.errors import InputInvalid, Problem, Refused
from workflows import add_working_days

KIND = "challenge"
TERM = 3
"""Working days."""
GUARD = "challenge_term_over"
"""An edition of the workflow that has it gives the collective its say; files of earlier ones begin without."""


class Finding(StrEnum):
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class ChallengeInput(Input):
    evaluator: Code
    """Username."""
    words: Prose
    """Why this person should not evaluate."""


class FindingInput(Input):
    outcome: Finding
    words: Prose


@dataclass(frozen=True)
class Member:
    """Who evaluates, as the collective is told."""

    account_id: int
    username: str
    name: str
    dimensions: tuple[str, ...]
    until: date
    """Last day on which this person can be challenged."""


def list_team(work: Work, application: Application) -> list[Member]:
    """Who holds a seat now, by name."""
    require(work, "view_application", application)
    seats = active_assignments(work.session, application.key)
    people = [work.session.get_one(Account, key) for key in dict.fromkeys(row.account_id for row in seats)]
    return sorted((_describe(person, seats) for person in people), key=lambda row: row.name)


def list_challengeable(work: Work, application: Application) -> list[Member]:
    """Whose days are not over and who is not challenged already."""
    if application.state not in {"admitted", "in_evaluation"}:
        return []
    challenged = {row.against for row in open_challenges(work.session, application.key)}
    return [
        row
        for row in list_team(work, application)
        if row.account_id not in challenged and row.until >= work.today
    ]


def _describe(person: Account, seats: Sequence[Assignment]) -> Member:
    mine = [row for row in seats if row.account_id == person.id]
    return Member(
        account_id=person.key,
        username=person.username,
        name=person.name,
        dimensions=tuple(row.dimension for row in mine),
        until=_find_last_day(mine),
    )


def _find_last_day(seats: Sequence[Assignment]) -> date:
    return add_working_days(local_day(max(row.assigned_at for row in seats)), TERM)


def announce_team(work: Work, application: Application, role: Role) -> None:
    """Tell the collective who evaluates: once all are named, and whenever somebody joins them later."""
    if not is_asked(application) or dimensions_vacant(work.session, application.key):
        return
    due = str(_find_last_day(active_assignments(work.session, application.key)))
    journal.record(
        work, f"application:{application.id}", "name_team", role=role, application=application, due=due
    )


def is_asked(application: Application) -> bool:
    """Whether the file moves by an edition that gives the collective its say."""
    return GUARD in workflow_of(application).guards


def is_settled(work: Work, application: Application) -> bool:
    """Whether the collective accepted everybody who is seated now, or had its three days."""
    seats = active_assignments(work.session, application.key)
    if not seats or not is_asked(application):
        return bool(seats)
    accepted = application.team_accepted_at
    said_yes = accepted is not None and accepted >= max(row.assigned_at for row in seats)
    return said_yes or _find_last_day(seats) < work.today


def is_waiting(work: Work, application: Application) -> bool:
    """Whether the team is complete and the collective has neither accepted nor challenged anybody."""
    return (
        application.state == "admitted"
        and not dimensions_vacant(work.session, application.key)
        and not is_settled(work, application)
        and not open_challenges(work.session, application.key)
    )


def accept_team(work: Work, application: Application) -> None:
    """The collective has nothing against those who evaluate: nobody waits for the rest of its term.

    Raises Refused where nothing waits for it.
    """
    role = require(work, "accept_team", application)
    if not is_waiting(work, application):
        raise Refused("no_team_to_accept", where="application")
    application.team_accepted_at = work.now
    work.session.add(application)
    journal.record(work, f"application:{application.id}", "accept_team", role=role, application=application)


def file_challenge(work: Work, application: Application, given: ChallengeInput) -> Case:
    """Raises InputInvalid for somebody who evaluates nothing here, Refused when it is too late or said already."""
    role = require(work, "file_challenge", application)
    member = next((row for row in list_team(work, application) if row.username == given.evaluator), None)
    if member is None or application.state not in {"admitted", "in_evaluation"}:
        raise InputInvalid([Problem("evaluator", "not_in_the_team", {"value": given.evaluator})])
    if member.until < work.today:
        raise Refused("challenge_too_late", where="evaluator", until=str(member.until))
    if any(row.against == member.account_id for row in open_challenges(work.session, application.key)):
        raise Refused("challenge_is_open", where="evaluator")
    return file_case(
        work,
        KIND,
        given.words,
        role=role,
        action="file_challenge",
        application_id=application.key,
        filed_by=work.actor.key,
        against=member.account_id,
    )


def resolve_challenge(work: Work, case: Case, given: FindingInput) -> None:
    """The office's word, by somebody who evaluates nothing in the file. Upheld, the person leaves all of it.

    Raises Refused for a case in another state.
    """
    role = require(work, "resolve", case)
    assert case.application_id is not None, "a challenge is about a file"
    assert case.against is not None, "and about a person"
    application = work.session.get_one(Application, case.application_id)
    seats = active_assignments(work.session, application.key)
    guards = {
        "reasons_given": bool(given.words),
        "investigator_independent": work.actor.key not in {row.account_id for row in seats},
    }
    case.outcome = given.outcome.value
    journal.advance(
        work, case, "resolve", role=role, guards=guards, words=given.words, outcome=given.outcome.value
    )
    journal.record(
        work,
        f"case:{case.id}",
        "resolve_challenge",
        role=role,
        application=application,
        outcome=given.outcome.value,
    )
    if given.outcome == Finding.UPHELD:
        unseat_challenged(work, application, case.against)
    if application.state == "in_evaluation":
        settle_dimensions(work, application)

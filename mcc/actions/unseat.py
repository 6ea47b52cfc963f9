"""Seats that become free without the office: their holder stepped back, turned out partial, or is gone.

Whoever must not judge a file leaves all of it for good, and what rested on their sheets is scored again. Whoever only
cannot go on leaves what is not settled: what an impartial person locked, and a dimension rests on, stays.
"""

from collections.abc import Set as AbstractSet

from mcc.actions import journal
from mcc.actions.impartiality import find_tie, is_safeguarded
from mcc.actions.permissions import application_of, require
from mcc.actions.rounds import open_round
from mcc.actions.work import Role, Work
from mcc.clock import add_months, local_day
from mcc.db.queries.accounts import roles_of_account
from mcc.db.queries.apply import list_applications
from mcc.db.queries.assist import days_advised
from mcc.db.queries.co_holders import holders_of
from mcc.db.queries.evaluate import (
    active_assignments,
    dimensions_of,
    held_by_unfit,
    held_in_evaluation,
)
from mcc.db.tables import Account, Application, Assignment
from mcc.errors import Refused

COMPARED = {"consensus", "divergent", "closed"}
"""States of a dimension that rest on both sheets."""
UNLOCKED = {"assigned", "in_progress", "awaiting_evidence"}
"""States of a seat that has no locked sheet."""


def declare_conflict(work: Work, seat: Assignment, *, reason: str) -> None:
    """Step back from the whole application: every seat that the person holds in it becomes free.

    Dimensions that were compared already are scored again, with somebody else in the seat.
    """
    role = require(work, "declare_conflict", seat)
    application = application_of(work, seat)
    refuse_evaluated(application, "declare_conflict")
    rested = _free(work, application, {seat.account_id}, role=role, reason=reason.strip())
    score_again(work, application, rested, role=Role.SYSTEM)


def refuse_evaluated(application: Application, action: str) -> None:
    """Raises Refused once the evaluation is over: then it is for the review to return the file."""
    if application.state not in {"admitted", "in_evaluation"}:
        raise Refused("not_from_this_state", where="application", action=action, state=application.state)


def score_again(
    work: Work,
    application: Application,
    again: AbstractSet[str],
    *,
    role: Role,
    affected: AbstractSet[str] | None = None,
) -> None:
    """A new round for some dimensions, or some of their indicators; who evaluates no more leaves the seat."""
    open_round(work, application, again, role=role, affected=affected)
    if again:
        release_gone(work, application)


def list_partial(work: Work, application: Application) -> set[int]:
    """Who is seated and bound to a collective of the file, or advised it."""
    seats = active_assignments(work.session, application.key)
    return {
        seat.account_id
        for seat in seats
        if find_tie(work, application, seat.account_id) is not None or is_adviser(work, application, seat)
    }


def is_adviser(work: Work, application: Application, seat: Assignment) -> bool:
    """Whether advice binds the holder of a seat: given in the months before it, or while the file is evaluated.

    What they advise once the evaluation is over takes nothing from what they found.
    """
    if is_safeguarded(work, application, seat.account_id):
        return False
    seated_on = local_day(seat.assigned_at)
    until = work.today if application.state in {"admitted", "in_evaluation"} else seated_on
    since = add_months(seated_on, -work.settings.assistance_months)
    days = days_advised(work.session, seat.account_id, holders_of(work.session, application))
    return any(since < day <= until for day in days)


def unseat_partial(work: Work, application: Application) -> set[str]:
    """Everybody who is bound to the file leaves it; returns the dimensions that rested on them."""
    return _free(work, application, list_partial(work, application), role=Role.SYSTEM, reason=None)


def unseat_challenged(work: Work, application: Application, person: int) -> None:
    """A challenge against them was upheld: they leave the file for good, as if they had stepped back."""
    rested = _free(work, application, {person}, role=Role.SYSTEM, reason=None)
    if application.state in {"admitted", "in_evaluation"}:
        score_again(work, application, rested, role=Role.SYSTEM)


def _free(
    work: Work, application: Application, people: AbstractSet[int], *, role: Role, reason: str | None
) -> set[str]:
    """Every seat of these people; without a reason of theirs, the records show a tie."""
    states = {row.dimension: row.state for row in dimensions_of(work.session, application.key)}
    rested = set()
    for seat in active_assignments(work.session, application.key):
        if seat.account_id not in people:
            continue
        if seat.state == "scored" and states[seat.dimension] in COMPARED:
            rested.add(seat.dimension)
        seat.conflict_reason = reason
        guards = {"reason_given": bool(reason) or role == Role.SYSTEM}
        journal.advance(work, seat, "declare_conflict", role=role, guards=guards, words=reason)
    return rested


def release_gone(work: Work, application: Application) -> None:
    """Whoever evaluates no more leaves what is still open; what they would have to talk over is scored again.

    A sheet that they locked stays as long as it needs no word of theirs.
    """
    states = {row.dimension: row.state for row in dimensions_of(work.session, application.key)}
    talked_over = set()
    for seat in active_assignments(work.session, application.key):
        in_talks = states[seat.dimension] == "consensus" and seat.seat != "third"
        if not (seat.state in UNLOCKED or in_talks) or not _is_gone(work, seat.account_id):
            continue
        if in_talks:
            talked_over.add(seat.dimension)
        journal.advance(
            work,
            seat,
            "release" if seat.state == "scored" else "relieve",
            role=Role.SYSTEM,
            guards={"reason_given": True, "holder_gone": True},
            dimension=seat.dimension,
            evaluator=seat.account_id,
        )
    score_again(work, application, talked_over, role=Role.SYSTEM)


def _is_gone(work: Work, person: int) -> bool:
    """Whether the account was closed, or does not evaluate any more."""
    account = work.session.get_one(Account, person)
    return not account.active or Role.EVALUATOR not in roles_of_account(work.session, person)


def free_seats(work: Work, person: int | None = None) -> None:
    """Whoever is partial, or gone, leaves their seats: in the files of one person, or in all that are being evaluated."""
    wanted = held_by_unfit() if person is None else held_in_evaluation(person)
    for application, _ in list_applications(work.session, wanted):
        score_again(work, application, unseat_partial(work, application), role=Role.SYSTEM)
        release_gone(work, application)

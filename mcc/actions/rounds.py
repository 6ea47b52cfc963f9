"""A new round of the evaluation: dimensions that have to be scored again, and seats whose holder turned out partial.

The sheets of earlier rounds stay as they were; a round only adds rows.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from mcc.actions import journal
from mcc.actions.compare import find_dimension
from mcc.actions.permissions import find_tie
from mcc.actions.work import Role, Work
from mcc.db.queries.apply import list_applications
from mcc.db.queries.co_holders import held_by
from mcc.db.queries.evaluate import active_assignments, dimensions_of, discussions_of, final_levels, sheet_of
from mcc.db.tables import Application, Assignment, Discussion, FinalLevel, Score

COMPARED = {"consensus", "divergent", "closed"}
"""States of a dimension that rest on both sheets."""


def open_round(work: Work, application: Application, again: AbstractSet[str], *, role: Role) -> None:
    """Score the dimensions `again` anew; whatever else was found goes on as it is."""
    if not again:
        return
    last, application.round = application.round, application.round + 1
    seats = active_assignments(work.session, application.key)
    first_two = [seat for seat in seats if seat.dimension in again and seat.seat != "third"]
    _carry_findings(work, application, last, again)
    for seat in [*first_two, *(seat for seat in seats if seat.dimension not in again)]:
        _carry_sheet(work, application, seat, last)
    for dimension in sorted(again):
        journal.advance(work, find_dimension(work, application, dimension), "reopen", role=role)
    for seat in first_two:
        if seat.state == "scored":
            journal.advance(work, seat, "reopen", role=Role.SYSTEM)


def _carry_findings(work: Work, application: Application, last: int, again: AbstractSet[str]) -> None:
    """Levels that stand and talks that were had in the other dimensions."""
    findings: list[FinalLevel | Discussion] = [
        *final_levels(work.session, application.key, last).values(),
        *discussions_of(work.session, application.key, last).values(),
    ]
    for row in findings:
        if row.dimension not in again:
            copied = type(row)(**row.model_dump(exclude={"id", "round"}), round=application.round)
            work.session.add(copied)


def _carry_sheet(work: Work, application: Application, seat: Assignment, last: int) -> None:
    for score in sheet_of(work.session, seat.key, last).values():
        work.session.add(Score(**score.model_dump(exclude={"id", "round"}), round=application.round))


def vacate_seats(
    work: Work, application: Application, person: int, *, role: Role, reason: str | None
) -> set[str]:
    """Free every seat of a person who must not judge this file; returns the dimensions that rested on them.

    Without words the reason is a tie that the records show.
    """
    states = {row.dimension: row.state for row in dimensions_of(work.session, application.key)}
    rested = set()
    for seat in active_assignments(work.session, application.key):
        if seat.account_id != person:
            continue
        if seat.state == "scored" and states[seat.dimension] in COMPARED:
            rested.add(seat.dimension)
        seat.conflict_reason = reason
        guards = {"reason_given": reason is None or bool(reason)}
        journal.advance(work, seat, "declare_conflict", role=role, guards=guards, words=reason)
    return rested


def vacate_partial_seats(work: Work, application: Application) -> set[str]:
    """The same for everybody who became bound to a collective of the file after taking a seat."""
    partial = list_partial(work, application)
    vacated = [
        vacate_seats(work, application, person, role=Role.SYSTEM, reason=None) for person in sorted(partial)
    ]
    return set().union(*vacated)


def leave_seats(work: Work, person: int, organisation_id: int) -> None:
    """Whoever comes to belong to a collective leaves its files at once, so that somebody else can be seated."""
    for application, _ in list_applications(work.session, held_by({organisation_id})):
        seated = {row.account_id for row in active_assignments(work.session, application.key)}
        if person in seated and application.state in {"admitted", "in_evaluation"}:
            rested = vacate_seats(work, application, person, role=Role.SYSTEM, reason=None)
            open_round(work, application, rested, role=Role.SYSTEM)


def list_partial(work: Work, application: Application) -> set[int]:
    seated: Iterable[int] = {row.account_id for row in active_assignments(work.session, application.key)}
    return {person for person in seated if find_tie(work, application, person) is not None}

"""A new round of the evaluation: dimensions, or single indicators, that have to be scored again.

The sheets of earlier rounds stay as they were; a round only adds rows.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from mcc.actions import journal
from mcc.actions.compare import find_dimension
from mcc.actions.work import Role, Work
from mcc.db.queries.evaluate import active_assignments, discussions_of, final_levels, sheet_of
from mcc.db.tables import Application, Assignment, Discussion, FinalLevel, Score


def open_round(
    work: Work,
    application: Application,
    again: AbstractSet[str],
    *,
    role: Role,
    affected: AbstractSet[str] | None = None,
) -> None:
    """Score the dimensions `again` anew; whatever else was found goes on as it is.

    With `affected` only those indicators of the dimensions are scored, and the levels of the others stand.
    """
    if not again:
        return
    last, application.round = application.round, application.round + 1
    seats = active_assignments(work.session, application.key)
    first_two = [seat for seat in seats if seat.dimension in again and seat.seat != "third"]
    _carry_findings(work, application, last, again)
    _carry_unaffected(work, application, last, again, affected)
    for seat in [*first_two, *(seat for seat in seats if seat.dimension not in again)]:
        _carry_sheet(work, application, seat, last)
    for dimension in sorted(again):
        journal.advance(work, find_dimension(work, application, dimension), "reopen", role=role)
    for seat in first_two:
        if seat.state == "scored":
            journal.advance(work, seat, "reopen", role=Role.SYSTEM)


def correct_levels(work: Work, application: Application, corrected: Mapping[str, int]) -> None:
    """A round in which nobody scores: everything goes on as it was found, but for what an appeal panel corrected."""
    last, application.round = application.round, application.round + 1
    for row in final_levels(work.session, application.key, last).values():
        facts = row.model_dump(exclude={"id", "round", "level", "origin"})
        changed = row.indicator in corrected
        level = corrected[row.indicator] if changed else row.level
        origin = "appeal" if changed else row.origin
        work.session.add(FinalLevel(**facts, round=application.round, level=level, origin=origin))
    for talk in discussions_of(work.session, application.key, last).values():
        work.session.add(Discussion(**talk.model_dump(exclude={"id", "round"}), round=application.round))
    for seat in active_assignments(work.session, application.key):
        _carry_sheet(work, application, seat, last)


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


def _carry_unaffected(
    work: Work,
    application: Application,
    last: int,
    again: AbstractSet[str],
    affected: AbstractSet[str] | None,
) -> None:
    """Levels of the dimensions `again` that stand all the same, marked so that no seat scores them."""
    for row in final_levels(work.session, application.key, last).values():
        kept = row.origin == "kept" and (affected is None or row.indicator not in affected)
        if row.dimension in again and (kept or (affected is not None and row.indicator not in affected)):
            facts = row.model_dump(exclude={"id", "round", "origin"})
            origin = "kept" if kept else "carried"
            work.session.add(FinalLevel(**facts, round=application.round, origin=origin))


def _carry_sheet(work: Work, application: Application, seat: Assignment, last: int) -> None:
    for score in sheet_of(work.session, seat.key, last).values():
        work.session.add(Score(**score.model_dump(exclude={"id", "round"}), round=application.round))

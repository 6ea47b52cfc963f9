"""Two blind sheets side by side: where they differ, once both are locked."""

from mcc.actions.editions import pinned_rubric
from mcc.actions.work import Work
from mcc.db.queries.evaluate import (
    active_assignments,
    dimension_of,
    discussions_of,
    final_levels,
    not_applicable_of,
    sheet_of,
)
from mcc.db.tables import Application, DimensionEvaluation
from mcc.errors import NotFound
from rubric import Difference, compare

FIXED = ("carried", "kept")
"""Levels that a round does not ask for again: found in the round before, or in the application before this one."""


def find_dimension(work: Work, application: Application, dimension: str) -> DimensionEvaluation:
    evaluation = dimension_of(work.session, application.key, dimension)
    if evaluation is None:
        raise NotFound("dimension_unknown", where="dimension", value=dimension)
    return evaluation


def locked_levels(work: Work, application: Application, dimension: str, seat: str) -> dict[str, int] | None:
    """The levels of a seat in the present round, once it is locked."""
    for assignment in active_assignments(work.session, application.key, dimension):
        if assignment.seat == seat and assignment.state == "scored":
            sheet = sheet_of(work.session, assignment.key, application.round)
            return {indicator: score.level for indicator, score in sheet.items() if score.level is not None}
    return None


def fixed_indicators(work: Work, application: Application) -> set[str]:
    """What nobody scores in the present round: the level that stands came from an earlier one."""
    levels = final_levels(work.session, application.key, application.round)
    return {indicator for indicator, row in levels.items() if row.origin in FIXED}


def differences_of(work: Work, application: Application, dimension: str) -> tuple[Difference, ...] | None:
    """Where the two sheets differ; None until both are locked."""
    first = locked_levels(work, application, dimension, "first")
    second = locked_levels(work, application, dimension, "second")
    if first is None or second is None:
        return None
    left_out = approved_not_applicable(work, application).keys() | fixed_indicators(work, application)
    return compare(
        pinned_rubric(application),
        dimension,
        {indicator: level for indicator, level in first.items() if indicator not in left_out},
        {indicator: level for indicator, level in second.items() if indicator not in left_out},
    ).differences


def approved_not_applicable(work: Work, application: Application) -> dict[str, str]:
    rows = not_applicable_of(work.session, application.key)
    return {indicator: row.reason for indicator, row in rows.items() if row.approved}


def disputed_indicators(work: Work, application: Application, dimension: str) -> list[str]:
    """What the third evaluator scores: differences that were discussed without agreement."""
    discussed = discussions_of(work.session, application.key, application.round)
    return [
        row.indicator
        for row in differences_of(work, application, dimension) or ()
        if row.indicator in discussed and discussed[row.indicator].agreed_level is None
    ]

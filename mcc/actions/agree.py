"""Two blind sheets become one: equal levels stand, differences are discussed, a third person settles the rest.

No difference closes a dimension. Any other goes to consensus: one evaluator proposes, the other confirms.
Without agreement the lower level stands, unless the contested levels would change the award: then a third
evaluator scores them blind and the median counts (docs/contracts.md, "Evaluating").
"""

from collections.abc import Mapping

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.db.queries.evaluate import (
    active_assignments,
    dimension_of,
    dimensions_of,
    discussions_of,
    final_levels,
    not_applicable_of,
    sheet_of,
    visits_of,
)
from mcc.db.tables import Application, Assignment, DimensionEvaluation, Discussion, FinalLevel
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from rubric import Answers, Difference, changes_award, compare, median_level

COMPARABLE = {"open", "reopened"}


class DiscussionInput(Input):
    """A level that both stand behind, or None when there is no agreement; with the reason either way."""

    level: int | None = None
    reason: Prose


def settle_after_lock(work: Work, application: Application, assignment: Assignment) -> None:
    evaluation = find_dimension(work, application, assignment.dimension)
    if assignment.seat == "third":
        settle_median(work, application, evaluation)
    else:
        compare_when_scored(work, application, evaluation)
    settle_dimensions(work, application)


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


def differences_of(work: Work, application: Application, dimension: str) -> tuple[Difference, ...] | None:
    """Where the two sheets differ; None until both are locked."""
    first = locked_levels(work, application, dimension, "first")
    second = locked_levels(work, application, dimension, "second")
    if first is None or second is None:
        return None
    left_out = approved_not_applicable(work, application)
    return compare(
        pinned_rubric(application),
        dimension,
        {indicator: level for indicator, level in first.items() if indicator not in left_out},
        {indicator: level for indicator, level in second.items() if indicator not in left_out},
    ).differences


def approved_not_applicable(work: Work, application: Application) -> dict[str, str]:
    rows = not_applicable_of(work.session, application.key)
    return {indicator: row.reason for indicator, row in rows.items() if row.approved}


def compare_when_scored(work: Work, application: Application, evaluation: DimensionEvaluation) -> None:
    differences = differences_of(work, application, evaluation.dimension)
    if differences is None or evaluation.state not in COMPARABLE:
        return
    differing = {difference.indicator for difference in differences}
    first = locked_levels(work, application, evaluation.dimension, "first") or {}
    left_out = approved_not_applicable(work, application)
    for indicator, level in first.items():
        if indicator not in differing and indicator not in left_out:
            _settle(work, application, evaluation.dimension, indicator, level=level, origin="equal")
    action = "open_consensus" if differing else "close_equal"
    guards = {"both_scored": True, "no_difference": not differing, "differences_found": bool(differing)}
    journal.advance(work, evaluation, action, role=Role.SYSTEM, guards=guards, differences=sorted(differing))


def _settle(
    work: Work, application: Application, dimension: str, indicator: str, *, level: int, origin: str
) -> None:
    work.session.add(
        FinalLevel(
            application_id=application.key,
            dimension=dimension,
            indicator=indicator,
            round=application.round,
            level=level,
            origin=origin,
        )
    )


def propose_levels(
    work: Work, application: Application, dimension: str, given: Mapping[str, DiscussionInput]
) -> None:
    """One evaluator writes down what the two agreed on, or that they did not; the other has yet to confirm."""
    role = _require_discussant(work, application, dimension)
    differences = {row.indicator: row for row in differences_of(work, application, dimension) or ()}
    if problems := list_discussion_problems(differences, given):
        raise InputInvalid(problems)
    present = discussions_of(work.session, application.key, application.round)
    for indicator, entry in given.items():
        row = present.get(indicator) or Discussion(
            application_id=application.key,
            dimension=dimension,
            indicator=indicator,
            round=application.round,
            reason=entry.reason,
            proposed_by=work.actor.key,
        )
        row.agreed_level, row.reason = entry.level, entry.reason
        row.proposed_by, row.confirmed_by = work.actor.key, None
        work.session.add(row)
    journal.record(
        work,
        f"application:{application.id}",
        "propose_levels",
        role=role,
        application=application,
        dimension=dimension,
        indicators=sorted(given),
    )


def list_discussion_problems(
    differences: Mapping[str, Difference], given: Mapping[str, DiscussionInput]
) -> list[Problem]:
    problems = []
    for indicator, entry in given.items():
        if indicator not in differences:
            problems.append(Problem(indicator, "no_difference_here", {"value": indicator}))
            continue
        low, high = sorted((differences[indicator].first, differences[indicator].second))
        if entry.level is not None and not low <= entry.level <= high:
            facts = {"value": entry.level, "minimum": low, "maximum": high}
            problems.append(Problem(f"{indicator}.level", "level_out_of_range", facts))
    return problems


def confirm_levels(work: Work, application: Application, dimension: str) -> None:
    """The other evaluator stands behind what was proposed; when nothing is left open, the dimension is settled."""
    role = _require_discussant(work, application, dimension)
    discussed = discussions_of(work.session, application.key, application.round)
    waiting = [row for row in discussed.values() if row.dimension == dimension and row.confirmed_by is None]
    if not waiting:
        raise Refused("nothing_to_confirm", where="dimension", value=dimension)
    if any(row.proposed_by == work.actor.account_id for row in waiting):
        raise Refused("own_proposal", where="dimension", value=dimension)
    for row in waiting:
        row.confirmed_by = work.actor.key
        work.session.add(row)
    journal.record(
        work,
        f"application:{application.id}",
        "confirm_levels",
        role=role,
        application=application,
        dimension=dimension,
        indicators=sorted(row.indicator for row in waiting),
    )
    settle_dimensions(work, application)


def _require_discussant(work: Work, application: Application, dimension: str) -> Role:
    """Only the two who scored the dimension discuss it, and only while it is in consensus."""
    evaluation = find_dimension(work, application, dimension)
    mine = next(
        (
            row
            for row in active_assignments(work.session, application.key, dimension)
            if row.account_id == work.actor.account_id and row.seat != "third"
        ),
        None,
    )
    role = require(work, "discuss_differences", mine or evaluation)
    if mine is None:
        raise NotFound("dimension_unknown", where="dimension", value=dimension)
    if evaluation.state != "consensus":
        raise Refused("not_in_consensus", where="dimension", state=evaluation.state)
    return role


def settle_dimensions(work: Work, application: Application) -> None:
    """Close every dimension whose discussion has ended, then the evaluation when nothing is open."""
    for evaluation in dimensions_of(work.session, application.key):
        if evaluation.state == "consensus":
            _settle_consensus(work, application, evaluation)
    _complete_when_closed(work, application)


def _settle_consensus(work: Work, application: Application, evaluation: DimensionEvaluation) -> None:
    differences = differences_of(work, application, evaluation.dimension) or ()
    discussed = discussions_of(work.session, application.key, application.round)
    confirmed = {key: row for key, row in discussed.items() if row.confirmed_by is not None}
    if any(row.indicator not in confirmed for row in differences):
        return
    disputed = [row for row in differences if confirmed[row.indicator].agreed_level is None]
    if not disputed:
        guards = {"every_difference_settled": True}
        _close_consensus(work, application, evaluation, differences, action="agree", guards=guards)
        return
    stake = award_at_stake(work, application)
    if stake is None:
        return
    guards = {"every_difference_discussed": True, "award_unchanged": not stake, "award_at_stake": stake}
    if stake:
        journal.advance(work, evaluation, "call_third", role=Role.EVALUATOR, guards=guards)
        _reopen_third_seat(work, application, evaluation)
    else:
        _close_consensus(work, application, evaluation, differences, action="settle_lower", guards=guards)


def _close_consensus(
    work: Work,
    application: Application,
    evaluation: DimensionEvaluation,
    differences: tuple[Difference, ...],
    *,
    action: str,
    guards: Mapping[str, bool],
) -> None:
    discussed = discussions_of(work.session, application.key, application.round)
    for row in differences:
        agreed = discussed[row.indicator].agreed_level
        level, origin = (min(row.first, row.second), "lower") if agreed is None else (agreed, "consensus")
        _settle(work, application, evaluation.dimension, row.indicator, level=level, origin=origin)
    journal.advance(work, evaluation, action, role=Role.EVALUATOR, guards=guards)


def award_at_stake(work: Work, application: Application) -> bool | None:
    """Whether the levels still contested would change the award; None until every dimension has two sheets."""
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    discussed = discussions_of(work.session, application.key, application.round)
    settled = final_levels(work.session, application.key, application.round)
    for evaluation in dimensions_of(work.session, application.key):
        differences = differences_of(work, application, evaluation.dimension)
        if differences is None:
            return None
        for row in differences:
            talk = discussed.get(row.indicator)
            agreed = talk.agreed_level if talk is not None and talk.confirmed_by is not None else None
            low[row.indicator] = min(row.first, row.second) if agreed is None else agreed
            high[row.indicator] = max(row.first, row.second) if agreed is None else agreed
    fixed = {indicator: row.level for indicator, row in settled.items()}
    left_out = approved_not_applicable(work, application)
    rubric = pinned_rubric(application)
    lower = Answers(scores={**low, **fixed}, not_applicable=left_out)
    return changes_award(rubric, lower, Answers(scores={**high, **fixed}, not_applicable=left_out))


def disputed_indicators(work: Work, application: Application, dimension: str) -> list[str]:
    """What the third evaluator scores: differences that were discussed without agreement."""
    discussed = discussions_of(work.session, application.key, application.round)
    return [
        row.indicator
        for row in differences_of(work, application, dimension) or ()
        if row.indicator in discussed and discussed[row.indicator].agreed_level is None
    ]


def settle_median(work: Work, application: Application, evaluation: DimensionEvaluation) -> None:
    third = locked_levels(work, application, evaluation.dimension, "third") or {}
    discussed = discussions_of(work.session, application.key, application.round)
    for row in differences_of(work, application, evaluation.dimension) or ():
        agreed = discussed[row.indicator].agreed_level
        if agreed is None:
            level = median_level(row.first, row.second, third[row.indicator])
            _settle(work, application, evaluation.dimension, row.indicator, level=level, origin="median")
        else:
            _settle(work, application, evaluation.dimension, row.indicator, level=agreed, origin="consensus")
    journal.advance(work, evaluation, "settle_median", role=Role.SYSTEM, guards={"third_scored": True})


def _reopen_third_seat(work: Work, application: Application, evaluation: DimensionEvaluation) -> None:
    """In a later round the third evaluator of the first one is asked again."""
    for seat in active_assignments(work.session, application.key, evaluation.dimension):
        if seat.seat == "third" and seat.state == "scored":
            journal.advance(work, seat, "reopen", role=Role.SYSTEM)


def _complete_when_closed(work: Work, application: Application) -> None:
    closed = all(row.state == "closed" for row in dimensions_of(work.session, application.key))
    visited = bool(visits_of(work.session, application.key))
    if application.state == "in_evaluation" and closed and visited:
        guards = {"every_dimension_closed": closed, "visit_reported": visited}
        journal.advance(work, application, "complete_evaluation", role=Role.SYSTEM, guards=guards)


def final_answers(work: Work, application: Application) -> Answers:
    """The levels that stand, as the rubric scores them."""
    settled = final_levels(work.session, application.key, application.round)
    return Answers(
        scores={indicator: row.level for indicator, row in settled.items()},
        not_applicable=approved_not_applicable(work, application),
    )

"""From two blind sheets to the level that stands: the rules that close a dimension.

No difference closes it. Any other goes to consensus (agree.py). Without agreement the lower level stands, unless
the contested levels would change the award: then a third evaluator scores them blind and the median counts
(docs/contracts.md, "Evaluating").
"""

from collections.abc import Mapping

from mcc.actions import journal
from mcc.actions.compare import (
    approved_not_applicable,
    differences_of,
    find_dimension,
    fixed_indicators,
    locked_levels,
)
from mcc.actions.editions import pinned_rubric
from mcc.actions.work import Role, Work
from mcc.db.queries.challenge import open_challenges
from mcc.db.queries.evaluate import active_assignments, dimensions_of, discussions_of, final_levels
from mcc.db.queries.visit import visits_of
from mcc.db.tables import Application, Assignment, DimensionEvaluation, FinalLevel
from rubric import Answers, Assessment, Difference, assess, changes_award, median_level

COMPARABLE = {"open", "reopened"}


def settle_after_lock(work: Work, application: Application, assignment: Assignment) -> None:
    evaluation = find_dimension(work, application, assignment.dimension)
    if assignment.seat == "third":
        settle_median(work, application, evaluation)
    else:
        compare_when_scored(work, application, evaluation)
    settle_dimensions(work, application)


def compare_when_scored(work: Work, application: Application, evaluation: DimensionEvaluation) -> None:
    differences = differences_of(work, application, evaluation.dimension)
    if differences is None or evaluation.state not in COMPARABLE:
        return
    differing = {difference.indicator for difference in differences}
    first = locked_levels(work, application, evaluation.dimension, "first") or {}
    left_out = approved_not_applicable(work, application).keys() | fixed_indicators(work, application)
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
    settled = not open_challenges(work.session, application.key)
    if application.state == "in_evaluation" and closed and visited and settled:
        guards = {"every_dimension_closed": closed, "visit_reported": visited, "no_open_challenge": settled}
        journal.advance(work, application, "complete_evaluation", role=Role.SYSTEM, guards=guards)


def final_answers(work: Work, application: Application) -> Answers:
    """The levels that stand, as the rubric scores them."""
    settled = final_levels(work.session, application.key, application.round)
    return Answers(
        scores={indicator: row.level for indicator, row in settled.items()},
        not_applicable=approved_not_applicable(work, application),
    )


def compute_assessment(work: Work, application: Application) -> tuple[Answers, Assessment]:
    """The levels that stand and what the pinned edition makes of them."""
    answers = final_answers(work, application)
    return answers, assess(pinned_rubric(application), answers)

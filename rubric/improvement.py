"""Assessment → improvement plan: what to do first, what it would bring, how it is proven, who helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from rubric.answers import Answers
from rubric.model import Indicator, Labels, Rubric, levels_for
from rubric.scoring import Assessment, assess


class Urgency(IntEnum):
    """The order of the plan."""

    CRITICAL = 0
    """A critical indicator below its minimum."""
    WEAK_DIMENSION = 1
    """In a dimension below its minimum."""
    GAIN = 2


DAYS = {Urgency.CRITICAL: 30, Urgency.WEAK_DIMENSION: 90, Urgency.GAIN: 180}


@dataclass(frozen=True)
class PlanAction:
    indicator: str
    dimension: str
    urgency: Urgency
    level: int
    target: int
    gain: Fraction
    """The total with the target level minus the total now."""
    goal: Labels
    """The descriptor of the target level, word for word."""
    evidence: tuple[str, ...]
    support: tuple[str, ...]
    days: int


def plan(
    rubric: Rubric,
    answers: Answers,
    *,
    collective_class: str | None = None,
    scope_kind: str | None = None,
    members: int | None = None,
) -> tuple[PlanAction, ...]:
    """Every indicator with something to gain, criticals first, then weak dimensions, then by gain."""
    now = assess(rubric, answers)
    actions = []
    for item in rubric.indicators.values():
        if item.id in answers.not_applicable or answers.scores[item.id] >= rubric.maximum_level:
            continue
        goals = {
            level.value: level.descriptor
            for level in levels_for(
                item, collective_class=collective_class, scope_kind=scope_kind, members=members
            )
        }
        actions.append(_propose(rubric, answers, now, item, goals))
    order = list(rubric.indicators)
    return tuple(sorted(actions, key=lambda step: (step.urgency, -step.gain, order.index(step.indicator))))


def _propose(
    rubric: Rubric, answers: Answers, now: Assessment, item: Indicator, goals: dict[int, Labels]
) -> PlanAction:
    level = answers.scores[item.id]
    minimum = rubric.measured_award.critical_minimum
    failing = item.id in now.critical_failures
    # Level 1 says what is wanting: nobody can be asked to reach it. The least goal is what the mark asks at least.
    target = next_level(list(goals), max(level, minimum - 1))
    dimension = rubric.dimension_of(item.id).id
    if failing:
        urgency = Urgency.CRITICAL
    elif not now.dimensions[dimension].meets_minimum:
        urgency = Urgency.WEAK_DIMENSION
    else:
        urgency = Urgency.GAIN
    better = Answers({**answers.scores, item.id: target}, answers.not_applicable)
    return PlanAction(
        indicator=item.id,
        dimension=dimension,
        urgency=urgency,
        level=level,
        target=target,
        gain=assess(rubric, better).exact_total - now.exact_total,
        goal=goals[target],
        evidence=item.evidence,
        support=item.support,
        days=DAYS[urgency],
    )


def next_level(levels: Sequence[int], level: int) -> int:
    """The lowest level above this one."""
    return min(value for value in levels if value > level)

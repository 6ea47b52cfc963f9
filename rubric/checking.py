"""What a schema cannot see in an edition: weights that do not add up, gaps, names that do not exist."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rubric.model import MEASURED_AWARD, Dimension, Indicator, Level, Rubric, VariantCondition

Where = tuple[str | int, ...]
Found = tuple[Where, str, dict[str, Any]]

WHOLE = Decimal(100)


def check_sense(rubric: Rubric) -> Iterator[Found]:
    yield from _check_sum(("dimensions",), "dimensions", [item.weight for item in rubric.dimensions])
    yield from _check_unique(("dimensions",), [item.id for item in rubric.dimensions])
    yield from _check_unique(("awards",), [item.code for item in rubric.awards])
    yield from _check_unique(("rules",), [item.code for item in rubric.rules])
    yield from _check_unique(("support_lines",), [item.code for item in rubric.support_lines])
    yield from _check_unique(("evidence_kinds",), [item.code for item in rubric.evidence_kinds])
    yield from _check_levels(("generic_levels",), rubric.generic_levels, rubric.maximum_level)
    seen: set[str] = set()
    for index, dimension in enumerate(rubric.dimensions):
        where: Where = ("dimensions", index)
        yield from _check_sum(
            (*where, "indicators"), dimension.id, [item.weight for item in dimension.indicators]
        )
        yield from _check_indicators(rubric, dimension, where, seen)
        yield from _check_not_applicable(rubric, dimension, where)
    yield from _check_critical(rubric)
    yield from _check_awards(rubric)


def _check_sum(where: Where, name: str, weights: Sequence[Decimal]) -> Iterator[Found]:
    total = sum(weights, Decimal(0))
    if total != WHOLE:
        yield where, "weights_do_not_add_up", {"of": name, "value": str(total), "expected": str(WHOLE)}


def _check_unique(where: Where, names: Sequence[str]) -> Iterator[Found]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*where, index), "duplicate_id", {"value": name}


def _check_levels(where: Where, levels: Sequence[Level], maximum: int) -> Iterator[Found]:
    """Every level from 0 to the maximum, once, in order."""
    values = [level.value for level in levels]
    if values != list(range(maximum + 1)):
        missing = sorted(set(range(maximum + 1)) - set(values))
        yield where, "level_gap", {"value": values, "missing": missing}


def _check_indicators(rubric: Rubric, dimension: Dimension, where: Where, seen: set[str]) -> Iterator[Found]:
    for index, item in enumerate(dimension.indicators):
        here: Where = (*where, "indicators", index)
        if item.id in seen:
            yield (*here, "id"), "duplicate_id", {"value": item.id}
        seen.add(item.id)
        yield from _check_levels((*here, "levels"), item.levels, rubric.maximum_level)
        yield from _check_references(rubric, item, here)
        for number, variant in enumerate(item.variants):
            yield from _check_condition(variant.when, (*here, "variants", number, "when"))
            yield from _check_unique(
                (*here, "variants", number, "levels"), [str(level.value) for level in variant.levels]
            )
            for level in variant.levels:
                if level.value > rubric.maximum_level:
                    yield (*here, "variants", number), "level_out_of_range", {"value": level.value}


def _check_condition(when: VariantCondition, where: Where) -> Iterator[Found]:
    """A variant for everybody would silently replace the ordinary levels; one for nobody is never read."""
    size = when.members
    sized = size is not None and (size.start is not None or size.end is not None)
    if not (when.collective_class or when.scope_kind or sized):
        yield where, "variant_without_condition", {}
    for key, names in (("class", when.collective_class), ("scope_kind", when.scope_kind)):
        if names == ():
            yield (*where, key), "variant_for_nobody", {}
    if size and size.start is not None and size.end is not None and size.start > size.end:
        yield (*where, "members"), "members_range_empty", {"from": size.start, "to": size.end}


def _check_not_applicable(rubric: Rubric, dimension: Dimension, where: Where) -> Iterator[Found]:
    free = sum(item.id not in rubric.critical for item in dimension.indicators)
    if min(free, rubric.not_applicable.maximum_per_dimension) >= len(dimension.indicators):
        yield (*where, "indicators"), "not_applicable_empties_dimension", {"value": dimension.id}


def _check_references(rubric: Rubric, item: Indicator, here: Where) -> Iterator[Found]:
    for key, names, known in (
        ("evidence", item.evidence, {kind.code for kind in rubric.evidence_kinds}),
        ("support", item.support, {line.code for line in rubric.support_lines}),
    ):
        yield from _check_unique((*here, key), names)
        for name in names:
            if name not in known:
                yield (*here, key), f"unknown_{key}", {"value": name}


def _check_critical(rubric: Rubric) -> Iterator[Found]:
    for index, name in enumerate(rubric.critical):
        if name not in rubric.indicators:
            yield ("critical", index), "unknown_critical", {"value": name}
        elif name in rubric.critical[:index]:
            yield ("critical", index), "duplicate_id", {"value": name}


def _check_awards(rubric: Rubric) -> Iterator[Found]:
    """Best first, each as strict as the next in everything; the last is reached by everybody."""
    for index, (better, worse) in enumerate(zip(rubric.awards, rubric.awards[1:], strict=False)):
        steps = (
            (better.total_minimum, worse.total_minimum),
            (better.dimension_minimum, worse.dimension_minimum),
            (better.critical_minimum, worse.critical_minimum),
        )
        if any(high < low for high, low in steps) or all(high == low for high, low in steps):
            yield ("awards", index + 1), "awards_out_of_order", {"value": worse.code, "after": better.code}
    if MEASURED_AWARD not in {award.code for award in rubric.awards}:
        yield ("awards",), "measured_award_missing", {"value": MEASURED_AWARD}
    last = rubric.awards[-1]
    if last.total_minimum or last.dimension_minimum or last.critical_minimum:
        yield ("awards", len(rubric.awards) - 1), "no_award_for_everybody", {"value": last.code}
    if any(award.critical_minimum > rubric.maximum_level for award in rubric.awards):
        yield ("awards",), "critical_minimum_out_of_range", {"maximum": rubric.maximum_level}

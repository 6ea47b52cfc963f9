"""What scoring one application costs, as a multiple of the bare weighted sum in plain Python."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from rubric import Answers, assess, load_edition

TARGET = 30


def run(runs: int) -> dict[str, Any]:
    """The median of `runs` assessments over that of as many bare sums, timed in turns after a warm-up."""
    edition = load_edition("mcc-2026")
    answers = Answers(dict.fromkeys(edition.indicators, 3))
    weights = [
        (float(dimension.weight), [(item.id, float(item.weight)) for item in dimension.indicators])
        for dimension in edition.dimensions
    ]
    highest = edition.maximum_level

    def add_up() -> float:
        total = 0.0
        for share, indicators in weights:
            earned = 0.0
            for indicator, weight in indicators:
                earned += weight * answers.scores[indicator]
            total += share * earned / (100 * highest)
        return total

    assert add_up() == float(assess(edition, answers).exact_total), "both compute the same total"
    bare, whole = [], []
    for _ in range(runs):
        bare.append(_time(add_up))
        whole.append(_time(lambda: assess(edition, answers)))
    return {
        "name": "scoring",
        "ratio": statistics.median(whole) / statistics.median(bare),
        "target": TARGET,
        "baseline": "weighted sum in plain Python",
        "runs": runs,
    }


def _time(work: Callable[[], object]) -> int:
    start = time.perf_counter_ns()
    work()
    return time.perf_counter_ns() - start


AT_MOST = {"scoring": (run, 2000)}

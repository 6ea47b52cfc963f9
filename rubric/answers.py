"""Answers to an edition, and everything that can be wrong with them before they are scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rubric.model import Rubric


@dataclass(frozen=True)
class Answers:
    scores: Mapping[str, int]
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    """Indicator → reason."""
    edition: str | None = None


@dataclass(frozen=True)
class AnswerProblem:
    """One thing wrong with answers.

    Codes: unknown_indicator, level_out_of_range, answer_missing, answered_twice, not_applicable_critical,
    not_applicable_without_reason, too_many_not_applicable, nothing_applicable, wrong_edition.
    """

    code: str
    where: str
    value: Any = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class AnswersInvalid(ValueError):
    """Incomplete or impossible answers are never scored; `problems` lists everything that is wrong."""

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in problems))
        self.problems = problems


def check_answers(
    rubric: Rubric, answers: Answers, *, dimension: str | None = None
) -> tuple[AnswerProblem, ...]:
    """Everything that is wrong with the answers, for the whole edition or for one dimension."""
    problems = []
    if answers.edition is not None and answers.edition != rubric.id:
        problems.append(AnswerProblem("wrong_edition", "edition", answers.edition, {"expected": rubric.id}))
    wanted = rubric.indicators
    if dimension is not None:
        wanted = {item.id: item for item in rubric.dimension(dimension).indicators}
    problems += _check_scores(rubric, answers, wanted)
    problems += _check_not_applicable(rubric, answers, wanted)
    return tuple(problems)


def _check_scores(rubric: Rubric, answers: Answers, wanted: Mapping[str, Any]) -> list[AnswerProblem]:
    problems = []
    highest = rubric.maximum_level
    for indicator, level in answers.scores.items():
        if indicator not in wanted:
            problems.append(AnswerProblem("unknown_indicator", f"scores.{indicator}", level))
        elif type(level) is not int or not 0 <= level <= highest:
            facts = {"minimum": 0, "maximum": highest}
            problems.append(AnswerProblem("level_out_of_range", f"scores.{indicator}", level, facts))
    answered = answers.scores.keys() | answers.not_applicable.keys()
    problems += [AnswerProblem("answer_missing", f"scores.{name}") for name in wanted if name not in answered]
    return problems


def _check_not_applicable(rubric: Rubric, answers: Answers, wanted: Mapping[str, Any]) -> list[AnswerProblem]:
    problems = []
    left_out: dict[str, int] = {}
    for indicator, reason in answers.not_applicable.items():
        where = f"not_applicable.{indicator}"
        if indicator not in wanted:
            problems.append(AnswerProblem("unknown_indicator", where))
            continue
        if indicator in rubric.critical:
            problems.append(AnswerProblem("not_applicable_critical", where))
        if not str(reason or "").strip():
            problems.append(AnswerProblem("not_applicable_without_reason", where))
        if indicator in answers.scores:
            problems.append(AnswerProblem("answered_twice", where))
        home = rubric.dimension_of(indicator).id
        left_out[home] = left_out.get(home, 0) + 1
    most = rubric.not_applicable.maximum_per_dimension
    for home, count in left_out.items():
        if count > most:
            problems.append(AnswerProblem("too_many_not_applicable", home, count, {"maximum": most}))
        if count == len(rubric.dimension(home).indicators):
            problems.append(AnswerProblem("nothing_applicable", home, count))
    return problems

"""`mcc rubric`: editions and answers without a database; this loads the rubric library and nothing else of weight."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from mcc.cli.answering import answer, json_option, language_of_reader, print_document
from mcc.cli.problems import report_problems
from mcc.errors import Exit
from mcc.phrases import say
from rubric import (
    Answers,
    Assessment,
    PlanAction,
    Problem,
    Reason,
    Rubric,
    RubricInvalid,
    assess,
    check_answers,
    check_file,
    load_answers,
    load_edition,
    load_rubric,
    schema,
)
from rubric import plan as plan_improvement

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
edition_option = click.option(
    "--edition", type=FILE, help="File of an edition; default: the published one that ANSWERS names."
)


@click.group("rubric")
def command() -> None:
    """Check, score and plan with an edition of the rubric."""


@dataclass(frozen=True)
class Sheet:
    """Answers with the edition that they belong to."""

    rubric: Rubric
    answers: Answers


@command.command("check")
@click.argument("file", type=FILE)
@json_option
def check(file: Path) -> Exit:
    """List every problem of an edition as FILE:LINE:COL: path: message."""
    return report_problems(check_file(file), good=say("rubric.good", language_of_reader(), file=file))


@command.command("score")
@click.argument("answers", type=FILE)
@edition_option
@json_option
def score(answers: Path, edition: Path | None) -> Exit:
    """Score complete answers: total, dimensions, critical indicators, and each award with its reasons."""
    try:
        sheet = read_sheet(answers, edition)
    except RubricInvalid as invalid:
        return report_problems(invalid.problems)
    assessment = assess(sheet.rubric, sheet.answers)
    answer(assessment.as_document(), *describe_assessment(sheet.rubric, assessment))
    return Exit.YES


@command.command("plan")
@click.argument("answers", type=FILE)
@edition_option
@click.option(
    "--class", "collective_class", help="Class of the collective, as `workers`: its own words for levels."
)
@click.option("--scope", "scope_kind", type=click.Choice(["products", "services"]))
@click.option("--members", type=click.IntRange(1), help="Members of the collective.")
@json_option
def plan(
    answers: Path,
    edition: Path | None,
    collective_class: str | None,
    scope_kind: str | None,
    members: int | None,
) -> Exit:
    """List what to improve first, what it would bring, and who helps."""
    try:
        sheet = read_sheet(answers, edition)
    except RubricInvalid as invalid:
        return report_problems(invalid.problems)
    actions = plan_improvement(
        sheet.rubric, sheet.answers, collective_class=collective_class, scope_kind=scope_kind, members=members
    )
    language = language_of_reader()
    lines = [describe_action(action, language) for action in actions] or [
        say("rubric.nothing_to_improve", language)
    ]
    answer([document_action(action, language) for action in actions], *lines)
    return Exit.YES


@command.command("schema")
def show_schema() -> None:
    """Print the JSON Schema of an edition."""
    print_document(schema())


def read_sheet(file: Path, edition: Path | None) -> Sheet:
    """Complete answers and their edition. Raises RubricInvalid with every problem and its place."""
    located = load_answers(file)
    from mcc.actions.editions import CURRENT_EDITION  # noqa: PLC0415 - it brings the database along

    name = located.answers.edition or CURRENT_EDITION
    try:
        rubric = load_edition(name) if edition is None else load_rubric(edition)
    except KeyError as error:
        problem = Problem(str(file), 1, 1, "edition", "edition_unknown", {"value": name})
        raise RubricInvalid((problem,)) from error
    if problems := check_answers(rubric, located.answers):
        raise RubricInvalid(tuple(located.locate(problem) for problem in problems))
    return Sheet(rubric, located.answers)


def describe_assessment(rubric: Rubric, assessment: Assessment) -> list[str]:
    language = language_of_reader()
    lines = [f"{assessment.total}  {rubric.award(assessment.award).label.in_language(language)}"]
    lines += [
        f"  {assessment.dimensions[item.id].score:>8}  {item.label.in_language(language)}"
        for item in rubric.dimensions
    ]
    for award in rubric.awards:
        result = assessment.awards[award.code]
        words = say("rubric.reached" if result.reached else "rubric.not_reached", language)
        lines.append(f"{award.label.in_language(language)}: {words}")
        lines += [f"  {describe_reason(reason, language)}" for reason in result.reasons]
    return lines


def describe_reason(reason: Reason, language: str) -> str:
    shown = reason.as_document()
    return say(
        f"award_reason.{reason.code}",
        language,
        where=reason.where,
        value=shown["value"],
        minimum=shown["minimum"],
    )


def exact(gain: Fraction) -> Decimal:
    return Decimal(gain.numerator) / Decimal(gain.denominator)


def describe_action(action: PlanAction, language: str) -> str:
    gain = f"+{exact(action.gain):.2f}"
    return f"{action.indicator} {action.level}→{action.target} {gain:>6} ({action.days} d): {action.goal.in_language(language)}"


def document_action(action: PlanAction, language: str) -> dict[str, Any]:
    return {
        "indicator": action.indicator,
        "dimension": action.dimension,
        "level": action.level,
        "target": action.target,
        "gain": f"{exact(action.gain):.4f}",
        "goal": action.goal.in_language(language),
        "evidence": list(action.evidence),
        "support": list(action.support),
        "days": action.days,
    }

"""`mcc certificate propose | answer | vote | reject`: what is put to the committee about a certificate."""

from pathlib import Path

import click

from mcc.actions import motion
from mcc.actions.finding import find_certificate
from mcc.actions.hear import HeardInput
from mcc.actions.inputs import parse_input
from mcc.actions.motion import Measure, MotionInput, MotionVoteInput
from mcc.cli.answering import answer as say_done
from mcc.cli.answering import json_option
from mcc.cli.opening import as_option, data_option, working_as

MEASURES = click.Choice([item.value.replace("_", "-") for item in Measure])


@click.command("propose")
@click.argument("number")
@click.argument("measure", type=MEASURES)
@click.option("--reason", required=True, help="In words that the public page may show.")
@as_option
@data_option
@json_option
def propose(number: str, measure: str, reason: str, username: str, data: Path | None) -> None:
    """Put a MEASURE to the committee; the holder is heard first where it is adverse."""
    given = parse_input(MotionInput, {"measure": measure.replace("-", "_"), "reason": reason})
    with working_as(data, username) as work:
        row = motion.open_motion(work, find_certificate(work, number), given)
        until = None if row.hearing_until is None else str(row.hearing_until)
    say_done({"number": number, "measure": row.measure, "hearing_until": until}, f"{number}: {measure}")


@click.command("answer")
@click.argument("number")
@click.option("--answer", "words", required=True, help="What the holder has to say.")
@as_option
@data_option
@json_option
def answer(number: str, words: str, username: str, data: Path | None) -> None:
    """Answer, for the holder, what is put to the committee."""
    given = parse_input(HeardInput, {"answer": words})
    with working_as(data, username) as work:
        motion.answer_motion(work, find_certificate(work, number), given)
    say_done({"number": number, "answered": True}, number)


@click.command("vote")
@click.argument("number")
@click.option("--in-favour/--against", "in_favour", required=True)
@click.option("--reasons", required=True)
@as_option
@data_option
@json_option
def vote(number: str, reasons: str, username: str, data: Path | None, *, in_favour: bool) -> None:
    """Vote for the institution of the actor's mandate."""
    given = parse_input(MotionVoteInput, {"in_favour": in_favour, "reasons": reasons})
    with working_as(data, username) as work:
        row = motion.vote_motion(work, find_certificate(work, number), given)
    say_done({"number": number, "institution": row.institution, "in_favour": in_favour}, number)


@click.command("reject")
@click.argument("number")
@as_option
@data_option
@json_option
def reject(number: str, username: str, data: Path | None) -> None:
    """Record that the committee voted against what was put to it."""
    with working_as(data, username) as work:
        motion.reject_motion(work, find_certificate(work, number))
    say_done({"number": number, "outcome": "rejected"}, number)


COMMANDS = (propose, answer, vote, reject)

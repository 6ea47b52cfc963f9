"""The evaluators' part: seats, conflicts of interest, the sheet of one dimension, locking."""

from collections.abc import Mapping
from hashlib import sha256

from pydantic import Field

from mcc.actions import challenge, journal
from mcc.actions.compare import disputed_indicators, fixed_indicators
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import Code, Input
from mcc.actions.permissions import application_of, require
from mcc.actions.settle import settle_after_lock
from mcc.actions.unseat import release_gone
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.challenge import open_challenges
from mcc.db.queries.evaluate import (
    active_assignments,
    dimensions_of,
    dimensions_vacant,
    not_applicable_of,
    sheet_of,
)
from mcc.db.sealing import canonical_json
from mcc.db.tables import Application, Assignment, Score
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Rubric

OPEN = ("in_progress", "awaiting_evidence")
"""States of a seat in which its sheet may change."""


class ScoreInput(Input):
    level: int | None = None
    note: str = Field(default="", max_length=4000)
    evidence: list[Code] = Field(default_factory=list, max_length=50)


def begin_evaluation(work: Work, application: Application) -> None:
    """Open the evaluation once every dimension has its two evaluators, each of whom declared to have no conflict.

    The collective has accepted them before, or had its days to challenge them.
    """
    role = require(work, "begin_evaluation", application)
    seats = active_assignments(work.session, application.key)
    accepted = {(row.dimension, row.seat) for row in seats if row.state != "assigned"}
    dimensions = [row.dimension for row in dimensions_of(work.session, application.key)]
    wanted = {(dimension, seat) for dimension in dimensions for seat in ("first", "second")}
    guards = {
        "two_evaluators_per_dimension": not dimensions_vacant(work.session, application.key),
        "no_open_conflict": wanted <= accepted,
        "challenge_term_over": challenge.is_settled(work, application),
        "no_open_challenge": not open_challenges(work.session, application.key),
    }
    journal.advance(work, application, "begin_evaluation", role=role, guards=guards)


def accept(work: Work, assignment: Assignment, *, no_conflict: bool) -> None:
    """Take the seat, declaring that there is no conflict of interest with the collective."""
    role = require(work, "accept", assignment)
    journal.advance(work, assignment, "accept", role=role, guards={"no_conflict_declared": no_conflict})


def save_scores(
    work: Work, assignment: Assignment, given: Mapping[str, ScoreInput], *, seen: str | None = None
) -> str:
    """Keep what has been filled in so far; nothing has to be complete yet. Returns the mark of the sheet.

    `seen` is the mark of the sheet that the writer started from. Raises InputInvalid naming each indicator that is
    unknown, out of range or rests on unknown evidence; Refused when somebody saved something else meanwhile.
    """
    role = require(work, "save_scores", assignment)
    refuse_closed(assignment)
    application = application_of(work, assignment)
    rubric = pinned_rubric(application)
    if problems := list_sheet_problems(work, assignment, application, rubric, given):
        raise InputInvalid(problems)
    sheet = sheet_of(work.session, assignment.key, application.round)
    wanted = {**_read_entries(sheet), **{name: _plain(entry) for name, entry in given.items()}}
    if wanted == _read_entries(sheet):
        return mark_sheet(sheet)
    if seen is not None and seen != mark_sheet(sheet):
        raise Refused("sheet_changed", where="seen")
    for indicator, entry in given.items():
        score = sheet.get(indicator) or Score(
            assignment_id=assignment.key, indicator=indicator, round=application.round
        )
        score.level, score.note, score.evidence = entry.level, entry.note, list(entry.evidence)
        work.session.add(score)
    journal.record(
        work,
        f"assignment:{assignment.id}",
        "save_scores",
        role=role,
        application=application,
        indicators=len(given),
    )
    return mark_sheet(sheet_of(work.session, assignment.key, application.round))


def refuse_closed(assignment: Assignment) -> None:
    """Raises Refused once the sheet is locked: from then on nothing that it rests on changes."""
    if assignment.state not in OPEN:
        raise Refused("sheet_closed", where="assignment", state=assignment.state)


Entry = tuple[int | None, str, tuple[str, ...]]
BLANK_ENTRY: Entry = (None, "", ())


def mark_sheet(sheet: Mapping[str, Score]) -> str:
    """Names what a sheet says: two sheets that say the same have the same mark, a blank one among them."""
    said = {name: entry for name, entry in _read_entries(sheet).items() if entry != BLANK_ENTRY}
    return sha256(canonical_json(said)).hexdigest()[:16]


def _read_entries(sheet: Mapping[str, Score]) -> dict[str, Entry]:
    return {name: (row.level, row.note, tuple(row.evidence)) for name, row in sheet.items()}


def _plain(entry: ScoreInput) -> Entry:
    return entry.level, entry.note, tuple(entry.evidence)


def list_sheet_problems(
    work: Work,
    assignment: Assignment,
    application: Application,
    rubric: Rubric,
    given: Mapping[str, ScoreInput],
) -> list[Problem]:
    open_here = indicators_of(work, assignment, application, rubric)
    evidence = {item.code for item in evidence_of(work.session, application.key)}
    problems = []
    for indicator, entry in given.items():
        if indicator not in open_here:
            problems.append(Problem(indicator, "unknown_indicator", {"value": indicator}))
        elif entry.level is not None and not 0 <= entry.level <= rubric.maximum_level:
            facts = {"value": entry.level, "minimum": 0, "maximum": rubric.maximum_level}
            problems.append(Problem(f"{indicator}.level", "level_out_of_range", facts))
        unknown = [code for code in entry.evidence if code not in evidence]
        problems += [Problem(f"{indicator}.evidence", "evidence_unknown", {"item": code}) for code in unknown]
    return problems


def indicators_of(work: Work, assignment: Assignment, application: Application, rubric: Rubric) -> list[str]:
    """The indicators that this seat scores: those of the dimension that apply and are open, or those in dispute."""
    if assignment.seat == "third":
        return disputed_indicators(work, application, assignment.dimension)
    settled = {
        row.indicator for row in not_applicable_of(work.session, application.key).values() if row.approved
    }
    settled |= fixed_indicators(work, application)
    return [item.id for item in rubric.dimension(assignment.dimension).indicators if item.id not in settled]


def lock_scores(work: Work, assignment: Assignment) -> None:
    """Close the sheet for good; when the other one is closed too, the two are compared."""
    role = require(work, "lock", assignment)
    application = application_of(work, assignment)
    missing, unproven = list_gaps(work, assignment, application)
    guards = {"sheet_complete": not missing, "evidence_given": not unproven}
    journal.advance(work, assignment, "lock", role=role, guards=guards)
    settle_after_lock(work, application, assignment)
    release_gone(work, application)


def list_gaps(work: Work, assignment: Assignment, application: Application) -> tuple[list[str], list[str]]:
    """Indicators without level, note or settled request; and those whose level lacks evidence that was seen."""
    rubric = pinned_rubric(application)
    sheet = sheet_of(work.session, assignment.key, application.round)
    usable = {
        item.code
        for item in evidence_of(work.session, application.key)
        if item.digest is not None or item.seen_on is not None
    }
    waiting = {
        row.indicator
        for row in not_applicable_of(work.session, application.key).values()
        if row.approved is None
    }
    missing, unproven = [], []
    for indicator in indicators_of(work, assignment, application, rubric):
        score = sheet.get(indicator)
        if score is None or score.level is None or not score.note.strip() or indicator in waiting:
            missing.append(indicator)
        elif score.level >= 1 and not usable & set(score.evidence):
            unproven.append(indicator)
    return missing, unproven

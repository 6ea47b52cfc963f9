"""Where a collective sees itself: the levels of the rubric, with an example of its own. It counts for nothing but them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from mcc.actions import journal
from mcc.actions.editions import current_rubric, pinned_rubric
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.report import levels_of
from mcc.actions.work import Work
from mcc.db.queries.apply import earlier_self_scores, self_scores_of
from mcc.db.tables import Application, Organisation, SelfScore
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from rubric import Dimension, Level, Rubric

OPEN_STATES = ("draft", "info_requested")


class SelfScoreInput(Input):
    level: int | None = Field(default=None, ge=0)
    example: Prose | None = None


def rubric_of(application: Application) -> Rubric:
    return current_rubric() if application.edition is None else pinned_rubric(application)


def find_dimension(application: Application, name: str) -> Dimension:
    found = next((item for item in rubric_of(application).dimensions if item.id == name), None)
    if found is None:
        raise NotFound("dimension_unknown", where="dimension", value=name)
    return found


def describe_levels(
    work: Work, application: Application, dimension: Dimension
) -> dict[str, tuple[Level, ...]]:
    """The levels of each indicator, in the words that fit this collective."""
    organisation = work.session.get_one(Organisation, application.organisation_id)
    return {item.id: levels_of(item, application, organisation) for item in dimension.indicators}


@dataclass(frozen=True)
class Offered:
    """What a dimension's form starts from: what was kept; before anything is, what they wrote the last time."""

    answers: tuple[SelfScore, ...]
    from_last_time: bool


def offer_answers(work: Work, application: Application, dimension: Dimension) -> Offered:
    require(work, "self_assess", application)
    levels = {item.id: {level.value for level in item.levels} for item in dimension.indicators}
    kept = [row for row in self_scores_of(work.session, application.key) if row.indicator in levels]
    if kept:
        return Offered(tuple(kept), from_last_time=False)
    earlier = earlier_self_scores(work.session, application)
    fitting = tuple(row for row in earlier if row.level in levels.get(row.indicator, ()))
    return Offered(fitting, from_last_time=bool(fitting))


def self_assess(
    work: Work, application: Application, dimension: Dimension, given: Mapping[str, SelfScoreInput]
) -> None:
    """Keep what they wrote about one dimension; what is left out stays open."""
    role = require(work, "self_assess", application)
    if application.state not in OPEN_STATES:
        raise Refused("self_assessment_closed", where="application", state=application.state)
    present = {row.indicator: row for row in self_scores_of(work.session, application.key)}
    for item in dimension.indicators:
        said = given.get(item.id, SelfScoreInput())
        if said.level is not None and said.level not in {level.value for level in item.levels}:
            raise InputInvalid([Problem(f"{item.id}.level", "level_unknown", {"value": said.level})])
        row = present.get(item.id) or SelfScore(application_id=application.key, indicator=item.id)
        row.level, row.example = said.level, said.example or ""
        work.session.add(row)
    journal.record(
        work,
        f"application:{application.id}",
        "self_assess",
        role=role,
        application=application,
        dimension=dimension.id,
    )

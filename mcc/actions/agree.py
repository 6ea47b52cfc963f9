"""Where the two sheets differ, the two evaluators talk: one proposes a level or says that they disagree, the other confirms."""

from collections.abc import Mapping

from mcc.actions import journal
from mcc.actions.compare import differences_of, find_dimension
from mcc.actions.inputs import Input, Prose
from mcc.actions.permissions import require
from mcc.actions.settle import settle_dimensions
from mcc.actions.work import Role, Work
from mcc.db.queries.evaluate import active_assignments, discussions_of
from mcc.db.tables import Application, Discussion
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from rubric import Difference


class DiscussionInput(Input):
    """A level that both stand behind, or None when there is no agreement; with the reason either way."""

    level: int | None = None
    reason: Prose


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

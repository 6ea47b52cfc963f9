"""Courses, fairs and advice with their dates: entered by the office, shown beside the improvement plans that they fit."""

from collections.abc import Collection
from datetime import date

from mcc.actions import journal
from mcc.actions.editions import current_rubric
from mcc.actions.inputs import Code, Input, Line
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.support import offers_from
from mcc.db.tables import SupportOffer
from mcc.errors import InputInvalid, NotFound, Problem


class SupportInput(Input):
    line: Code
    title: Line
    place: Line
    contact: Line
    first_day: date | None = None
    last_day: date | None = None


def list_offers(work: Work) -> list[SupportOffer]:
    """What is not over, the soonest first."""
    require(work, "manage_support")
    return list(offers_from(work.session, work.today))


def find_fitting(work: Work, lines: Collection[str]) -> tuple[SupportOffer, ...]:
    """What is not over of these lines of support, the soonest first."""
    return tuple(row for row in offers_from(work.session, work.today) if row.line in lines)


def add_offer(work: Work, given: SupportInput) -> SupportOffer:
    role = require(work, "manage_support")
    problems = []
    if given.line not in {line.code for line in current_rubric().support_lines}:
        problems.append(Problem("line", "support_line_unknown", {"value": given.line}))
    if given.first_day and given.last_day and given.last_day < given.first_day:
        problems.append(Problem("last_day", "date_too_early", {"minimum": str(given.first_day)}))
    if problems:
        raise InputInvalid(problems)
    offer = SupportOffer(**given.model_dump(), added_by=work.actor.key, added_at=work.now)
    work.add(offer)
    journal.record(work, f"support_offer:{offer.id}", "add_support", role=role, line=given.line)
    return offer


def end_offer(work: Work, key: int) -> None:
    """It is shown no more."""
    role = require(work, "manage_support")
    offer = work.session.get(SupportOffer, key)
    if offer is None or offer.ended_at is not None:
        raise NotFound("support_unknown", where="support", value=key)
    offer.ended_at = work.now
    work.session.add(offer)
    journal.record(work, f"support_offer:{offer.id}", "end_support", role=role)

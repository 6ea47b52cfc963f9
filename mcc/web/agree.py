"""The consensus page: both sheets side by side, a proposal by one evaluator, the confirmation by the other."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import agree
from mcc.actions.agree import DiscussionInput
from mcc.actions.compare import differences_of, find_dimension
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_assignment
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import application_of, require
from mcc.actions.report import levels_of
from mcc.actions.work import Work
from mcc.db.queries.evaluate import active_assignments, discussions_of, sheet_of
from mcc.db.tables import Account, Application, Discussion, Organisation, Score
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter()
NO_AGREEMENT = "none"


@router.get("/evaluacion/{seat_id:key}/consenso")
def show_consensus(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    require(work, "discuss_differences", seat)
    application = application_of(work, seat)
    state = find_dimension(work, application, seat.dimension).state
    if state != "consensus":
        raise Refused("not_in_consensus", where="dimension", state=state)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    rubric = pinned_rubric(application)
    differences = differences_of(work, application, seat.dimension) or ()
    talks = {
        name: row
        for name, row in discussions_of(work.session, application.key, application.round).items()
        if row.dimension == seat.dimension
    }
    return render(
        request,
        "consensus.html",
        form=offer_discussion(talks) if form == BLANK else form,
        seat=seat,
        application=application,
        organisation=organisation,
        dimension=rubric.dimension(seat.dimension),
        rubric=rubric,
        differences=differences,
        levels={
            row.indicator: levels_of(rubric.indicator(row.indicator), application, organisation)
            for row in differences
        },
        sheets=read_both(work, application, seat.dimension),
        talks=talks,
        waiting=[row for row in talks.values() if row.confirmed_by is None],
    )


def read_both(
    work: Work, application: Application, dimension: str
) -> dict[str, tuple[str, dict[str, Score]]]:
    """Name and sheet of the evaluator in each seat; open to both once both are locked."""
    found = {}
    for seat in active_assignments(work.session, application.key, dimension):
        person = work.session.get_one(Account, seat.account_id)
        found[seat.seat] = (person.name, sheet_of(work.session, seat.key, application.round))
    return found


def offer_discussion(talks: dict[str, Discussion]) -> Form:
    typed: dict[str, tuple[str, ...]] = {}
    for name, row in talks.items():
        level = NO_AGREEMENT if row.agreed_level is None else str(row.agreed_level)
        typed |= {f"{name}.level": (level,), f"{name}.reason": (row.reason,)}
    return Form(typed)


@router.post("/evaluacion/{seat_id:key}/consenso")
def propose_levels(form: Annotated[Form, form_on(show_consensus)], work: Change, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    application = application_of(work, seat)
    differing = [row.indicator for row in differences_of(work, application, seat.dimension) or ()]
    agree.propose_levels(work, application, seat.dimension, read_discussion(form, differing))
    return go_to(f"/evaluacion/{seat_id}/consenso")


def read_discussion(form: Form, indicators: list[str]) -> dict[str, DiscussionInput]:
    """A level or "no agreement" for every difference, with its reason. Raises InputInvalid with every problem."""
    given: dict[str, DiscussionInput] = {}
    problems: list[Problem] = []
    for name in indicators:
        level = form.text(f"{name}.level")
        raw = {
            "level": None if level in {"", NO_AGREEMENT} else level,
            "reason": form.text(f"{name}.reason"),
        }
        if not level:
            problems.append(Problem(f"{name}.level", "missing"))
        try:
            given[name] = parse_input(DiscussionInput, raw)
        except InputInvalid as error:
            problems += [Problem(f"{name}.{item.where}", item.code, item.facts) for item in error.problems]
    if problems:
        raise InputInvalid(problems)
    return given


@router.post("/evaluacion/{seat_id:key}/confirmar", dependencies=[form_on(show_consensus)])
def confirm_levels(work: Change, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    agree.confirm_levels(work, application_of(work, seat), seat.dimension)
    return go_to(f"/evaluacion/{seat_id}")

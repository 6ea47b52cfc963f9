"""The coordinator's seats: who evaluates which dimension, what is left out, and the start of the evaluation."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import assign, evaluate, not_applicable
from mcc.actions.assign import ReliefInput, SeatInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.evaluate import active_assignments, dimensions_of, not_applicable_of
from mcc.db.tables import Account, Application
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.moves import open_move, seats_open
from mcc.web.pages import go_to, render

router = APIRouter()


def seated_names(work: Work, application: Application) -> dict[tuple[str, str], tuple[str, str]]:
    """Who holds a seat and in which state it is, by dimension and seat."""
    found = {}
    for row in active_assignments(work.session, application.key):
        person = work.session.get_one(Account, row.account_id)
        found[row.dimension, row.seat] = (person.name, row.state)
    return found


@router.get("/solicitudes/{reference}/evaluadores")
def ask_evaluators(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "assign_evaluator", application)
    if application.state not in {"admitted", "in_evaluation"}:
        raise Refused("not_open_for_assignment", where="application", state=application.state)
    dimensions = dimensions_of(work.session, application.key)
    seats = {row.dimension: seats_open(row.state) for row in dimensions}
    return render(
        request,
        "assign.html",
        form=form,
        reference=reference,
        rubric=pinned_rubric(application),
        seats=seats,
        taken=seated_names(work, application),
        evaluators=assign.list_candidates(work, application),
    )


@router.post("/solicitudes/{reference}/evaluadores")
def assign_evaluators(
    form: Annotated[Form, form_on(ask_evaluators)], work: Change, reference: str
) -> Response:
    """All the seats that were filled in, or none."""
    application = find_by_reference(work, reference)
    chosen = [name for name in form.typed if form.text(name)]
    if not chosen:
        raise InputInvalid([Problem("-", "missing")])
    for name in chosen:
        dimension, _, seat = name.rpartition(".")
        raw = {"dimension": dimension, "seat": seat, "evaluator": form.text(name)}
        assign.assign_evaluator(work, application, parse_input(SeatInput, raw))
    return go_to(f"/solicitudes/{reference}/evaluadores")


@router.get("/solicitudes/{reference}/relevar")
def ask_relief(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "assign_evaluator", application)
    seats = assign.list_relievable(work, application)
    if not seats:
        raise Refused("nobody_to_relieve", where="application")
    rubric = pinned_rubric(application)
    order = [dimension.id for dimension in rubric.dimensions]
    seats.sort(key=lambda row: (order.index(row.dimension), row.seat))
    return render(
        request,
        "relieve.html",
        form=form,
        reference=reference,
        rubric=rubric,
        seats=[(row, work.session.get_one(Account, row.account_id)) for row in seats],
    )


@router.post("/solicitudes/{reference}/relevar")
def relieve_evaluator(form: Annotated[Form, form_on(ask_relief)], work: Change, reference: str) -> Response:
    """One field names the seat: its dimension, and which of them it is."""
    dimension, _, seat = form.text("who").rpartition(".")
    if not seat:
        raise InputInvalid([Problem("who", "missing")])
    given = parse_input(ReliefInput, {"dimension": dimension, "seat": seat, "reason": form.text("reason")})
    assign.relieve_evaluator(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}/evaluadores")


@router.get("/solicitudes/{reference}/comenzar")
def ask_beginning(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "begin_evaluation")
    return render(
        request,
        "begin.html",
        form=form,
        reference=reference,
        rubric=pinned_rubric(application),
        taken=seated_names(work, application),
    )


@router.post("/solicitudes/{reference}/comenzar", dependencies=[form_on(ask_beginning)])
def begin_evaluation(work: Change, reference: str) -> Response:
    evaluate.begin_evaluation(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/no-aplica/{indicator}")
def ask_not_applicable(request: Request, work: Look, form: Blank, reference: str, indicator: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "decide_not_applicable", application)
    asked = not_applicable_of(work.session, application.key).get(indicator)
    if asked is None or asked.approved is not None:
        raise Refused("nothing_to_decide", where=indicator)
    item = pinned_rubric(application).indicator(indicator)
    return render(
        request, "not_applicable_decision.html", form=form, reference=reference, asked=asked, indicator=item
    )


@router.post("/solicitudes/{reference}/no-aplica/{indicator}")
def decide_not_applicable(
    form: Annotated[Form, form_on(ask_not_applicable)], work: Change, reference: str, indicator: str
) -> Response:
    if form.text("approved") not in {"yes", "no"}:
        raise InputInvalid([Problem("approved", "missing")])
    application = find_by_reference(work, reference)
    approved = form.text("approved") == "yes"
    not_applicable.decide_not_applicable(work, application, indicator, approved=approved)
    return go_to(f"/solicitudes/{reference}")

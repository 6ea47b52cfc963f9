"""The evaluator's pages: the seat, the sheet of one dimension, closing it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from mcc.actions import evaluate, missing, not_applicable, unseat
from mcc.actions.compare import find_dimension
from mcc.actions.editions import pinned_rubric
from mcc.actions.evaluate import ScoreInput, indicators_of, list_gaps
from mcc.actions.finding import find_assignment
from mcc.actions.inputs import parse_input
from mcc.actions.missing import AskInput
from mcc.actions.permissions import application_of, require
from mcc.actions.report import levels_of
from mcc.actions.work import Work
from mcc.api.inputs import ConflictInput, NotApplicableInput
from mcc.clock import CANELONES
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.evaluate import not_applicable_of, sheet_of
from mcc.db.queries.visit import evidence_requests_of, visits_of
from mcc.db.tables import Application, Assignment, Organisation, Score
from mcc.errors import InputInvalid, Problem
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.moves import refuse_closed_move
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/evaluacion/{seat_id:key}")
def show_seat(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    """The seat as it stands: to be accepted, to be filled in, or closed."""
    seat = find_assignment(work, seat_id)
    page = {"assigned": "seat.html"}.get(
        seat.state, "sheet.html" if seat.state in evaluate.OPEN else "sheet_closed.html"
    )
    facts = describe_sheet(work, seat)
    if page == "sheet.html" and form == BLANK:
        form = offer_sheet(work, seat, facts["application"])
    saved = request.query_params.get("guardado") == "1" and not form.problems
    return render(request, page, form=form, saved=saved, **facts)


def describe_sheet(work: Work, seat: Assignment) -> dict[str, Any]:
    """What the pages of one sheet show."""
    application = application_of(work, seat)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    rubric = pinned_rubric(application)
    indicators = [rubric.indicator(name) for name in indicators_of(work, seat, application, rubric)]
    sheet = sheet_of(work.session, seat.key, application.round)
    return {
        "seat": seat,
        "application": application,
        "organisation": organisation,
        "rubric": rubric,
        "dimension": rubric.dimension(seat.dimension),
        "dimension_state": find_dimension(work, application, seat.dimension).state,
        "indicators": indicators,
        "levels": {item.id: levels_of(item, application, organisation) for item in indicators},
        "sheet": sheet,
        "mark": evaluate.mark_sheet(sheet),
        "done": count_done(sheet, [item.id for item in indicators]),
        "evidence": evidence_of(work.session, application.key),
        "left_out": not_applicable_of(work.session, application.key),
        "visits": visits_of(work.session, application.key),
        "asked": [
            row
            for row in evidence_requests_of(work.session, application.key)
            if row.assignment_id == seat.key
        ],
    }


def count_done(sheet: Mapping[str, Score], indicators: Sequence[str]) -> int:
    """Indicators that have their level and their note; whether the proof suffices is told before closing."""
    return sum(
        name in sheet and sheet[name].level is not None and bool(sheet[name].note) for name in indicators
    )


def offer_sheet(work: Work, seat: Assignment, application: Application) -> Form:
    """The sheet as it was saved last."""
    typed: dict[str, tuple[str, ...]] = {}
    for name, score in sheet_of(work.session, seat.key, application.round).items():
        typed[f"{name}.level"] = () if score.level is None else (str(score.level),)
        typed[f"{name}.note"] = (score.note,)
        typed[f"{name}.evidence"] = tuple(score.evidence)
    return Form(typed)


@router.post("/evaluacion/{seat_id:key}/aceptar")
def accept(form: Annotated[Form, form_on(show_seat)], work: Change, seat_id: int) -> Response:
    evaluate.accept(work, find_assignment(work, seat_id), no_conflict=form.ticked("no_conflict"))
    return go_to(f"/evaluacion/{seat_id}")


@router.get("/evaluacion/{seat_id:key}/excusarse")
def ask_conflict(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    refuse_closed_move(seat, "declare_conflict")
    sheet = describe_sheet(work, seat)
    unseat.refuse_evaluated(sheet["application"], "declare_conflict")
    return render(request, "conflict.html", form=form, **sheet)


@router.post("/evaluacion/{seat_id:key}/excusarse")
def declare_conflict(form: Annotated[Form, form_on(ask_conflict)], work: Change, seat_id: int) -> Response:
    given = form.parse(ConflictInput)
    unseat.declare_conflict(work, find_assignment(work, seat_id), reason=given.reason)
    return go_to("/solicitudes")


@router.post("/evaluacion/{seat_id:key}/guardar")
def save_scores(
    request: Request, form: Annotated[Form, form_on(show_seat)], work: Change, seat_id: int
) -> Response:
    """For a person the sheet again; for the script of the sheet, how far it is."""
    mark = _save(work, form, seat_id)
    if request.headers.get("accept") != "application/json":
        return go_to(f"/evaluacion/{seat_id}?guardado=1")
    sheet = describe_sheet(work, find_assignment(work, seat_id))
    time = work.now.astimezone(CANELONES).strftime("%H:%M")
    return JSONResponse({"mark": mark, "time": time, "done": sheet["done"]})


@router.post("/evaluacion/{seat_id:key}/revisar")
def save_and_check(form: Annotated[Form, form_on(show_seat)], work: Change, seat_id: int) -> Response:
    """What was typed is kept before anything is said about what is still missing."""
    _save(work, form, seat_id)
    return go_to(f"/evaluacion/{seat_id}/cerrar")


def _save(work: Work, form: Form, seat_id: int) -> str:
    seat = find_assignment(work, seat_id)
    application = application_of(work, seat)
    named = indicators_of(work, seat, application, pinned_rubric(application))
    seen = form.text("seen") or None
    return evaluate.save_scores(work, seat, read_sheet(form, named), seen=seen)


def read_sheet(form: Form, indicators: list[str]) -> Mapping[str, ScoreInput]:
    """Every indicator of the sheet. Raises InputInvalid with the problems of all of them."""
    given: dict[str, ScoreInput] = {}
    problems: list[Problem] = []
    for name in indicators:
        raw = {
            "note": form.text(f"{name}.note"),
            "evidence": [code for code in form.texts(f"{name}.evidence") if code],
        }
        try:
            given[name] = parse_input(ScoreInput, {**raw, "level": form.text(f"{name}.level") or None})
        except InputInvalid as error:
            problems += [Problem(f"{name}.{item.where}", item.code, item.facts) for item in error.problems]
    if problems:
        raise InputInvalid(problems)
    return given


@router.get("/evaluacion/{seat_id:key}/cerrar")
def check_sheet(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    """The whole sheet once more, with what is missing, before it is closed for good."""
    seat = find_assignment(work, seat_id)
    evaluate.refuse_closed(seat)
    missing, unproven = list_gaps(work, seat, application_of(work, seat))
    facts = describe_sheet(work, seat)
    return render(request, "sheet_check.html", form=form, missing=missing, unproven=unproven, **facts)


@router.post("/evaluacion/{seat_id:key}/cerrar", dependencies=[form_on(check_sheet)])
def lock_scores(work: Change, seat_id: int) -> Response:
    evaluate.lock_scores(work, find_assignment(work, seat_id))
    return go_to(f"/evaluacion/{seat_id}")


@router.get("/evaluacion/{seat_id:key}/pedir")
def ask_what_is_missing(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    refuse_closed_move(seat, "await_evidence")
    require(work, "await_evidence", seat)
    return render(request, "await_evidence.html", form=form, **describe_sheet(work, seat))


@router.post("/evaluacion/{seat_id:key}/pedir")
def await_evidence(
    form: Annotated[Form, form_on(ask_what_is_missing)], work: Change, seat_id: int
) -> Response:
    missing.await_evidence(work, find_assignment(work, seat_id), form.parse(AskInput))
    return go_to(f"/evaluacion/{seat_id}")


@router.post("/evaluacion/{seat_id:key}/seguir")
def resume(work: Change, seat_id: int) -> Response:
    missing.resume(work, find_assignment(work, seat_id))
    return go_to(f"/evaluacion/{seat_id}")


@router.get("/evaluacion/{seat_id:key}/no-aplica")
def ask_to_leave_out(request: Request, work: Look, form: Blank, seat_id: int) -> Response:
    seat = find_assignment(work, seat_id)
    require(work, "request_not_applicable", seat)
    evaluate.refuse_closed(seat)
    return render(request, "not_applicable.html", form=form, **describe_sheet(work, seat))


@router.post("/evaluacion/{seat_id:key}/no-aplica")
def request_not_applicable(
    form: Annotated[Form, form_on(ask_to_leave_out)], work: Change, seat_id: int
) -> Response:
    given = form.parse(NotApplicableInput)
    not_applicable.request_not_applicable(
        work, find_assignment(work, seat_id), given.indicator, reason=given.reason
    )
    return go_to(f"/evaluacion/{seat_id}")

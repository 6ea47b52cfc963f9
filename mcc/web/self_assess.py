"""The collective's look at itself: one dimension of the rubric a page."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import self_assess
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import require
from mcc.actions.self_assess import SelfScoreInput, describe_levels, find_dimension, rubric_of
from mcc.db.queries.apply import self_scores_of
from mcc.db.tables import Application, SelfScore
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.pages import go_to, render
from rubric import Dimension

router = APIRouter(prefix="/solicitudes/{reference}/autoevaluacion")


@router.get("")
def show_self_assessment(request: Request, work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "self_assess", application)
    said = {row.indicator for row in self_scores_of(work.session, application.key) if row.level is not None}
    return render(
        request, "self_assessment.html", reference=reference, rubric=rubric_of(application), said=said
    )


@router.get("/{name}")
def ask_dimension(request: Request, work: Look, form: Blank, reference: str, name: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "self_assess", application)
    if application.state not in self_assess.OPEN_STATES:
        raise Refused("self_assessment_closed", where="application", state=application.state)
    dimension = find_dimension(application, name)
    offered = self_assess.offer_answers(work, application, dimension)
    return render(
        request,
        "self_assessment_dimension.html",
        form=form if form != BLANK else fill_in(offered.answers),
        from_last_time=form == BLANK and offered.from_last_time,
        reference=reference,
        rubric=rubric_of(application),
        dimension=dimension,
        levels=describe_levels(work, application, dimension),
    )


def fill_in(answers: Sequence[SelfScore]) -> Form:
    typed = {}
    for row in answers:
        typed[f"{row.indicator}.level"] = () if row.level is None else (str(row.level),)
        typed[f"{row.indicator}.example"] = (row.example,)
    return Form(typed)


@router.post("/{name}")
def keep_dimension(
    form: Annotated[Form, form_on(ask_dimension)], work: Change, reference: str, name: str
) -> Response:
    """Then on to the next dimension; after the last one, back to the list."""
    application = find_by_reference(work, reference)
    dimension = find_dimension(application, name)
    given = {item.id: _read(form, item.id) for item in dimension.indicators}
    self_assess.self_assess(work, application, dimension, given)
    return go_to(f"/solicitudes/{reference}/autoevaluacion{next_address(application, dimension)}")


def _read(form: Form, indicator: str) -> SelfScoreInput:
    raw = {name: form.text(f"{indicator}.{name}") or None for name in ("level", "example")}
    try:
        return parse_input(SelfScoreInput, raw)
    except InputInvalid as error:
        problems = [Problem(f"{indicator}.{item.where}", item.code, item.facts) for item in error.problems]
        raise InputInvalid(problems) from error


def next_address(application: Application, dimension: Dimension) -> str:
    names = [item.id for item in rubric_of(application).dimensions]
    place = names.index(dimension.id) + 1
    return f"/{names[place]}" if place < len(names) else ""

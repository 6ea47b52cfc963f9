"""Surveillance on the site: those at risk, opening it, and what the review found."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import surveil
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import require
from mcc.actions.report import levels_of
from mcc.actions.settle import final_answers
from mcc.actions.surveil import Cause, FindingInput, OpeningInput
from mcc.db.tables import Organisation
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.moves import refuse_closed_move
from mcc.web.pages import go_to, render
from mcc.web.suspend import find_issued

router = APIRouter()


@router.get("/vigilancia")
def list_at_risk(request: Request, work: Look) -> Response:
    rows = surveil.list_at_risk(work)
    names = {row.key: work.session.get_one(Organisation, row.organisation_id).name for row, _, _ in rows}
    return render(request, "at_risk.html", rows=rows, names=names)


@router.get("/solicitudes/{reference}/abrir-vigilancia")
def ask_opening(request: Request, work: Look, form: Blank, reference: str) -> Response:
    certificate = find_issued(work, reference)
    refuse_closed_move(certificate, "open_surveillance")
    require(work, "open_surveillance", certificate)
    rubric = pinned_rubric(find_by_reference(work, reference))
    return render(
        request,
        "surveillance_open.html",
        form=Form({"indicators": tuple(rubric.critical)}) if form == BLANK else form,
        reference=reference,
        certificate=certificate,
        rubric=rubric,
        signs=[sign.value for sign in surveil.find_signs(work, certificate)],
        causes=[Cause.SAMPLE.value, Cause.COMPLAINT.value],
    )


@router.post("/solicitudes/{reference}/abrir-vigilancia")
def open_surveillance(form: Annotated[Form, form_on(ask_opening)], work: Change, reference: str) -> Response:
    given = form.parse(OpeningInput, lists=["indicators"])
    surveil.open_surveillance(work, find_issued(work, reference), given)
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/vigilancia")
def ask_findings(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """Each indicator with the level that it had, and whether it still holds."""
    certificate, application = find_issued(work, reference), find_by_reference(work, reference)
    require(work, "close_surveillance", certificate)
    row = surveil.find_open(work, certificate)
    if row is None:
        raise Refused("no_surveillance", where="certificate", number=certificate.number)
    rubric, levels = pinned_rubric(application), final_answers(work, application).scores
    organisation = work.session.get_one(Organisation, application.organisation_id)
    items = [rubric.indicator(code) for code in row.indicators]
    return render(
        request,
        "surveillance.html",
        form=form,
        reference=reference,
        certificate=certificate,
        surveillance=row,
        rubric=rubric,
        items=items,
        reached={
            item.id: level
            for item in items
            for level in levels_of(item, application, organisation)
            if level.value == levels[item.id]
        },
    )


@router.post("/solicitudes/{reference}/vigilancia")
def recheck(form: Annotated[Form, form_on(ask_findings)], work: Change, reference: str) -> Response:
    certificate = find_issued(work, reference)
    row = surveil.find_open(work, certificate)
    named = [] if row is None else row.indicators
    surveil.recheck(work, certificate, read_findings(form, named))
    return go_to(f"/solicitudes/{reference}")


def read_findings(form: Form, indicators: Iterable[str]) -> Mapping[str, FindingInput]:
    """Every indicator. Raises InputInvalid with the problems of all of them."""
    given: dict[str, FindingInput] = {}
    problems: list[Problem] = []
    for code in indicators:
        raw = {name: form.text(f"{code}.{name}") for name in ("holds", "note")}
        try:
            given[code] = parse_input(
                FindingInput, {name: text for name, text in raw.items() if text.strip()}
            )
        except InputInvalid as error:
            problems += [Problem(f"{code}.{item.where}", item.code, item.facts) for item in error.problems]
    if problems:
        raise InputInvalid(problems)
    return given

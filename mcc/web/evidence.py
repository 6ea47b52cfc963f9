"""Evidence: adding a file or something to be seen on site, confirming that it was seen, and reading it back."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import evidence
from mcc.actions.editions import current_rubric
from mcc.actions.evidence import EvidenceInput, find_evidence, read_evidence
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import require
from mcc.actions.sending import take_once
from mcc.api.inputs import SightingInput
from mcc.chance import draw_word
from mcc.db.queries.apply import evidence_of
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.moves import may_add_evidence
from mcc.web.pages import go_to, render, send_file

router = APIRouter()


@router.get("/solicitudes/{reference}/evidencia")
def ask_evidence(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    role = require(work, "add_evidence", application)
    if not may_add_evidence(work, application):
        raise Refused("evidence_closed", where="application", state=application.state)
    return render(
        request,
        "evidence.html",
        form=prefill(once=draw_word(work.chance, 26)) if form == BLANK else form,
        reference=reference,
        role=role,
        present=evidence_of(work.session, application.key),
        kinds=current_rubric().evidence_kinds,
        today=work.today,
    )


@router.post("/solicitudes/{reference}/evidencia")
def add_evidence(form: Annotated[Form, form_on(ask_evidence)], work: Change, reference: str) -> Response:
    """The fields of the other form of evidence are left aside, but never a file: without scripts the page shows both."""
    given = form.without("once").parse(EvidenceInput)
    file, upload = form.upload, form.purify(work.settings)
    application = find_by_reference(work, reference)
    if file is not None and given.form != evidence.EvidenceForm.STORED:
        raise InputInvalid([Problem("form", "file_beside_sighting")])
    if file is not None:
        named = given.model_dump(exclude_none=True) | {"filename": file.filename}
        given = parse_input(EvidenceInput, named)
    if take_once(work, form.text("once")):
        evidence.add_evidence(work, application, given, upload)
    if application.state == "draft" and application.organisation_id in work.actor.organisations:
        return go_to(f"/solicitudes/{reference}/documentos")
    return go_to(f"/solicitudes/{reference}#evidencia")


@router.get("/solicitudes/{reference}/evidencia/{code}/vista")
def ask_sighting(request: Request, work: Look, form: Blank, reference: str, code: str) -> Response:
    application = find_by_reference(work, reference)
    evidence.refuse_closed(work, application, require(work, "see_on_site", application))
    item = find_evidence(work, application, code)
    return render(request, "sighting.html", form=form, reference=reference, item=item, today=work.today)


@router.post("/solicitudes/{reference}/evidencia/{code}/vista")
def see_on_site(
    form: Annotated[Form, form_on(ask_sighting)], work: Change, reference: str, code: str
) -> Response:
    given = parse_input(
        SightingInput, {name: form.text(name) for name in form.typed if form.text(name)} | {"code": code}
    )
    evidence.see_on_site(work, find_by_reference(work, reference), given.code, given.seen_on)
    return go_to(f"/solicitudes/{reference}#evidencia")


@router.get("/solicitudes/{reference}/evidencia/{code}")
def download_evidence(work: Look, reference: str, code: str) -> Response:
    item, content = read_evidence(work, find_by_reference(work, reference), code)
    return send_file(
        content, item.media_type or "application/octet-stream", f"{item.code}-{item.filename or item.code}"
    )

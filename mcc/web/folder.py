"""The folder of a collective: its papers, each with the day on which it expires."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import folder
from mcc.actions.catalogue import catalogue
from mcc.actions.folder import DocumentInput, find_folder, find_paper
from mcc.actions.inputs import parse_input
from mcc.errors import InputInvalid, Problem
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render, send_file, send_picture

router = APIRouter(prefix="/colectivos/{organisation_id:key}/carpeta")


@router.get("")
def show_folder(request: Request, work: Look, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    papers = folder.list_papers(work, organisation)
    return render(request, "folder.html", organisation=organisation, papers=papers)


@router.get("/agregar")
def ask_document(request: Request, work: Look, form: Blank, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    return _show_form(request, organisation, form)


@router.post("/agregar")
def add_document(
    form: Annotated[Form, form_on(ask_document)], work: Change, organisation_id: int
) -> Response:
    upload = form.purify(work.settings)
    folder.add_document(work, find_folder(work, organisation_id), _parse(form), upload)
    return go_to(f"/colectivos/{organisation_id}/carpeta")


@router.get("/{key:key}/reemplazar")
def ask_replacement(request: Request, work: Look, form: Blank, organisation_id: int, key: int) -> Response:
    organisation = find_folder(work, organisation_id)
    old = find_paper(work, organisation, key)
    known = prefill(document=old.document, title=old.title)
    return _show_form(request, organisation, form if form != BLANK else known, old)


@router.post("/{key:key}/reemplazar")
def replace_document(
    form: Annotated[Form, form_on(ask_replacement)], work: Change, organisation_id: int, key: int
) -> Response:
    upload = form.purify(work.settings)
    organisation = find_folder(work, organisation_id)
    old = find_paper(work, organisation, key)
    folder.add_document(work, organisation, _parse(form), upload, replaces=old)
    return go_to(f"/colectivos/{organisation_id}/carpeta")


def _show_form(request: Request, organisation: Any, form: Form, old: Any = None) -> Response:
    known = [(item.code, item.label) for item in catalogue().documents]
    return render(request, "folder_add.html", form=form, organisation=organisation, known=known, old=old)


def _parse(form: Form) -> DocumentInput:
    """The name of a file comes with it; without a file, that is what is wrong."""
    if form.upload is None:
        raise InputInvalid([Problem("file", "file_missing")])
    typed = {name: form.text(name) for name in form.typed if form.text(name).strip()}
    return parse_input(DocumentInput, typed | {"filename": form.upload.filename})


@router.post("/{key:key}/sacar")
def take_out(work: Change, organisation_id: int, key: int) -> Response:
    organisation = find_folder(work, organisation_id)
    folder.take_out(work, organisation, find_paper(work, organisation, key))
    return go_to(f"/colectivos/{organisation_id}/carpeta")


@router.get("/{key:key}")
def download_document(work: Look, organisation_id: int, key: int) -> Response:
    document = find_paper(work, find_folder(work, organisation_id), key)
    return send_file(folder.read_paper(work, document), document.media_type, document.filename)


@router.get("/{key:key}/imagen")
def show_picture(work: Look, organisation_id: int, key: int) -> Response:
    document = find_paper(work, find_folder(work, organisation_id), key)
    return send_picture(folder.read_paper(work, document), document.media_type)


@router.get("/carpeta.zip")
def download_bundle(work: Look, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    return send_file(
        folder.bundle(work, organisation), "application/zip", f"carpeta-{work.today.isoformat()}.zip"
    )

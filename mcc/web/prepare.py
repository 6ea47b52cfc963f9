"""The applicant's way to a complete application: a check before starting, and the documents, one by one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import folder
from mcc.actions.apply import CollectiveKind
from mcc.actions.catalogue import catalogue, documents_for
from mcc.actions.evidence import take_back_evidence
from mcc.actions.finding import find_by_reference
from mcc.actions.folder import DocumentInput, find_folder, find_paper
from mcc.actions.inputs import parse_input
from mcc.actions.prepare import SelfCheck, check_eligibility, list_documents
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.tables import Application
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from mcc.web.asking import Change, Look, PublicLook, greet
from mcc.web.forms import Blank, Form, form_on
from mcc.web.moves import may_add_evidence
from mcc.web.pages import go_to, render

router = APIRouter()

QUESTIONS = ("several", "in_canelones", "legal_status", "kind", "category")


@router.get("/antes-de-empezar", dependencies=[Depends(greet)])
def check_first(request: Request, work: PublicLook) -> Response:  # noqa: ARG001 - a page like the others
    """Five questions in the address itself: nothing is kept, and the answer can be sent to the others of the group."""
    typed = {name: value for name, value in request.query_params.items() if name in QUESTIONS and value}
    form = Form({name: (value,) for name, value in typed.items()})
    given = None
    if typed:
        try:
            given = parse_input(SelfCheck, typed)
        except InputInvalid as error:
            form = form.refused(error)
    return render(
        request,
        "self_check.html",
        status_code=422 if form.problems else 200,
        form=form,
        given=given,
        obstacles=() if given is None else check_eligibility(given),
        documents=()
        if given is None
        else documents_for(given.kind, given.category, legal_status=given.legal_status),
        kinds=[kind.value for kind in CollectiveKind],
        categories=catalogue().categories,
    )


def find_open(work: Work, reference: str) -> Application:
    """The application while its documents may change; with the folder beside it, which is the collective's alone.

    Raises Refused afterwards.
    """
    application = find_by_reference(work, reference)
    find_folder(work, application.organisation_id)
    if not may_add_evidence(work, application):
        raise Refused("evidence_closed", where="application", state=application.state)
    return application


@router.get("/solicitudes/{reference}/documentos")
def show_documents(request: Request, work: Look, reference: str) -> Response:
    application = find_open(work, reference)
    asked = list_documents(work, application)
    known = {item.document.code for item in asked}
    others = [item for item in evidence_of(work.session, application.key) if item.document not in known]
    return render(
        request,
        "documents.html",
        reference=reference,
        application=application,
        asked=asked,
        others=others,
    )


@router.get("/solicitudes/{reference}/documentos/{code}")
def ask_document(request: Request, work: Look, form: Blank, reference: str, code: str) -> Response:
    application = find_open(work, reference)
    asked = next((item for item in list_documents(work, application) if item.document.code == code), None)
    if asked is None:
        raise NotFound("document_not_asked", where="document", value=code)
    return render(request, "document.html", form=form, reference=reference, asked=asked)


@router.post("/solicitudes/{reference}/documentos/{code}")
def bring_document(
    form: Annotated[Form, form_on(ask_document)], work: Change, reference: str, code: str
) -> Response:
    """A new paper goes into the folder and from there into the application: it is photographed once."""
    upload = form.purify(work.settings)
    if form.upload is None:
        raise InputInvalid([Problem("file", "file_missing")])
    application = find_open(work, reference)
    organisation = find_folder(work, application.organisation_id)
    raw = {"document": code, "filename": form.upload.filename, "expires_on": form.text("expires_on") or None}
    paper = folder.add_document(work, organisation, parse_input(DocumentInput, raw), upload)
    folder.use_in_application(work, application, paper)
    return go_to(f"/solicitudes/{reference}/documentos#{code}")


@router.post("/solicitudes/{reference}/documentos/{code}/carpeta/{key:key}")
def use_paper(work: Change, reference: str, code: str, key: int) -> Response:
    application = find_open(work, reference)
    paper = find_paper(work, find_folder(work, application.organisation_id), key)
    folder.use_in_application(work, application, paper)
    return go_to(f"/solicitudes/{reference}/documentos#{code}")


@router.post("/solicitudes/{reference}/evidencia/{code}/sacar")
def take_back(work: Change, reference: str, code: str) -> Response:
    take_back_evidence(work, find_open(work, reference), code)
    return go_to(f"/solicitudes/{reference}/documentos")

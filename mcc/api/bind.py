"""The whole file of an application as one PDF."""

from fastapi import APIRouter, Response

from mcc.actions import bind
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import PDF_ANSWER, send_pdf
from mcc.api.asking import Change

router = APIRouter(prefix="/applications/{reference}", tags=["bind"])


@router.post("/bind", response_class=Response, responses=PDF_ANSWER)
def bind_file(work: Change, reference: Reference) -> Response:
    """With an index and numbered leaves; that it was made is written down."""
    application = find_by_reference(work, reference)
    return send_pdf(bind.bind_file(work, application).pdf, f"expediente-{application.number}")

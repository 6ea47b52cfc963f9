"""The whole file of an application as one PDF, for the office and whoever audits."""

from fastapi import APIRouter, Response

from mcc.actions import bind
from mcc.actions.finding import find_by_reference
from mcc.web.asking import Change
from mcc.web.pages import send_file

router = APIRouter()


@router.post("/solicitudes/{reference}/expediente.pdf")
def download_file(work: Change, reference: str) -> Response:
    """By a form: that a copy was made is written down."""
    application = find_by_reference(work, reference)
    bound = bind.bind_file(work, application)
    return send_file(bound.pdf, "application/pdf", f"expediente-{application.number}.pdf")

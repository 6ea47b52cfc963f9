"""The papers that go with a decision: the private report and the letter, as PDF."""

from fastapi import APIRouter, Response

from mcc.actions import report
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Reference
from mcc.api.answering import PDF_ANSWER, send_pdf
from mcc.api.asking import Look

router = APIRouter(prefix="/applications/{reference}", tags=["report"])


@router.get("/report", response_class=Response, responses=PDF_ANSWER)
def download_report(work: Look, reference: Reference) -> Response:
    """The private report, with the improvement plan."""
    application = find_by_reference(work, reference)
    return send_pdf(report.build_report(work, application), f"informe-{application.number}")


@router.get("/letter", response_class=Response, responses=PDF_ANSWER)
def download_letter(work: Look, reference: Reference) -> Response:
    """The letter, where there is no certificate."""
    application = find_by_reference(work, reference)
    return send_pdf(report.build_letter(work, application), f"carta-{application.number}")

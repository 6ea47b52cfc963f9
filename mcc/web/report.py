"""The papers that go with a decision: the private report and the letter, as PDF."""

from fastapi import APIRouter, Response

from mcc.actions import report
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import can
from mcc.actions.work import Work
from mcc.db.tables import Application
from mcc.web.asking import Look
from mcc.web.pages import send_file

router = APIRouter()


def list_papers(work: Work, application: Application) -> list[str]:
    """Which papers the person can have now, by the name that their address and their words share."""
    if not can(work, "view_report", application):
        return []
    offered = {"carta": report.LETTER_STATES, "informe": report.REPORT_STATES}
    return [paper for paper, states in offered.items() if application.state in states]


@router.get("/solicitudes/{reference}/informe.pdf")
def download_report(work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    content = report.build_report(work, application)
    return send_file(content, "application/pdf", f"informe-{application.number}.pdf")


@router.get("/solicitudes/{reference}/carta.pdf")
def download_letter(work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    content = report.build_letter(work, application)
    return send_file(content, "application/pdf", f"carta-{application.number}.pdf")

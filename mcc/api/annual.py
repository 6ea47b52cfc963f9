"""The year in figures, as a PDF."""

from fastapi import APIRouter, Response

from mcc.actions import annual
from mcc.api.answering import PDF_ANSWER, send_pdf
from mcc.api.asking import Look

router = APIRouter(tags=["annual"])


@router.get("/annual-reports/{year}", response_class=Response, responses=PDF_ANSWER)
def download_report(work: Look, year: int) -> Response:
    """Counts only, of what the reader may see."""
    return send_pdf(annual.build_annual_report(work, year), f"memoria-{year}")

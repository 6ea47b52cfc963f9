"""The year in figures, as a PDF for the office."""

from fastapi import APIRouter, Response

from mcc.actions import annual
from mcc.web.asking import Look
from mcc.web.pages import send_file

router = APIRouter()


@router.get("/memoria/{year}.pdf")
def download_report(work: Look, year: int) -> Response:
    return send_file(annual.build_annual_report(work, year), "application/pdf", f"memoria-{year}.pdf")

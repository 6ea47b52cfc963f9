"""Dates: of one file as a calendar, and for the office everything that falls due, as a page and as a calendar."""

from itertools import groupby

from fastapi import APIRouter, Request, Response

from mcc.actions import calendar
from mcc.actions.finding import find_by_reference
from mcc.web.asking import Look
from mcc.web.languages import language_of
from mcc.web.pages import render, send_file

router = APIRouter()
ICS = "text/calendar; charset=utf-8"


@router.get("/solicitudes/{reference}/fechas.ics")
def download_dates(request: Request, work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    content = calendar.write_calendar(work, application, language_of(request))
    return send_file(content, ICS, f"fechas-{reference}.ics")


@router.get("/vencimientos")
def show_due(request: Request, work: Look) -> Response:
    rows = calendar.list_due(work)
    days = [(day, list(due)) for day, due in groupby(rows, key=lambda row: row.day)]
    return render(request, "due.html", days=days, today=work.today)


@router.get("/vencimientos.ics")
def download_due(request: Request, work: Look) -> Response:
    return send_file(calendar.write_due(work, language_of(request)), ICS, "vencimientos.ics")

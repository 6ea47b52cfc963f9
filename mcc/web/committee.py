"""The committee's session: the agenda, its folder to print, the minutes of a day."""

from datetime import date

from fastapi import APIRouter, Request, Response

from mcc.actions import committee, motion
from mcc.actions.permissions import application_of
from mcc.db.queries.decide import session_days
from mcc.errors import InputInvalid, Problem
from mcc.web.asking import Look
from mcc.web.pages import render, send_file

router = APIRouter(prefix="/comite")


@router.get("")
def show_agenda(request: Request, work: Look) -> Response:
    items = committee.list_agenda(work)
    days = [day for day in session_days(work.session) if committee.list_decided(work, day)]
    motions = [
        (row, certificate, application_of(work, certificate), motion.is_heard(work, row))
        for row, certificate in motion.list_open(work)
    ]
    return render(request, "agenda.html", items=items, motions=motions, days=days, today=work.today)


@router.get("/carpeta.pdf")
def print_folder(work: Look) -> Response:
    content = committee.build_folder(work)
    return send_file(content, "application/pdf", f"carpeta-de-sesion-{work.today.isoformat()}.pdf")


@router.get("/acta.pdf")
def print_minutes(work: Look, dia: str) -> Response:
    try:
        day = date.fromisoformat(dia)
    except ValueError as error:
        raise InputInvalid([Problem("day", "date_from_datetime_parsing")]) from error
    content = committee.build_minutes(work, day)
    return send_file(content, "application/pdf", f"acta-{day.isoformat()}.pdf")

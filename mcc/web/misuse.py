"""Misuse of the mark: the form for anybody, what became of a report, and the cases of the office."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import misuse
from mcc.actions.misuse import MisuseInput
from mcc.actions.work import PUBLIC
from mcc.web.asking import PublicLook, greet, installation_of
from mcc.web.cases import show_filed
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/uso-indebido", dependencies=[Depends(greet)])
def ask_report(request: Request, work: PublicLook, form: Blank, certificado: str = "") -> Response:
    known = prefill(certificate=certificado, seen_on=work.today)
    return render(request, "misuse.html", form=known if form == BLANK else form, today=work.today)


@router.post("/uso-indebido")
def report_misuse(request: Request, form: Annotated[Form, form_on(ask_report)]) -> Response:
    given = form.parse(MisuseInput)
    installation = installation_of(request)
    with installation.look(PUBLIC) as work:
        misuse.refuse_flood(work)
    photo = form.purify(installation.settings)
    with installation.work(PUBLIC) as work:
        receipt = misuse.report_misuse(work, given, photo).receipt
    return go_to(f"/uso-indebido/{receipt}?recibido=1")


@router.get("/uso-indebido/{receipt}", dependencies=[Depends(greet)])
def show_report(request: Request, work: PublicLook, receipt: str, recibido: str = "") -> Response:
    """What became of it, for whoever holds the receipt: no word of what was reported stands on it."""
    return show_filed(request, work, receipt, just_filed=recibido == "1")

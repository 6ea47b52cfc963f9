"""Complaints: the form for anybody, what became of one, and how many there were."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import cases, complain, misuse
from mcc.actions.complain import About, ComplaintInput
from mcc.actions.work import PUBLIC
from mcc.web.asking import PublicLook, greet, installation_of
from mcc.web.cases import show_filed
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/quejas")


@router.get("", dependencies=[Depends(greet)])
def ask_complaint(request: Request, work: PublicLook, form: Blank) -> Response:  # noqa: ARG001 - every page with a form is shown again alike
    return render(request, "complaint.html", form=form, about=[item.value for item in About])


@router.post("")
def file_complaint(request: Request, form: Annotated[Form, form_on(ask_complaint)]) -> Response:
    given = form.parse(ComplaintInput)
    installation = installation_of(request)
    with installation.look(PUBLIC) as work:
        misuse.refuse_flood(work)
    with installation.work(PUBLIC) as work:
        receipt = complain.file_complaint(work, given).receipt
    return go_to(f"/quejas/{receipt}?recibido=1")


@router.get("/en-numeros", dependencies=[Depends(greet)])
def show_counts(request: Request, work: PublicLook) -> Response:
    return render(request, "case_counts.html", counts=cases.count_cases(work), as_of=work.today)


@router.get("/{receipt}", dependencies=[Depends(greet)])
def show_complaint(request: Request, work: PublicLook, receipt: str, recibido: str = "") -> Response:
    """What became of it, for whoever holds the receipt."""
    return show_filed(request, work, receipt, just_filed=recibido == "1")

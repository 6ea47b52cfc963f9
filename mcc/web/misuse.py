"""Misuse of the mark: the form for anybody, what became of a report, and the cases of the office."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import misuse
from mcc.actions.misuse import CaseMoveInput, MisuseInput
from mcc.actions.work import PUBLIC
from mcc.db.tables import Certificate
from mcc.web.asking import Change, Look, PublicLook, greet, installation_of
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render, send_picture
from workflows import load_workflow

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
    case = misuse.find_case(work, receipt)
    return render(
        request,
        "misuse_status.html",
        case=case,
        state=load_workflow("case").states[case.state],
        outcome=misuse.tell_outcome(work, case),
        just_filed=recibido == "1",
    )


@router.get("/casos")
def list_cases(request: Request, work: Look) -> Response:
    return render(request, "cases.html", cases=misuse.list_open(work), states=load_workflow("case").states)


@router.get("/casos/{receipt}")
def show_case(request: Request, work: Look, form: Blank, receipt: str) -> Response:
    case = misuse.open_case(work, receipt)
    workflow = load_workflow("case")
    labels = {move.action: move.label for move in workflow.moves}
    return render(
        request,
        "case.html",
        form=form,
        case=case,
        state=workflow.states[case.state],
        certificate=work.session.get(Certificate, case.certificate_id) if case.certificate_id else None,
        moves=[(action, labels[action]) for action in misuse.list_case_moves(work, case)],
        outcome=misuse.tell_outcome(work, case),
    )


@router.post("/casos/{receipt}")
def move_case(form: Annotated[Form, form_on(show_case)], work: Change, receipt: str) -> Response:
    case = misuse.open_case(work, receipt)
    given = form.without("move").parse(CaseMoveInput)
    misuse.move_case(work, case, form.text("move"), given)
    return go_to(f"/casos/{receipt}")


@router.get("/casos/{receipt}/imagen")
def show_photo(work: Look, receipt: str) -> Response:
    return send_picture(*misuse.read_photo(work, misuse.open_case(work, receipt)))

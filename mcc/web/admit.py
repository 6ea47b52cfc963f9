"""The coordinator's forms of admissibility: take up, ask, remind, archive, reopen, admit or not."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import admit
from mcc.actions.admit import MOST_ROUNDS, RefusalReason
from mcc.actions.assign import list_candidates
from mcc.actions.editions import workflow_of
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.db.queries.apply import requests_of
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.moves import open_move
from mcc.web.pages import go_to, render
from workflows import due_on

router = APIRouter()


@router.get("/solicitudes/{reference}/tomar")
def ask_file_number(request: Request, work: Look, form: Blank, reference: str) -> Response:
    open_move(work, reference, "take_up")
    return render(request, "take_up.html", form=form, reference=reference)


@router.post("/solicitudes/{reference}/tomar")
def take_up(form: Annotated[Form, form_on(ask_file_number)], work: Change, reference: str) -> Response:
    admit.take_up(work, find_by_reference(work, reference), form.parse(admit.TakeUpInput))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/pedir")
def ask_omissions(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "request_information")
    asked = len(requests_of(work.session, application.key))
    due = due_on(workflow_of(application), "info_requested", work.today)
    rounds_left = MOST_ROUNDS - asked
    return render(request, "request.html", form=form, reference=reference, rounds_left=rounds_left, due=due)


@router.post("/solicitudes/{reference}/pedir")
def request_information(
    form: Annotated[Form, form_on(ask_omissions)], work: Change, reference: str
) -> Response:
    given = form.parse(admit.RequestInput, lines=["items"])
    admit.request_information(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/recordar")
def ask_reminder(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "remind_applicant", application)
    if application.state != "info_requested":
        raise Refused("nothing_to_remind_of", where="application", state=application.state)
    open_request = requests_of(work.session, application.key)[-1]
    return render(request, "remind.html", form=form, reference=reference, open_request=open_request)


@router.post("/solicitudes/{reference}/recordar", dependencies=[form_on(ask_reminder)])
def remind_applicant(work: Change, reference: str) -> Response:
    admit.remind_applicant(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/archivar")
def ask_archiving(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "archive")
    open_request = requests_of(work.session, application.key)[-1]
    return render(request, "archive.html", form=form, reference=reference, open_request=open_request)


@router.post("/solicitudes/{reference}/archivar", dependencies=[form_on(ask_archiving)])
def archive(work: Change, reference: str) -> Response:
    admit.archive(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/reabrir")
def ask_reopening(request: Request, work: Look, form: Blank, reference: str) -> Response:
    open_move(work, reference, "reopen")
    return render(request, "reopen.html", form=form, reference=reference)


@router.post("/solicitudes/{reference}/reabrir", dependencies=[form_on(ask_reopening)])
def reopen(work: Change, reference: str) -> Response:
    admit.reopen(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/no-admitir")
def ask_refusal(request: Request, work: Look, form: Blank, reference: str) -> Response:
    open_move(work, reference, "refuse_admission")
    reasons = [reason.value for reason in RefusalReason]
    return render(request, "refuse.html", form=form, reference=reference, reasons=reasons)


@router.post("/solicitudes/{reference}/no-admitir")
def refuse_admission(form: Annotated[Form, form_on(ask_refusal)], work: Change, reference: str) -> Response:
    admit.refuse_admission(work, find_by_reference(work, reference), form.parse(admit.RefusalInput))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/admitir")
def ask_eligibility(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """With who could evaluate it: a file that cannot be staffed is better known before it is admitted."""
    application = open_move(work, reference, "admit")
    candidates = list_candidates(work, application)
    return render(
        request,
        "admit.html",
        form=form,
        reference=reference,
        able=[row for row in candidates if row.refusal is None],
        kept_out=[row for row in candidates if row.refusal is not None],
    )


@router.post("/solicitudes/{reference}/admitir")
def admit_application(
    form: Annotated[Form, form_on(ask_eligibility)], work: Change, reference: str
) -> Response:
    admit.admit(work, find_by_reference(work, reference), eligible=form.ticked("eligible"))
    return go_to(f"/solicitudes/{reference}")

"""How a file is evaluated that too few impartial people could."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import staff
from mcc.actions.assign import list_candidates
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.actions.staff import SafeguardInput
from mcc.db.queries.staff import safeguards_of
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/solicitudes/{reference}/salvaguarda")


@router.get("")
def ask_safeguard(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "set_safeguard", application)
    candidates = list_candidates(work, application)
    able = [row for row in candidates if row.refusal is None]
    if application.state not in staff.OPEN or len(able) >= staff.NEEDED:
        raise Refused("enough_evaluators", where="application")
    return render(
        request,
        "safeguard.html",
        form=form,
        reference=reference,
        able=able,
        advisers=[row for row in candidates if row.refusal == "gave_assistance"],
        safeguards=safeguards_of(work.session, application.key),
    )


@router.post("")
def set_safeguard(form: Annotated[Form, form_on(ask_safeguard)], work: Change, reference: str) -> Response:
    application = find_by_reference(work, reference)
    staff.set_safeguard(work, application, form.parse(SafeguardInput))
    return go_to(f"/solicitudes/{reference}")

"""The rules of use, which the collective accepts before its certificate is signed."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import accept_rules
from mcc.actions.accept_rules import AcceptanceInput
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.db.queries.accept_rules import agreement_of
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/solicitudes/{reference}/reglamento")


@router.get("")
def ask_acceptance(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """The rules; with a form while they wait for a yes, and with who said it afterwards."""
    application = find_by_reference(work, reference)
    require(work, "accept_rules", application)
    agreement = agreement_of(work.session, application.key)
    if agreement is None and not accept_rules.is_waiting_for_rules(work, application):
        raise Refused("nothing_to_accept", where="application")
    return render(
        request,
        "rules_of_use.html",
        form=form,
        reference=reference,
        rules=accept_rules.rules_of_use(),
        agreement=agreement,
    )


@router.post("")
def accept(form: Annotated[Form, form_on(ask_acceptance)], work: Change, reference: str) -> Response:
    accept_rules.accept_rules(work, find_by_reference(work, reference), form.parse(AcceptanceInput))
    return go_to(f"/solicitudes/{reference}")

"""The forms of a certificate's life: suspend, ratify, reinstate, withdraw, relinquish; each with its public reason."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import suspend
from mcc.actions.finding import find_by_reference
from mcc.actions.motion import find_open
from mcc.actions.permissions import require
from mcc.actions.suspend import ReasonInput
from mcc.actions.work import Work
from mcc.db.queries.certify import certificate_of
from mcc.db.tables import Certificate
from mcc.errors import NotFound, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.moves import refuse_closed_move
from mcc.web.pages import go_to, render

router = APIRouter()

MOVES: dict[str, tuple[str, Callable[[Work, Certificate, ReasonInput], None]]] = {
    "suspender": ("suspend", suspend.suspend),
    "ratificar": ("ratify_suspension", suspend.ratify_suspension),
    "reponer": ("reinstate", suspend.reinstate),
    "retirar": ("withdraw", suspend.withdraw),
    "renunciar": ("relinquish", suspend.relinquish),
}


def find_issued(work: Work, reference: str) -> Certificate:
    """The certificate of an application that the actor may see."""
    certificate = certificate_of(work.session, find_by_reference(work, reference).key)
    if certificate is None:
        raise NotFound("certificate_unknown", where="number", value=reference)
    return certificate


@router.get("/solicitudes/{reference}/certificado/{move}")
def ask_reason(request: Request, work: Look, form: Blank, reference: str, move: str) -> Response:
    certificate = find_issued(work, reference)
    if move not in MOVES:
        raise NotFound("address_unknown", where="address")
    if move != "ratificar":
        refuse_closed_move(certificate, MOVES[move][0])
    elif not suspend.is_provisional(certificate):
        raise Refused("nothing_to_ratify", where="certificate")
    require(work, MOVES[move][0], certificate)
    motion = find_open(work, certificate)
    proposed = prefill(reason=motion.reason) if motion is not None and form == BLANK else form
    return render(
        request,
        "certificate_move.html",
        form=proposed,
        reference=reference,
        move=move,
        certificate=certificate,
    )


@router.post("/solicitudes/{reference}/certificado/{move}")
def change_certificate(
    form: Annotated[Form, form_on(ask_reason)], work: Change, reference: str, move: str
) -> Response:
    if move not in MOVES:
        raise NotFound("address_unknown", where="address")
    _, change = MOVES[move]
    change(work, find_issued(work, reference), form.parse(ReasonInput))
    return go_to(f"/solicitudes/{reference}")

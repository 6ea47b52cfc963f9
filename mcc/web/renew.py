"""Asking for the mark again: renewing a certificate, another attempt, and the office's short evaluation."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import renew
from mcc.actions.editions import current_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.actions.renew import ShorteningInput
from mcc.db.queries.evaluate import final_levels
from mcc.db.queries.renew import continuation_of
from mcc.db.tables import Application
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.moves import address_of
from mcc.web.pages import go_to, render
from mcc.web.suspend import find_issued

router = APIRouter(prefix="/solicitudes/{reference}")


@router.get("/renovar")
def ask_renewal(request: Request, work: Look, form: Blank, reference: str) -> Response:
    certificate = find_issued(work, reference)
    require(work, "begin_renewal", certificate)
    renew.refuse_renewal(work, certificate)
    latest = certificate.valid_until - renew.IN_TIME
    return render(
        request,
        "renew.html",
        form=form,
        reference=reference,
        certificate=certificate,
        latest=latest,
        in_time=work.today <= latest,
    )


@router.post("/renovar", dependencies=[form_on(ask_renewal)])
def begin_renewal(work: Change, reference: str) -> Response:
    return go_to(address_of(renew.begin_renewal(work, find_issued(work, reference))))


@router.get("/volver-a-pedir")
def ask_another(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "begin_another", application)
    renew.refuse_another(application)
    return render(request, "another.html", form=form, reference=reference, application=application)


@router.post("/volver-a-pedir", dependencies=[form_on(ask_another)])
def begin_another(work: Change, reference: str) -> Response:
    return go_to(address_of(renew.begin_another(work, find_by_reference(work, reference))))


@router.get("/abreviar")
def ask_shortening(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """Every indicator with the level that it had; the critical ones are evaluated in any case."""
    application = find_by_reference(work, reference)
    require(work, "shorten_evaluation", application)
    if (obstacle := renew.find_obstacle(work, application)) is not None:
        raise Refused(obstacle, where="application")
    continuation = continuation_of(work.session, application.key)
    assert continuation is not None, "there is no obstacle"
    before = work.session.get_one(Application, continuation.follows_id)
    chosen = continuation.indicators or renew.list_proposed(work, application)
    return render(
        request,
        "shorten.html",
        form=Form({"indicators": tuple(chosen)}) if form == BLANK else form,
        reference=reference,
        rubric=current_rubric(),
        before=before,
        levels=final_levels(work.session, before.key, before.round),
    )


@router.post("/abreviar")
def shorten_evaluation(
    form: Annotated[Form, form_on(ask_shortening)], work: Change, reference: str
) -> Response:
    given = form.parse(ShorteningInput, lists=["indicators"])
    renew.shorten_evaluation(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}")

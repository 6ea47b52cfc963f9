"""The committee's form: how the vote came out, and the resolution that records it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import decide
from mcc.actions.decide import DecisionInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.mandates import committee
from mcc.actions.permissions import require
from mcc.actions.report import draft_reasons
from mcc.actions.settle import compute_assessment
from mcc.actions.vote import show_count
from mcc.db.queries.decide import reviews_of
from mcc.db.tables import Organisation
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.moves import open_move
from mcc.web.pages import go_to, render
from mcc.web.profile import draw_profile

router = APIRouter()


@router.get("/solicitudes/{reference}/decision")
def ask_decision(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "grant")
    require(work, "view_scores", application)
    rubric = pinned_rubric(application)
    _, assessment = compute_assessment(work, application)
    counted = show_count(work, application)
    if counted is None:
        return go_to(f"/solicitudes/{reference}/voto")
    return render(
        request,
        "decide.html",
        form=prefill(resolution_date=work.today, reasons=" ".join(draft_reasons(rubric, assessment)))
        if form == BLANK
        else form,
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        rubric=rubric,
        assessment=assessment,
        profile=draw_profile(rubric, assessment),
        counted=counted,
        institutions={item.code: item.label for item in committee().institutions},
        quorum=committee().quorum,
        reviews=reviews_of(work.session, application.key),
        today=work.today,
    )


@router.post("/solicitudes/{reference}/decision")
def decide_application(
    form: Annotated[Form, form_on(ask_decision)], work: Change, reference: str
) -> Response:
    decide.decide(work, find_by_reference(work, reference), form.parse(DecisionInput))
    return go_to(f"/solicitudes/{reference}")

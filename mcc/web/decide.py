"""The committee's form: the computed result and why, and the decision, as computed or lower."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import decide
from mcc.actions.decide import DecisionInput, compute_assessment, is_supported
from mcc.actions.editions import pinned_rubric
from mcc.actions.permissions import require
from mcc.actions.report import draft_reasons
from mcc.api.finding import find_by_reference
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
    return render(
        request,
        "decide.html",
        form=prefill(resolution_date=work.today, reasons=" ".join(draft_reasons(rubric, assessment)))
        if form == BLANK
        else form,
        reference=reference,
        application=application,
        organisation=work.session.get(Organisation, application.organisation_id),
        rubric=rubric,
        assessment=assessment,
        profile=draw_profile(rubric, assessment),
        open_awards=[award for award in rubric.awards if is_supported(rubric, award.code, assessment.award)],
        reviews=reviews_of(work.session, application.key),
        today=work.today,
    )


@router.post("/solicitudes/{reference}/decision")
def decide_application(
    form: Annotated[Form, form_on(ask_decision)], work: Change, reference: str
) -> Response:
    decide.decide(work, find_by_reference(work, reference), form.parse(DecisionInput))
    return go_to(f"/solicitudes/{reference}")

"""The vote of one institution on one file, and stepping aside from it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import vote
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.mandates import committee
from mcc.actions.permissions import require
from mcc.actions.report import draft_reasons
from mcc.actions.settle import compute_assessment
from mcc.actions.vote import StepAsideInput, VoteInput
from mcc.db.queries.decide import reviews_of
from mcc.db.queries.hear import hearing_of
from mcc.db.queries.mandates import mandate_of
from mcc.db.tables import Organisation
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.moves import refuse_closed_move
from mcc.web.pages import go_to, render
from mcc.web.profile import draw_profile

router = APIRouter(prefix="/solicitudes/{reference}")


@router.get("/voto")
def ask_vote(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "vote", application)
    refuse_closed_move(application, "grant")
    rubric = pinned_rubric(application)
    _, assessment = compute_assessment(work, application)
    own = vote.find_own(work, application)
    kept = (
        prefill(reasons=" ".join(draft_reasons(rubric, assessment)))
        if own is None
        else prefill(award=own.award, reasons=own.reasons)
    )
    mandate = mandate_of(work.session, work.actor.key, work.today)
    return render(
        request,
        "vote.html",
        form=kept if form == BLANK else form,
        reference=reference,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        rubric=rubric,
        assessment=assessment,
        profile=draw_profile(rubric, assessment),
        open_awards=[
            item for item in rubric.awards if vote.is_supported(rubric, item.code, assessment.award)
        ],
        may_return=vote.may_return(work, application),
        application=application,
        hearing=hearing_of(work.session, application.key),
        reviews=reviews_of(work.session, application.key),
        own=own,
        institution=None if mandate is None else committee().institution(mandate.institution),
    )


@router.post("/voto")
def cast_vote(form: Annotated[Form, form_on(ask_vote)], work: Change, reference: str) -> Response:
    given = form.parse(VoteInput)
    vote.vote(work, find_by_reference(work, reference), given)
    return go_to("/comite" if given.cast else f"/solicitudes/{reference}/voto")


@router.get("/excusarme")
def ask_reason(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "step_aside", application)
    vote.refuse_settled(application)
    return render(request, "step_aside.html", form=form, reference=reference)


@router.post("/excusarme")
def step_aside(form: Annotated[Form, form_on(ask_reason)], work: Change, reference: str) -> Response:
    """Afterwards the file is nowhere that the person could look."""
    vote.step_aside(work, find_by_reference(work, reference), form.parse(StepAsideInput))
    return go_to("/solicitudes")

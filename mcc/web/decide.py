"""The committee's form: how the vote came out, and the resolution that records it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import decide
from mcc.actions.decide import DecisionInput, QuestionsInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.hear import is_voted_adverse
from mcc.actions.mandates import committee
from mcc.actions.permissions import require
from mcc.actions.report import draft_reasons
from mcc.actions.settle import compute_assessment
from mcc.actions.vote import RETURN, Count, show_count
from mcc.db.queries.decide import reviews_of
from mcc.db.queries.hear import hearing_of
from mcc.db.tables import Organisation
from mcc.errors import Refused
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
    if counted.award == RETURN:
        return go_to(f"/solicitudes/{reference}/devolver")
    if is_voted_adverse(work, application):
        return go_to(f"/solicitudes/{reference}/dar-vista")
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
        hearing=hearing_of(work.session, application.key),
        reviews=reviews_of(work.session, application.key),
        today=work.today,
    )


@router.post("/solicitudes/{reference}/decision")
def decide_application(
    form: Annotated[Form, form_on(ask_decision)], work: Change, reference: str
) -> Response:
    decide.decide(work, find_by_reference(work, reference), form.parse(DecisionInput))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/devolver")
def ask_questions(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """Offered when that is what was voted; the questions start from those of the votes."""
    application = open_move(work, reference, "return_to_review")
    counted = show_count(work, application)
    if counted is None or counted.award != RETURN:
        raise Refused("guard_failed", where="application", guard="return_voted")
    return render(
        request,
        "return_to_review.html",
        form=prefill(questions=_join_questions(counted)) if form == BLANK else form,
        reference=reference,
        rubric=pinned_rubric(application),
        counted=counted,
        institutions={item.code: item.label for item in committee().institutions},
    )


def _join_questions(counted: Count) -> str:
    return "\n\n".join(row.vote.reasons for row in counted.ballots if row.vote.award == RETURN)


@router.post("/solicitudes/{reference}/devolver")
def return_to_review(form: Annotated[Form, form_on(ask_questions)], work: Change, reference: str) -> Response:
    decide.return_to_review(work, find_by_reference(work, reference), form.parse(QuestionsInput))
    return go_to(f"/solicitudes/{reference}")

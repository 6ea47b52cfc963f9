"""Everything that was found, for those who may read it, and the reviewer's form: send on, or send back."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import hear, review
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.hear import HearingInput
from mcc.actions.permissions import require
from mcc.actions.settle import compute_assessment, final_answers
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.decide import reviews_of
from mcc.db.queries.evaluate import dimensions_of, discussions_of, final_levels, not_applicable_of
from mcc.db.queries.hear import hearing_of
from mcc.db.queries.journal import last_words
from mcc.db.queries.visit import visits_of
from mcc.db.tables import Application, Organisation
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.agree import read_both
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.moves import open_move
from mcc.web.pages import go_to, render
from mcc.web.profile import draw_profile
from rubric import Assessment, check_answers

router = APIRouter()


def assessment_of(work: Work, application: Application) -> Assessment | None:
    """What the levels come to; None while some are still open."""
    if check_answers(pinned_rubric(application), final_answers(work, application)):
        return None
    return compute_assessment(work, application)[1]


@router.get("/solicitudes/{reference}/puntajes")
def show_findings(request: Request, work: Look, reference: str) -> Response:
    """Both sheets, what was agreed, and the levels that stand."""
    application = find_by_reference(work, reference)
    require(work, "view_scores", application)
    if application.edition is None:
        raise Refused("not_in_evaluation", where="application", state=application.state)
    rubric = pinned_rubric(application)
    assessment = assessment_of(work, application)
    dimensions = dimensions_of(work.session, application.key)
    return render(
        request,
        "findings.html",
        application=application,
        reference=reference,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        rubric=rubric,
        dimensions={row.dimension: row.state for row in dimensions},
        sheets={row.dimension: read_both(work, application, row.dimension) for row in dimensions},
        talks=discussions_of(work.session, application.key, application.round),
        final=final_levels(work.session, application.key, application.round),
        left_out=not_applicable_of(work.session, application.key),
        evidence={item.code: item for item in evidence_of(work.session, application.key)},
        visits=visits_of(work.session, application.key),
        hearing=hearing_of(work.session, application.key),
        reviews=reviews_of(work.session, application.key),
        assessment=assessment,
        profile=None if assessment is None else draw_profile(rubric, assessment),
    )


@router.get("/solicitudes/{reference}/revision")
def ask_review(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "send_to_decision")
    rubric = pinned_rubric(application)
    hearing = hearing_of(work.session, application.key)
    return render(
        request,
        "review.html",
        form=form,
        reference=reference,
        application=application,
        rubric=rubric,
        may_send=hear.may_go_on(work, application),
        may_return=application.state == "in_review" and review.may_return(work, application),
        may_hear=hearing is None and hear.is_adverse(work, application),
        may_reevaluate=application.state == "in_hearing" and hear.has_new_evidence(work, application),
        hearing=hearing,
        questions=last_words(work.session, application.key, "return_to_review"),
    )


@router.post("/solicitudes/{reference}/revision")
def review_application(form: Annotated[Form, form_on(ask_review)], work: Change, reference: str) -> Response:
    application = find_by_reference(work, reference)
    outcome = form.text("outcome")
    given = form.without("outcome")
    if outcome == "send":
        review.send_to_decision(work, application, given.without("dimensions").parse(review.ReviewInput))
    elif outcome == "hear":
        tells = HearingInput(tells=given.without("dimensions").parse(review.ReviewInput).notes)
        hear.open_hearing(work, application, tells)
    elif outcome == "reevaluate":
        again = given.parse(review.ReturnInput, lists=["dimensions"])
        review.reevaluate_after_hearing(work, application, again)
    elif outcome == "return":
        review.return_to_evaluation(work, application, given.parse(review.ReturnInput, lists=["dimensions"]))
    else:
        raise InputInvalid([Problem("outcome", "missing")])
    return go_to(f"/solicitudes/{reference}")

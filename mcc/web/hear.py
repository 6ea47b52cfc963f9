"""The hearing: what would be proposed, and the collective's answer; and the committee's way to give one."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import hear
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.hear import HeardInput, HearingInput
from mcc.actions.permissions import require
from mcc.actions.report import levels_of
from mcc.actions.settle import compute_assessment
from mcc.actions.vote import show_count
from mcc.db.queries.evaluate import final_levels
from mcc.db.queries.hear import hearing_of
from mcc.db.tables import Organisation
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render
from mcc.web.profile import draw_profile

router = APIRouter(prefix="/solicitudes/{reference}")


@router.get("/vista")
def ask_answer(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """The levels with their words, and no name of whoever gave them."""
    application = find_by_reference(work, reference)
    require(work, "answer_hearing", application)
    hearing = hearing_of(work.session, application.key)
    if application.state != "in_hearing" or hearing is None:
        raise Refused("nothing_to_answer", where="application")
    rubric = pinned_rubric(application)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    levels = final_levels(work.session, application.key, application.round)
    _, assessment = compute_assessment(work, application)
    return render(
        request,
        "hearing.html",
        form=form,
        reference=reference,
        hearing=hearing,
        rubric=rubric,
        assessment=assessment,
        profile=draw_profile(rubric, assessment),
        reached={
            item.id: level
            for item in rubric.indicators.values()
            if item.id in levels
            for level in levels_of(item, application, organisation)
            if level.value == levels[item.id].level
        },
    )


@router.post("/vista")
def answer_hearing(form: Annotated[Form, form_on(ask_answer)], work: Change, reference: str) -> Response:
    hear.answer_hearing(work, find_by_reference(work, reference), form.parse(HeardInput))
    return go_to(f"/solicitudes/{reference}")


@router.get("/dar-vista")
def ask_hearing(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """For the committee, where it voted less than was computed and nobody heard the collective yet."""
    application = find_by_reference(work, reference)
    require(work, "open_hearing", application)
    counted = show_count(work, application)
    if counted is None or not hear.is_voted_adverse(work, application):
        raise Refused("nothing_to_hear", where="application")
    told = "\n\n".join(ballot.vote.reasons for ballot in counted.ballots)
    return render(
        request,
        "hearing_open.html",
        form=prefill(tells=told) if form == BLANK else form,
        reference=reference,
        rubric=pinned_rubric(application),
        award=counted.award,
    )


@router.post("/dar-vista")
def open_hearing(form: Annotated[Form, form_on(ask_hearing)], work: Change, reference: str) -> Response:
    hear.open_hearing(work, find_by_reference(work, reference), form.parse(HearingInput))
    return go_to(f"/solicitudes/{reference}")

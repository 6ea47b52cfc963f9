"""Corrective action: what the review asks to be put right, and the collective's page with it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import correct
from mcc.actions.correct import CorrectionInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.actions.report import levels_of
from mcc.actions.settle import final_answers
from mcc.actions.work import Work
from mcc.db.queries.correct import correction_of
from mcc.db.tables import Application, Organisation
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on
from mcc.web.moves import open_move
from mcc.web.pages import go_to, render
from rubric import Level

router = APIRouter(prefix="/solicitudes/{reference}")


@router.get("/pedir-correcciones")
def ask_correction(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "require_correction")
    fixable = correct.list_fixable(work, application)
    offered = Form({"indicators": tuple(fixable), "days": (str(correct.LONGEST),)})
    return render(
        request,
        "correction_ask.html",
        form=offered if form == BLANK else form,
        reference=reference,
        rubric=pinned_rubric(application),
        low=correct.list_low(work, application),
        levels=final_answers(work, application).scores,
        days=(correct.SHORTEST, 60, correct.LONGEST),
    )


@router.post("/pedir-correcciones")
def require_correction(
    form: Annotated[Form, form_on(ask_correction)], work: Change, reference: str
) -> Response:
    given = form.parse(CorrectionInput, lists=["indicators"])
    correct.require_correction(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}")


@router.get("/correcciones")
def show_correction(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """What to put right, where the collective stands, and the level that it aims at."""
    application = find_by_reference(work, reference)
    require(work, "finish_correction", application)
    correction = correction_of(work.session, application.key)
    if application.state != "corrective_action" or correction is None:
        raise Refused(
            "not_from_this_state", where="application", action="finish_correction", state=application.state
        )
    return render(
        request,
        "correction.html",
        form=form,
        reference=reference,
        correction=correction,
        rubric=pinned_rubric(application),
        goals=describe_goals(work, application, correction.indicators),
        ready=correct.has_new_evidence(work, application, correction),
    )


def describe_goals(work: Work, application: Application, indicators: list[str]) -> list[dict[str, Any]]:
    """Each indicator with the level that was found, and the one that the mark asks for."""
    rubric = pinned_rubric(application)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    found = final_answers(work, application).scores
    wanted = rubric.measured_award.critical_minimum
    goals = []
    for code in indicators:
        item = rubric.indicator(code)
        worded: dict[int, Level] = {row.value: row for row in levels_of(item, application, organisation)}
        goals.append({"item": item, "now": worded[found[code]], "goal": worded[max(wanted, found[code])]})
    return goals


@router.post("/correcciones")
def finish_correction(
    form: Annotated[Form, form_on(show_correction)],  # noqa: ARG001 - shown again when it is refused
    work: Change,
    reference: str,
) -> Response:
    correct.finish_correction(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")

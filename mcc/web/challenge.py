"""Who evaluates, as the collective is told: it says yes to them, or challenges one; the office resolves what it challenged."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import challenge
from mcc.actions.cases import open_case
from mcc.actions.challenge import ChallengeInput, Finding, FindingInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import require
from mcc.db.queries.staff import safeguards_of
from mcc.db.tables import Account, Application
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/solicitudes/{reference}/equipo")
def ask_acceptance(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "accept_team", application)
    team = challenge.list_team(work, application)
    if not team:
        raise Refused("no_team_to_accept", where="application")
    return render(
        request,
        "team.html",
        form=form,
        reference=reference,
        team=team,
        rubric=pinned_rubric(application),
        safeguards=safeguards_of(work.session, application.key),
        waiting=challenge.is_waiting(work, application),
        until=max(row.until for row in team),
    )


@router.post("/solicitudes/{reference}/equipo", dependencies=[form_on(ask_acceptance)])
def accept_team(work: Change, reference: str) -> Response:
    challenge.accept_team(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/recusar")
def ask_challenge(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "file_challenge", application)
    team = challenge.list_challengeable(work, application)
    if not team:
        raise Refused("nobody_to_challenge", where="application")
    return render(
        request,
        "challenge.html",
        form=form,
        reference=reference,
        team=team,
        rubric=pinned_rubric(application),
    )


@router.post("/solicitudes/{reference}/recusar")
def file_challenge(form: Annotated[Form, form_on(ask_challenge)], work: Change, reference: str) -> Response:
    challenge.file_challenge(work, find_by_reference(work, reference), form.parse(ChallengeInput))
    return go_to(f"/solicitudes/{reference}#recursos")


@router.get("/casos/{receipt}/recusacion")
def ask_finding(request: Request, work: Look, form: Blank, receipt: str) -> Response:
    case = open_case(work, receipt)
    require(work, "resolve", case)
    if case.kind != challenge.KIND or case.state != "under_investigation" or case.against is None:
        raise Refused("not_from_this_state", where="case", action="resolve", state=case.state)
    return render(
        request,
        "challenge_resolve.html",
        form=form,
        case=case,
        person=work.session.get_one(Account, case.against),
        application=work.session.get_one(Application, case.application_id),
        outcomes=[item.value for item in Finding],
    )


@router.post("/casos/{receipt}/recusacion")
def resolve_challenge(form: Annotated[Form, form_on(ask_finding)], work: Change, receipt: str) -> Response:
    challenge.resolve_challenge(work, open_case(work, receipt), form.parse(FindingInput))
    return go_to(f"/casos/{receipt}")

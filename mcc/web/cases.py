"""Cases of every kind: what became of one, for whoever filed it; and the list and the page of the office and the panel."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import cases
from mcc.actions.cases import CaseMoveInput
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import can
from mcc.actions.work import Work
from mcc.db.queries.appeal import findings_of
from mcc.db.tables import Account, Application, Case, Certificate
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render, send_picture
from workflows import load_workflow

router = APIRouter()


def show_filed(request: Request, work: Work, receipt: str, *, just_filed: bool) -> Response:
    case = cases.find_case(work, receipt)
    return render(
        request,
        "case_status.html",
        case=case,
        state=load_workflow("case").states[case.state],
        due=cases.find_case_due(case),
        outcome=cases.tell_outcome(work, case),
        just_filed=just_filed,
    )


@router.get("/casos")
def list_cases(request: Request, work: Look) -> Response:
    rows = [(case, cases.find_case_due(case)) for case in cases.list_open(work)]
    return render(request, "cases.html", cases=rows, states=load_workflow("case").states, today=work.today)


@router.get("/casos/{receipt}")
def show_case(request: Request, work: Look, form: Blank, receipt: str) -> Response:
    case = cases.open_case(work, receipt)
    workflow = load_workflow("case")
    labels = {move.action: move.label for move in workflow.moves}
    return render(
        request,
        "case.html",
        form=form,
        case=case,
        state=workflow.states[case.state],
        certificate=work.session.get(Certificate, case.certificate_id) if case.certificate_id else None,
        moves=[(action, labels[action]) for action in cases.list_case_moves(work, case)],
        due=cases.find_case_due(case),
        today=work.today,
        outcome=cases.tell_outcome(work, case),
        **describe_appeal(work, case),
    )


def describe_appeal(work: Work, case: Case) -> dict[str, Any]:
    """What the page of an appeal, or of a challenge, shows beside what every case has."""
    application = None if case.application_id is None else work.session.get(Application, case.application_id)
    rubric = None if application is None or application.edition is None else pinned_rubric(application)
    found = [] if application is None else findings_of(work.session, application.key)
    studied = case.kind in cases.WITH_EFFECT and case.state == "under_investigation"
    return {
        "application": application,
        "rubric": rubric,
        "against": None if case.against is None else work.session.get_one(Account, case.against),
        "corrected": [row for row in found if row.case_id == case.key],
        "may_resolve": studied and bool(can(work, "resolve", case)),
    }


@router.post("/casos/{receipt}")
def move_case(form: Annotated[Form, form_on(show_case)], work: Change, receipt: str) -> Response:
    case = cases.open_case(work, receipt)
    action, _, outcome = form.text("move").partition(".")
    raw = {"words": form.text("words").strip() or None, "outcome": outcome or None}
    cases.move_case(work, case, action, parse_input(CaseMoveInput, raw))
    return go_to(f"/casos/{receipt}")


@router.get("/casos/{receipt}/imagen")
def show_photo(work: Look, receipt: str) -> Response:
    return send_picture(*cases.read_photo(work, cases.open_case(work, receipt)))

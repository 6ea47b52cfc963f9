"""The visit's pages: agreeing on it, people heard, the report, and the record that both sides sign."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import missing, visit, visit_record
from mcc.actions.finding import find_by_reference
from mcc.actions.permissions import can, require
from mcc.actions.sending import take_once
from mcc.actions.visit import AnswerInput, InterviewInput, PlanInput, VisitInput
from mcc.actions.visit_record import SignatureInput, build_record
from mcc.actions.work import Work
from mcc.chance import draw_word
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.visit import plan_of, visits_of
from mcc.db.tables import Account, Application, Organisation
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render, send_file

router = APIRouter(prefix="/solicitudes/{reference}/visita")
ONCE_LETTERS = 26


def open_visit(work: Work, reference: str) -> Application:
    """The application, for those who have a part in its visit. Raises NotFound, NotAllowed, Refused."""
    application = find_by_reference(work, reference)
    require(work, "view_visit", application)
    if application.state not in visit.PLANNED_IN and not visits_of(work.session, application.key):
        raise Refused("not_in_evaluation", where="application", state=application.state)
    return application


@router.get("")
def show_visit(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """Where the visit stands: the plan, the answer of the collective, what was heard, the record."""
    application = open_visit(work, reference)
    visits = visits_of(work.session, application.key)
    return render(
        request,
        "visit.html",
        form=form,
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        visit=visits[-1] if visits else None,
        may={action: bool(can(work, action, application)) for action in MAY},
        **describe_plan(work, application),
    )


MAY = ("plan_visit", "answer_visit", "report_visit", "view_interviews", "sign_visit")


def describe_plan(work: Work, application: Application) -> dict[str, Any]:
    plan = plan_of(work.session, application.key)
    keys = [] if plan is None else plan.visitors
    heard = visit.list_interviews(work, application) if can(work, "view_interviews", application) else []
    return {
        "plan": plan,
        "visitors": [person.name for key in keys if (person := work.session.get(Account, key))],
        "late": plan is not None and work.today > plan.answer_until,
        "heard": heard,
        "wanting": visit.list_wanting(heard),
    }


@router.get("/acordar")
def ask_plan(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_visit(work, reference)
    require(work, "plan_visit", application)
    visit.refuse_unplannable(application)
    people = [(person.username, person.name) for person in visit.list_possible_visitors(work, application)]
    known = prefill(
        place=f"{application.site_address}, {application.site_municipality}",
        bring=[item.title for item in evidence_of(work.session, application.key) if item.digest is None],
    )
    return render(
        request,
        "visit_plan.html",
        form=known if form == BLANK else form,
        reference=reference,
        people=people,
        today=work.today,
    )


@router.post("/acordar")
def plan_visit(form: Annotated[Form, form_on(ask_plan)], work: Change, reference: str) -> Response:
    given = form.parse(PlanInput, lists=["visitors"], lines=["bring"])
    visit.plan_visit(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}/visita")


@router.post("/responder")
def answer_plan(form: Annotated[Form, form_on(show_visit)], work: Change, reference: str) -> Response:
    visit.answer_plan(work, find_by_reference(work, reference), form.parse(AnswerInput))
    return go_to(f"/solicitudes/{reference}/visita")


@router.get("/conversaciones")
def show_interviews(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_visit(work, reference)
    heard = visit.list_interviews(work, application)
    return render(
        request,
        "interviews.html",
        form=prefill(once=draw_word(work.chance, ONCE_LETTERS)) if form == BLANK else form,
        reference=reference,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        heard=heard,
        wanting=visit.list_wanting(heard),
        may_add=bool(can(work, "report_visit", application)) and application.state == "in_evaluation",
    )


@router.post("/conversaciones")
def take_interview(form: Annotated[Form, form_on(show_interviews)], work: Change, reference: str) -> Response:
    given = form.without("once").parse(InterviewInput)
    application = find_by_reference(work, reference)
    if take_once(work, form.text("once")):
        visit.take_interview(work, application, given)
    return go_to(f"/solicitudes/{reference}/visita/conversaciones")


@router.get("/informe")
def ask_report(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "report_visit", application)
    visit.refuse_outside_evaluation(application)
    plan = plan_of(work.session, application.key)
    known = BLANK if plan is None else prefill(place=plan.place)
    return render(
        request,
        "visit_report.html",
        form=known if form == BLANK else form,
        reference=reference,
        today=work.today,
    )


@router.post("/informe")
def report_visit(form: Annotated[Form, form_on(ask_report)], work: Change, reference: str) -> Response:
    visit.report_visit(work, find_by_reference(work, reference), form.parse(VisitInput))
    return go_to(f"/solicitudes/{reference}/visita/acta")


@router.get("/acta")
def show_record(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_visit(work, reference)
    require(work, "view_visit", application)
    found, record = visit.find_visit(work, application), visit_record.compose_record(work, application)
    signatures = {row.side: row for row in visit_record.list_valid(work, found, record)}
    open_sides = [side.value for side in visit_record.Side if side not in signatures]
    may_sign = can(work, "sign_visit", application) and application.state in visit_record.SIGNED_IN
    if may_sign and application.organisation_id in work.actor.organisations:
        open_sides = [side for side in open_sides if side == visit_record.Side.COLLECTIVE]
    return render(
        request,
        "visit_record.html",
        form=form,
        reference=reference,
        record=record,
        signatures=signatures,
        open_sides=open_sides if may_sign else [],
    )


@router.post("/acta")
def sign_record(form: Annotated[Form, form_on(show_record)], work: Change, reference: str) -> Response:
    visit_record.sign_record(work, find_by_reference(work, reference), form.parse(SignatureInput))
    return go_to(f"/solicitudes/{reference}/visita/acta")


@router.get("/acta.pdf")
def download_record(work: Look, reference: str) -> Response:
    application = open_visit(work, reference)
    return send_file(
        build_record(work, application), "application/pdf", f"acta-de-visita-{application.number}.pdf"
    )


@router.get("/pedidos/{key:key}")
def ask_answer(request: Request, work: Look, form: Blank, reference: str, key: int) -> Response:
    application = find_by_reference(work, reference)
    asked = missing.find_asked(work, application, key)
    return render(request, "evidence_answer.html", form=form, reference=reference, asked=asked)


@router.post("/pedidos/{key:key}")
def answer_evidence_request(
    form: Annotated[Form, form_on(ask_answer)], work: Change, reference: str, key: int
) -> Response:
    given = form.parse(missing.AnsweredInput)
    missing.answer_evidence_request(work, find_by_reference(work, reference), key, given)
    return go_to(f"/solicitudes/{reference}")

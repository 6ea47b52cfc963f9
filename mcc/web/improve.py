"""The improvement plan, step by step, its follow-up visits, and what all plans together ask for."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import improve
from mcc.actions.catalogue import catalogue
from mcc.actions.editions import current_rubric, pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.improve import FollowUpInput, Progress, StepInput
from mcc.actions.open_data import write_table
from mcc.actions.permissions import can, require
from mcc.db.queries.folder import documents_of
from mcc.db.queries.improve import follow_ups_of
from mcc.db.tables import Account
from mcc.errors import Refused
from mcc.phrases import say
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.languages import language_of
from mcc.web.pages import go_to, render, send_file

router = APIRouter()


@router.get("/solicitudes/{reference}/plan")
def show_plan(request: Request, work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    steps = improve.list_steps(work, application)
    if not steps:
        raise Refused("no_plan", where="application")
    rows = [step.row for step in steps if step.row is not None]
    people = {row.contact_id: work.session.get(Account, row.contact_id) for row in rows if row.contact_id}
    return render(
        request,
        "plan.html",
        reference=reference,
        steps=steps,
        people=people,
        lines={line.code: line.label for line in pinned_rubric(application).support_lines},
        follow_ups=follow_ups_of(work.session, application.key),
        may_change=bool(can(work, "change_step", application)),
        may_follow_up=bool(can(work, "record_follow_up", application)),
        done=sum(step.progress == Progress.DONE for step in steps),
        today=work.today,
    )


@router.get("/solicitudes/{reference}/plan/{indicator}")
def ask_step(request: Request, work: Look, form: Blank, reference: str, indicator: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "change_step", application)
    step = improve.find_step(work, application, indicator)
    contact = work.session.get(Account, step.row.contact_id or 0) if step.row else None
    kept = prefill(due_on=step.due)
    if step.row is not None:
        known = step.row.model_dump(include={"progress", "responsible", "note"}, exclude_none=True)
        proof = {} if step.row.proof_id is None else {"proof": str(step.row.proof_id)}
        kept = prefill(due_on=step.due, contact=contact.username if contact else "", **known, **proof)
    return render(
        request,
        "plan_step.html",
        form=kept if form == BLANK else form,
        reference=reference,
        step=step,
        states=[item.value for item in Progress if item != Progress.OPEN],
        papers=documents_of(work.session, application.organisation_id),
    )


@router.post("/solicitudes/{reference}/plan/{indicator}")
def change_step(
    form: Annotated[Form, form_on(ask_step)], work: Change, reference: str, indicator: str
) -> Response:
    application = find_by_reference(work, reference)
    improve.change_step(work, application, indicator, form.parse(StepInput))
    return go_to(f"/solicitudes/{reference}/plan")


@router.get("/solicitudes/{reference}/seguimiento-del-plan")
def ask_follow_up(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "record_follow_up", application)
    if not improve.list_steps(work, application):
        raise Refused("no_plan", where="application")
    return render(
        request,
        "follow_up.html",
        form=prefill(on=work.today) if form == BLANK else form,
        reference=reference,
        today=work.today.isoformat(),
    )


@router.post("/solicitudes/{reference}/seguimiento-del-plan")
def record_follow_up(form: Annotated[Form, form_on(ask_follow_up)], work: Change, reference: str) -> Response:
    improve.record_follow_up(work, find_by_reference(work, reference), form.parse(FollowUpInput))
    return go_to(f"/solicitudes/{reference}/plan")


@router.get("/administracion/demanda")
def show_demand(request: Request, work: Look) -> Response:
    demand = improve.count_demand(work)
    return render(
        request,
        "demand.html",
        demand=demand,
        by_line=improve.sum_by(demand, "line"),
        by_municipality=improve.sum_by(demand, "municipality"),
        by_category=improve.sum_by(demand, "category"),
        unserved=improve.list_unserved(work, demand),
        lines={line.code: line.label for line in current_rubric().support_lines},
        categories={row.code: row.label for row in catalogue().categories},
    )


@router.get("/administracion/demanda.csv")
def download_demand(request: Request, work: Look) -> Response:
    language = language_of(request)
    lines = {line.code: line.label.in_language(language) for line in current_rubric().support_lines}
    categories = {row.code: row.label.in_language(language) for row in catalogue().categories}
    line, municipality, category, steps = (
        say(f"demand.{name}", language) for name in ("line", "municipality", "category", "steps")
    )
    rows = [
        {
            line: lines.get(row.line, row.line),
            municipality: row.municipality,
            category: categories.get(row.category, row.category),
            steps: str(row.steps),
        }
        for row in improve.count_demand(work)
    ]
    content = write_table((line, municipality, category, steps), rows)
    return send_file(content, "text/csv; charset=utf-8", f"demanda-{work.today.isoformat()}.csv")

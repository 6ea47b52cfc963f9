"""The office's page of advice that was given: who advised which collective, and when."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import assist
from mcc.actions.assist import AssistanceInput, AssistanceKind
from mcc.actions.work import Role
from mcc.db.queries.accounts import accounts_with_role
from mcc.db.queries.apply import all_organisations
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/administracion/asistencias")
HOUSE = (Role.COORDINATOR, Role.EVALUATOR, Role.REVIEWER, Role.COMMITTEE)


@router.get("")
def show_assistance(request: Request, work: Look, form: Blank) -> Response:
    rows = assist.list_assistance(work)
    people = {row.username: row.name for role in HOUSE for row in accounts_with_role(work.session, role)}
    return render(
        request,
        "assistance.html",
        form=prefill(given_on=work.today) if form == BLANK else form,
        rows=rows,
        months=work.settings.assistance_months,
        organisations=[(str(row.key), row.name) for row in all_organisations(work.session)],
        people=sorted(people.items(), key=lambda pair: pair[1]),
        kinds=[kind.value for kind in AssistanceKind],
    )


@router.post("")
def record_assistance(form: Annotated[Form, form_on(show_assistance)], work: Change) -> Response:
    assist.record_assistance(work, form.parse(AssistanceInput))
    return go_to("/administracion/asistencias")


@router.post("/{key:key}/tachar", dependencies=[form_on(show_assistance)])
def strike_assistance(work: Change, key: int) -> Response:
    assist.strike_assistance(work, key)
    return go_to("/administracion/asistencias")

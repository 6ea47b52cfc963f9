"""Who sits in the committee and who signs, from when to when."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import mandates
from mcc.actions.mandates import MandateInput, committee
from mcc.actions.permissions import can
from mcc.actions.work import Role, Work
from mcc.db.queries.accounts import accounts_with_role
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/administracion/comite")


@router.get("")
def show_mandates(request: Request, work: Look, form: Blank) -> Response:
    found = mandates.list_mandates(work)
    return render(
        request,
        "mandates.html",
        form=prefill(since=work.today) if form == BLANK else form,
        running=[row for row in found if mandates.is_open(row.mandate, work.today)],
        past=[row for row in found if not mandates.is_open(row.mandate, work.today)],
        committee=committee(),
        vacant=mandates.list_vacant(work),
        can_be_signed=mandates.can_be_signed(work),
        people=list_eligible(work),
        may_name=bool(can(work, "manage_mandates")),
        today=work.today,
    )


def list_eligible(work: Work) -> list[tuple[str, str]]:
    """Who has a role that a mandate may be for: user name and name, each person once."""
    rows = [
        row for role in (Role.COMMITTEE, Role.SIGNATORY) for row in accounts_with_role(work.session, role)
    ]
    return sorted({(row.username, row.name) for row in rows})


@router.post("")
def name_member(form: Annotated[Form, form_on(show_mandates)], work: Change) -> Response:
    mandates.name_member(work, form.parse(MandateInput))
    return go_to("/administracion/comite")


@router.post("/{key:key}/terminar", dependencies=[form_on(show_mandates)])
def end_mandate(work: Change, key: int) -> Response:
    mandates.end_mandate(work, key)
    return go_to("/administracion/comite")

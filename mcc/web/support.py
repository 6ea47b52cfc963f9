"""The office's page of courses, fairs and advice."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import support
from mcc.actions.editions import current_rubric
from mcc.actions.support import SupportInput
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/administracion/apoyos")


@router.get("")
def show_support(request: Request, work: Look, form: Blank) -> Response:
    lines = current_rubric().support_lines
    return render(
        request,
        "support.html",
        form=form,
        offers=support.list_offers(work),
        lines=lines,
        labels={line.code: line.label for line in lines},
    )


@router.post("")
def add_offer(form: Annotated[Form, form_on(show_support)], work: Change) -> Response:
    support.add_offer(work, form.parse(SupportInput))
    return go_to("/administracion/apoyos")


@router.post("/{key:key}/sacar", dependencies=[form_on(show_support)])
def end_offer(work: Change, key: int) -> Response:
    support.end_offer(work, key)
    return go_to("/administracion/apoyos")

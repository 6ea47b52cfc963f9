"""The signing queue: what the committee granted, to be authorised one by one or several at once."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import authorise
from mcc.actions.authorise import SigningInput
from mcc.actions.finding import find_by_reference
from mcc.actions.mandates import committee
from mcc.db.queries.mandates import mandate_to_sign
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.languages import language_of
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/firma")


@router.get("")
def show_queue(request: Request, work: Look, form: Blank) -> Response:
    return render(
        request,
        "signing.html",
        form=form,
        items=authorise.list_to_sign(work, language_of(request)),
        institutions={item.code: item.label for item in committee().institutions},
        mandate=mandate_to_sign(work.session, work.actor.account_id, work.today),
        signed=request.query_params.get("firmados", ""),
    )


@router.post("")
def authorise_several(form: Annotated[Form, form_on(show_queue)], work: Change) -> Response:
    """All that were ticked, in one piece of work."""
    given = form.parse(SigningInput, lists=("applications",))
    for number in given.applications:
        authorise.authorise_issue(work, find_by_reference(work, number), given)
    return go_to(f"/firma?firmados={len(given.applications)}")

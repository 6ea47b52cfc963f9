"""Collectives that hold the scope together: asked from the application, agreed to by a link."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from mcc.actions import co_holders
from mcc.actions.apply import SCOPE_OPEN
from mcc.actions.co_holders import CoHolderInput
from mcc.actions.finding import find_by_reference
from mcc.actions.folder import find_folder
from mcc.actions.inputs import Input
from mcc.actions.permissions import require
from mcc.actions.work import PUBLIC, Actor, Work
from mcc.db.queries.accounts import is_representative
from mcc.db.queries.apply import organisations_of
from mcc.db.queries.co_holders import names_of_holders
from mcc.db.tables import Application, CoHolder, Organisation
from mcc.web.asking import Change, Look, PublicLook, greet
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter()


class ChosenInput(Input):
    organisation: int = Field(ge=1, le=2**63 - 1)


@router.get("/solicitudes/{reference}/titulares")
def show_co_holders(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "name_co_holders", application)
    rows = co_holders.list_co_holders(work, application)
    agreed = organisations_of(work.session, {row.organisation_id for row in rows if row.organisation_id})
    return render(
        request,
        "co_holders.html",
        form=form,
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        co_holders=rows,
        open=application.state in SCOPE_OPEN,
        removable={row.key for row in rows if is_removable(row, application)},
        names={row.key: row.name for row in agreed},
    )


def is_removable(row: CoHolder, application: Application) -> bool:
    return application.state in SCOPE_OPEN or co_holders.is_waited_for(row, application)


@router.post("/solicitudes/{reference}/titulares")
def ask_co_holder(
    request: Request, form: Annotated[Form, form_on(show_co_holders)], work: Change, reference: str
) -> Response:
    """The link is shown once, on the answer itself: it is kept nowhere."""
    given = form.parse(CoHolderInput)
    token = co_holders.ask_co_holder(work, find_by_reference(work, reference), given)
    address = f"{work.settings.public_url}/titular/{token}"
    return render(request, "co_holder_asked.html", reference=reference, name=given.name, address=address)


@router.post("/solicitudes/{reference}/titulares/{key:key}/sacar")
def end_co_holder(work: Change, reference: str, key: int) -> Response:
    co_holders.end_co_holder(work, find_by_reference(work, reference), key)
    return go_to(f"/solicitudes/{reference}/titulares")


@router.post("/solicitudes/{reference}/titulares/aceptar")
def agree_again(work: Change, reference: str) -> Response:
    """For a collective whose agreement ended because the scope changed."""
    application = find_by_reference(work, reference)
    for organisation in co_holders.list_waiting(work, application):
        co_holders.agree_again(work, application, organisation)
    return go_to(f"/solicitudes/{reference}")


@router.get("/titular/{token}", dependencies=[Depends(greet)])
def show_asked(request: Request, work: PublicLook, form: Blank, token: str) -> Response:
    row, application = co_holders.find_asked(work, token)
    return render(
        request,
        "co_holding.html",
        form=form,
        token=token,
        asked=row,
        application=application,
        holders=names_of_holders(work.session, application),
        options=list_represented(work, getattr(request.state, "actor", PUBLIC)),
    )


def list_represented(work: Work, person: Actor) -> list[tuple[int, str]]:
    """The collectives that the reader could agree for; the page is for everybody, the answer is not."""
    mine = organisations_of(work.session, person.organisations)
    return [(row.key, row.name) for row in mine if is_representative(work.session, person.key, row.key)]


@router.post("/titular/{token}")
def agree_to_hold(form: Annotated[Form, form_on(show_asked)], work: Change, token: str) -> Response:
    organisation = find_folder(work, form.parse(ChosenInput).organisation)
    application = co_holders.agree_to_hold(work, token, organisation)
    return go_to(f"/solicitudes/{application.number or application.key}")

"""The people of a collective: who has access, invitations by link, leaving and handing over."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import members
from mcc.actions.folder import find_folder
from mcc.actions.members import InvitationInput, Standing
from mcc.actions.permissions import can
from mcc.errors import InputInvalid, Problem
from mcc.web.asking import Change, Look, PublicLook, greet
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/colectivos/{organisation_id:key}/personas")
def show_members(request: Request, work: Look, form: Blank, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    return render(
        request,
        "members.html",
        form=form,
        organisation=organisation,
        members=members.list_members(work, organisation),
        invitations=members.list_invitations(work, organisation),
        may_manage=bool(can(work, "manage_members", organisation)),
        me=work.actor.key,
        standings=[standing.value for standing in Standing],
    )


@router.post("/colectivos/{organisation_id:key}/personas")
def invite(
    request: Request, form: Annotated[Form, form_on(show_members)], work: Change, organisation_id: int
) -> Response:
    """The link is shown once, on the answer itself: it is kept nowhere."""
    organisation = find_folder(work, organisation_id)
    given = form.parse(InvitationInput)
    token = members.invite(work, organisation, given)
    address = f"{work.settings.public_url}/invitacion/{token}"
    return render(request, "invited.html", organisation=organisation, name=given.name, address=address)


@router.post("/colectivos/{organisation_id:key}/personas/{account_id:key}/sacar")
def end_membership(work: Change, organisation_id: int, account_id: int) -> Response:
    members.end_membership(work, find_folder(work, organisation_id), account_id)
    left = account_id == work.actor.account_id
    return go_to("/colectivos" if left else f"/colectivos/{organisation_id}/personas")


@router.post("/colectivos/{organisation_id:key}/personas/{account_id:key}/papel")
def change_standing(
    form: Annotated[Form, form_on(show_members)], work: Change, organisation_id: int, account_id: int
) -> Response:
    organisation = find_folder(work, organisation_id)
    wanted = form.text("standing")
    if wanted not in set(Standing):
        raise InputInvalid([Problem("standing", "missing")])
    members.change_standing(work, organisation, account_id, Standing(wanted))
    return go_to(f"/colectivos/{organisation_id}/personas")


@router.post("/colectivos/{organisation_id:key}/invitaciones/{key:key}/anular")
def take_back_invitation(work: Change, organisation_id: int, key: int) -> Response:
    members.take_back_invitation(work, find_folder(work, organisation_id), key)
    return go_to(f"/colectivos/{organisation_id}/personas")


@router.get("/invitacion/{token}", dependencies=[Depends(greet)])
def show_invitation(request: Request, work: PublicLook, form: Blank, token: str) -> Response:
    row, organisation = members.find_invitation(work, token)
    return render(
        request, "invitation.html", form=form, token=token, organisation=organisation, invitation=row
    )


@router.post("/invitacion/{token}", dependencies=[form_on(show_invitation)])
def accept_invitation(work: Change, token: str) -> Response:
    organisation = members.accept_invitation(work, token)
    return go_to(f"/colectivos/{organisation.id}")

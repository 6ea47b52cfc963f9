"""People's own accounts: opening one, choices, password, second device, and the way back in."""

from io import BytesIO
from typing import Annotated

import segno
from fastapi import APIRouter, Request, Response

from mcc.actions import own_account, second_step
from mcc.actions.inputs import Input, Line, parse_input
from mcc.actions.own_account import ChoicesInput, NewAccountInput, NewPasswordInput
from mcc.actions.work import PUBLIC
from mcc.api.asking import SESSION_COOKIE
from mcc.errors import InputInvalid, NotFound, Problem
from mcc.web.accounts import enter
from mcc.web.asking import Change, Look, PublicLook, SignedIn, installation_of
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter()


class DeviceInput(Input):
    label: Line


@router.get("/registrarse")
def ask_new_account(request: Request, work: PublicLook, form: Blank, volver: str = "") -> Response:  # noqa: ARG001 - a page with a form
    return render(request, "new_account.html", form=form if form != BLANK else prefill(volver=volver))


@router.post("/registrarse")
def open_account(request: Request, form: Annotated[Form, form_on(ask_new_account)]) -> Response:
    """A new account is signed in at once: there is nothing to steal in it yet."""
    given = form.without("volver").parse(NewAccountInput)
    with installation_of(request).work(PUBLIC) as work:
        account = own_account.open_account(work, given)
        username = account.username
    return enter(request, username, given.password, form.text("volver") or "/colectivos")


@router.get("/cuenta")
def show_account(request: Request, work: Look, form: Blank) -> Response:
    account = own_account.own_account(work)
    known = prefill(
        name=account.name,
        email=account.email,
        language=account.language or "es",
        notices=account.notices or "each",
    )
    return render(
        request,
        "account.html",
        form=form if form != BLANK else known,
        account=account,
        devices=second_step.list_devices(work),
        choices=[choice.value for choice in own_account.NoticeChoice],
        saved=request.query_params.get("guardado") == "1",
    )


@router.post("/cuenta")
def choose(form: Annotated[Form, form_on(show_account)], work: Change) -> Response:
    own_account.choose(work, form.parse(ChoicesInput))
    return go_to("/cuenta?guardado=1")


@router.get("/cuenta/clave")
def ask_password(request: Request, work: Look, form: Blank) -> Response:  # noqa: ARG001 - for those signed in
    return render(request, "password.html", form=form)


@router.post("/cuenta/clave")
def change_password(
    request: Request, form: Annotated[Form, form_on(ask_password)], person: SignedIn
) -> Response:
    """Compared and hashed between two pieces of work, so that nobody waits for it."""
    new = parse_input(NewPasswordInput, {"password": form.text("password")})
    installation = installation_of(request)
    with installation.look(person) as work:
        account = own_account.own_account(work)
    change = own_account.prepare_change(account, old=form.text("old"), new=new)
    with installation.work(person) as work:
        own_account.change_password(work, change, keep=request.cookies.get(SESSION_COOKIE, ""))
    return go_to("/cuenta?guardado=1")


@router.get("/cuenta/dispositivo")
def ask_device(request: Request, work: Look, form: Blank) -> Response:
    return render(request, "device.html", form=form, device=second_step.pending_device(work))


@router.post("/cuenta/dispositivo")
def begin_device(form: Annotated[Form, form_on(ask_device)], work: Change) -> Response:
    second_step.begin_device(work, form.parse(DeviceInput).label)
    return go_to("/cuenta/dispositivo")


@router.get("/cuenta/dispositivo.svg")
def show_device(work: Look) -> Response:
    """The secret as a QR code, for the person who adds the device, and nobody's cache."""
    device = second_step.pending_device(work)
    if device is None:
        raise NotFound("device_unknown", where="device")
    drawn = BytesIO()
    segno.make(second_step.address_for_app(work, device), error="m").save(drawn, kind="svg", scale=5)
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.post("/cuenta/dispositivo/confirmar")
def confirm_device(form: Annotated[Form, form_on(ask_device)], work: Change) -> Response:
    second_step.confirm_device(work, form.text("code"))
    return go_to("/cuenta?guardado=1")


@router.post("/cuenta/dispositivo/{key:key}/sacar")
def end_device(work: Change, key: int) -> Response:
    second_step.end_device(work, key)
    return go_to("/cuenta?guardado=1")


@router.get("/clave")
def ask_name(request: Request, work: PublicLook, form: Blank) -> Response:  # noqa: ARG001 - a page with a form
    return render(request, "reset_ask.html", form=form, asked=False)


@router.post("/clave")
def request_reset(request: Request, form: Annotated[Form, form_on(ask_name)]) -> Response:
    """One and the same answer, whether or not there is such an account."""
    if not form.text("username").strip():
        raise InputInvalid([Problem("username", "missing")])
    with installation_of(request).work(PUBLIC) as work:
        own_account.request_reset(work, form.text("username"))
    return render(request, "reset_ask.html", form=BLANK, asked=True)


@router.get("/clave/{token}")
def ask_new_password(request: Request, work: PublicLook, form: Blank, token: str) -> Response:
    own_account.find_reset(work, token)
    return render(request, "reset.html", form=form)


@router.post("/clave/{token}")
def use_reset(request: Request, form: Annotated[Form, form_on(ask_new_password)], token: str) -> Response:
    given = parse_input(NewPasswordInput, {"password": form.text("password")})
    with installation_of(request).work(PUBLIC) as work:
        own_account.use_reset(work, token, given)
    return go_to("/entrar?clave=1")

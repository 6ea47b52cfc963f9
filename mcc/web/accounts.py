"""The door: signing in and out."""

import re
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from mcc.actions import second_step
from mcc.actions import sign_in as sessions
from mcc.actions.sign_in import SignedIn
from mcc.actions.work import PUBLIC
from mcc.api.asking import SESSION_COOKIE
from mcc.api.signing_in import open_session, set_session_cookie
from mcc.errors import InputInvalid, MccError, NotSignedIn, Problem, TooManyAttempts, http_status
from mcc.web.asking import installation_of
from mcc.web.forms import Blank, Form, Sent, prefill
from mcc.web.pages import go_to, render

router = APIRouter()
AFTER_SIGNING_IN = "/solicitudes"
OWN_ADDRESS = re.compile(r"/(?![/\\])[^\\\s]*")
"""A path of this site: anything else would send people elsewhere with our name on the way."""


@router.get("/entrar")
def ask_name(request: Request, volver: str = "") -> Response:
    changed = request.query_params.get("clave") == "1"
    return render(request, "sign_in.html", form=prefill(volver=volver), changed=changed)


def show_sign_in(request: Request, form: Form, error: MccError) -> Response:
    """The form again, without the password."""
    return render(
        request,
        "sign_in.html",
        form=form.without("password").refused(error),
        changed=False,
        status_code=http_status(error),
    )


@router.post("/entrar")
def sign_in(request: Request, form: Sent) -> Response:
    try:
        signed_in = open_session(installation_of(request), *read_name_and_password(form))
    except (InputInvalid, NotSignedIn, TooManyAttempts) as error:
        return show_sign_in(request, form, error)
    return hand_over(request, signed_in, form.text("volver"))


def hand_over(request: Request, signed_in: SignedIn, wanted: str) -> Response:
    """The cookie, and the way on: to the second device's code where there is one, else to where they wanted to go."""
    after = wanted if OWN_ADDRESS.fullmatch(wanted) else AFTER_SIGNING_IN
    answer = go_to(f"/entrar/codigo?volver={quote(after, safe='/')}" if signed_in.waits_for_code else after)
    set_session_cookie(answer, installation_of(request), signed_in.token)
    return answer


def enter(request: Request, username: str, password: str, wanted: str) -> Response:
    """Sign in whoever has just opened an account."""
    return hand_over(request, open_session(installation_of(request), username, password), wanted)


@router.get("/entrar/codigo")
def ask_code(request: Request, volver: str = "") -> Response:
    return render(request, "code.html", form=prefill(volver=volver))


@router.post("/entrar/codigo")
def pass_second_step(request: Request, form: Sent) -> Response:
    installation = installation_of(request)
    token = request.cookies.get(SESSION_COOKIE, "")
    try:
        with installation.work(PUBLIC) as work:
            second_step.pass_second_step(work, token, form.text("code"))
            sessions.lengthen_session(work, token)
    except NotSignedIn:
        return go_to("/entrar")
    except (InputInvalid, TooManyAttempts) as error:
        # What is refused unread counts for nothing: else whoever knows the password could keep the door shut for ever.
        if isinstance(error, InputInvalid):
            with installation.work(PUBLIC) as work:
                second_step.note_wrong_code(work, token)
        return render(request, "code.html", form=form.refused(error), status_code=http_status(error))
    wanted = form.text("volver")
    return go_to(wanted if OWN_ADDRESS.fullmatch(wanted) else AFTER_SIGNING_IN)


def read_name_and_password(form: Form) -> tuple[str, str]:
    """Raises InputInvalid for whatever is missing."""
    if problems := [Problem(name, "missing") for name in ("username", "password") if not form.text(name)]:
        raise InputInvalid(problems)
    return form.text("username"), form.text("password")


@router.post("/salir")
def sign_out(request: Request) -> Response:
    token = request.cookies.get(SESSION_COOKIE)
    if token is not None:
        with installation_of(request).work(PUBLIC) as work:
            sessions.sign_out(work, token)
    answer = go_to("/")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.get("/salir")
def ask_to_sign_out(request: Request, form: Blank) -> Response:
    """Reached by a link or from the history: leaving changes something, so it is a form."""
    return render(request, "sign_out.html", form=form)

"""What goes wrong, as a page in words: what happened, what did not change, and what to do next."""

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from mcc.actions.work import PUBLIC
from mcc.chance import draw_word, system_chance
from mcc.errors import (
    InputInvalid,
    MccError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Refused,
    Unavailable,
    http_status,
)
from mcc.web.asking import installation_of
from mcc.web.forms import Form
from mcc.web.pages import go_to, render

LOG = logging.getLogger(__name__)
REFERENCE_LETTERS = 8
SHOWN_AGAIN = (InputInvalid, Refused, NotAllowed)
"""What the person can mend in the form; everything else is a page of its own."""


def answer_error(request: Request, error: MccError) -> Response:
    form: Form | None = getattr(request.state, "form", None)
    if isinstance(error, NotSignedIn):
        return ask_to_sign_in(request, form)
    if form is not None and (isinstance(error, SHOWN_AGAIN) or error.where in form.typed):
        return show_again(request, form, error)
    return show_error(request, error)


def ask_to_sign_in(request: Request, form: Form | None) -> Response:
    """To the door and back; a form that was sent meanwhile is kept, to be sent once more after signing in."""
    if form is None and request.method != "GET":
        # Coming back would be asking for a page that this address is not.
        return go_to("/entrar")
    if form is None:
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return go_to(f"/entrar?volver={quote(address, safe='/')}")
    return render(request, "session_over.html", form=form, status_code=401)


def show_again(request: Request, form: Form, error: MccError) -> Response:
    """The page that the form stands on, with what was typed and what is wrong with it."""
    actor = getattr(request.state, "actor", PUBLIC)
    try:
        with installation_of(request).look(actor) as work:
            page: Response = request.state.page(
                request=request, work=work, form=form.refused(error), **request.path_params
            )
    except (NotAllowed, NotFound) as closed:
        # What they may not see is not told to be badly filled in.
        return show_error(request, closed)
    except MccError:
        # The page itself is no longer open: somebody was faster, or it was a second click.
        return show_error(request, error)
    page.status_code = http_status(error)
    return page


def show_error(request: Request, error: MccError) -> Response:
    status = http_status(error)
    reference = request.path_params.get("reference")
    return render(
        request,
        "error.html",
        status_code=status,
        kind=int(status),
        error=error,
        reference=reference,
    )


def show_framework_error(request: Request, error: HTTPException) -> Response:
    """What the framework refuses before any of our code runs: an unknown address or method, a malformed request."""
    page = render(
        request,
        "error.html",
        status_code=error.status_code,
        kind=error.status_code,
        error=None,
        reference=None,
    )
    page.headers.update(error.headers or {})
    return page


def show_defect(request: Request, error: Exception) -> Response:
    """A defect of ours: the reader gets a reference, the log the whole story under it."""
    reference = draw_word(system_chance, REFERENCE_LETTERS)
    LOG.error("unexpected error %s", reference, exc_info=error)
    return render(
        request, "error.html", status_code=500, kind=500, error=None, reference=None, incident=reference
    )


def handle_errors(site: FastAPI) -> None:
    """Give every kind of error its page. Plain functions: they read the database, and run in the thread pool."""

    def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, MccError)
        return answer_error(request, error)

    def refuse_address(request: Request, _error: Exception) -> Response:
        return show_framework_error(request, HTTPException(404))

    def refuse_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return show_framework_error(request, error)

    def refuse_outdated(request: Request, _error: Exception) -> Response:
        return answer_error(request, Refused("changed_meanwhile"))

    def refuse_busy(request: Request, error: Exception) -> Response:
        LOG.error("the database does not answer", exc_info=error)
        return show_error(request, Unavailable("database_busy"))

    site.add_exception_handler(MccError, refuse)
    site.add_exception_handler(RequestValidationError, refuse_address)
    site.add_exception_handler(HTTPException, refuse_request)
    site.add_exception_handler(StaleDataError, refuse_outdated)
    site.add_exception_handler(IntegrityError, refuse_outdated)
    site.add_exception_handler(DatabaseError, refuse_busy)
    site.add_exception_handler(Exception, show_defect)

"""The public answers: the status page behind the QR code, and checking by number or with the file itself."""

import sqlite3
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.routing import Route

from mcc.actions import verify
from mcc.actions.uploads import is_picture
from mcc.actions.verify import status_by_number
from mcc.errors import InputInvalid, NotFound, Problem, Unavailable, http_status
from mcc.web.asking import PublicLook, installation_of
from mcc.web.board import StatusBoard
from mcc.web.forms import Blank, Form, Upload, form_on
from mcc.web.languages import language_of
from mcc.web.pages import fill, go_to, render, send_file

router = APIRouter()
FAILURES = (DBAPIError, sqlite3.Error, Unavailable)
BUSY = Unavailable("database_busy")
CAMERA_ALLOWED = "camera=(self), geolocation=(), microphone=()"
"""On the one page that reads QR codes, in the browser itself."""


async def show_status(request: Request) -> Response:
    """The page that the QR code opens. A code that is unknown, mistyped or made up gets one and the same answer."""
    board: StatusBoard = request.app.state.board
    code = request.path_params["code"].lower()
    try:
        kept = board.find(f"{language_of(request)}/{code}")
        page = kept or await run_in_threadpool(make_page, request, board, code)
    except NotFound as error:
        return render(request, "status_unknown.html", status_code=http_status(error))
    except FAILURES:
        return render(request, "status_unavailable.html", status_code=http_status(BUSY))
    return HTMLResponse(page)


def make_page(request: Request, board: StatusBoard, code: str) -> bytes:
    mark = board.mark
    with installation_of(request).look() as work:
        status = verify.status_by_code(work, code)
        page = fill(request, "status.html", status=status, as_of=work.now).encode()
        board.keep(f"{language_of(request)}/{code}", page, made_at=work.now, mark=mark)
    return page


STATUS_ROUTE = Route("/v/{code}", show_status)
"""A bare route: it answers what is asked most, and needs none of what the framework prepares for forms."""


@router.get("/v/{code}/certificado.pdf")
def download_certificate(work: PublicLook, code: str) -> Response:
    number, content = verify.published_file(work, code)
    return send_file(content, "application/pdf", f"{number}.pdf")


@router.get("/verificar")
def ask_certificate(request: Request, work: PublicLook, form: Blank) -> Response:  # noqa: ARG001 - every page with a form is shown again alike
    page = render(request, "verify.html", form=form)
    page.headers["Permissions-Policy"] = CAMERA_ALLOWED
    return page


@router.post("/verificar")
async def check_certificate(request: Request, form: Annotated[Form, form_on(ask_certificate)]) -> Response:
    """By number, the status page answers; a file is judged apart from everything else, two at a time at most."""
    if form.upload is not None:
        if is_picture(form.upload.content):
            raise InputInvalid([Problem("file", "photo_of_certificate")])
        judges = request.app.state.judges
        return await to_thread.run_sync(judge_file, request, form.upload, limiter=judges)
    if "number" not in form.typed:
        raise InputInvalid([Problem("file", "file_missing")])
    if not form.text("number").strip():
        raise InputInvalid([Problem("number", "missing")])
    return await run_in_threadpool(lead_to_status, request, form.text("number"))


def lead_to_status(request: Request, number: str) -> Response:
    """To the page of the certificate. A number of nobody gets the answer that an unknown code gets."""
    try:
        with installation_of(request).look() as work:
            return go_to(f"/v/{status_by_number(work, number).code}")
    except NotFound as error:
        return render(request, "status_unknown.html", status_code=http_status(error))


def judge_file(request: Request, upload: Upload) -> Response:
    installation = installation_of(request)
    with installation.look() as work:
        answer = verify.verify_file(work, upload.content, installation.settings.trust_file)
        return render(
            request,
            "verdict.html",
            verdict=answer.verdict,
            status=answer.status,
            filename=upload.filename,
            as_of=work.now,
        )

"""Pages, and the other answers that routes give."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from mcc.actions.work import Actor
from mcc.errors import NotFound
from mcc.web.forms import BLANK, Form
from mcc.web.languages import addresses_by_language, language_of, remember_language
from mcc.web.menu import menu_of
from mcc.web.templating import environment


def fill(request: Request, template: str, **facts: Any) -> str:
    installation = request.app.state.installation
    actor: Actor | None = getattr(request.state, "actor", None)
    return (
        environment(language_of(request))
        .get_template(template)
        .render(
            settings=installation.settings,
            demonstration=installation.demonstration,
            actor=actor,
            menu=list(menu_of(actor, request.url.path, unread=getattr(request.state, "unread", 0))),
            path=request.url.path,
            languages=addresses_by_language(request),
            **facts,
        )
    )


def render(
    request: Request, template: str, *, form: Form = BLANK, status_code: int = 200, **facts: Any
) -> HTMLResponse:
    """A page. Its title says when something in its form is wrong."""
    page = HTMLResponse(fill(request, template, form=form, **facts), status_code)
    remember_language(request, page)
    return page


def go_to(address: str) -> RedirectResponse:
    """The answer to a form that was accepted: reading the next page again repeats nothing."""
    return RedirectResponse(address, 303)


def send_file(content: bytes, media_type: str, filename: str) -> Response:
    """A download: never opened inside our pages, whatever it holds."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in filename
    )
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{plain}"'}
    )


def send_picture(content: bytes, media_type: str) -> Response:
    """A picture to be seen in a page: one that we drew ourselves, and nothing else. Raises NotFound."""
    if media_type not in {"image/jpeg", "image/png"}:
        raise NotFound("no_picture", where="file")
    sandbox = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=600",
    }
    return Response(content, media_type=media_type, headers=sandbox)

"""Who asks, and the piece of work that a page or a form is given."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request

from mcc.actions.sign_in import actor_of_session
from mcc.actions.work import PUBLIC, Actor, Work
from mcc.api.asking import SESSION_COOKIE, refuse_cross_site
from mcc.db.queries.notify import count_unread
from mcc.errors import NotSignedIn
from mcc.installation import Installation


def installation_of(request: Request) -> Installation:
    """The installation that the site was created for."""
    installation: Installation = request.app.state.installation
    return installation


async def refuse_foreign_form(request: Request) -> None:
    """Raises NotAllowed when the page of another site sends a form to ours."""
    refuse_cross_site(request, installation_of(request).settings.public_url)


def identify(request: Request) -> Actor:
    """The person behind the session cookie; the page finds them in `request.state.actor`. Raises NotSignedIn."""
    token = request.cookies.get(SESSION_COOKIE)
    if token is not None:
        with installation_of(request).look() as work:
            actor = actor_of_session(work, token)
            if actor is not None:
                request.state.actor = actor
                request.state.unread = count_unread(work.session, actor.key)
                return actor
    raise NotSignedIn("not_signed_in")


def greet(request: Request) -> None:
    """On pages for everybody: whoever is signed in keeps their own menu."""
    with suppress(NotSignedIn):
        identify(request)


SignedIn = Annotated[Actor, Depends(identify)]


def begin_look(request: Request, actor: SignedIn) -> Iterator[Work]:
    with installation_of(request).look(actor) as work:
        yield work


def begin_change(request: Request, actor: SignedIn) -> Iterator[Work]:
    with installation_of(request).work(actor) as work:
        yield work


def begin_public_look(request: Request) -> Iterator[Work]:
    with installation_of(request).look(PUBLIC) as work:
        yield work


# With the default scope a dependency ends after the response has left: a failed commit would read as done.
Look = Annotated[Work, Depends(begin_look, scope="function")]
"""A piece of work of the signed-in person that only reads."""
Change = Annotated[Work, Depends(begin_change, scope="function")]
"""A piece of work of the signed-in person that is committed before the answer leaves."""
PublicLook = Annotated[Work, Depends(begin_public_look, scope="function")]
"""What anybody may read, whoever they are."""

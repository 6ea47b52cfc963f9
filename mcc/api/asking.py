"""Who asks, and the piece of work that a request is given; shared with the web pages where they ask the same."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from mcc.actions.accounts import actor_of_api_key
from mcc.actions.sign_in import actor_of_session
from mcc.actions.work import Actor, Work
from mcc.errors import NotAllowed, NotSignedIn
from mcc.installation import Installation

SESSION_COOKIE = "mcc_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE = frozenset({"same-origin", "none"})

BEARER = HTTPBearer(auto_error=False, description="An API key: `mcc users api-key USERNAME`")
COOKIE = APIKeyCookie(name=SESSION_COOKIE, auto_error=False, description="The session of the web pages")


def refuse_cross_site(request: Request, public_url: str) -> None:
    """Raises NotAllowed when another site makes a browser send a change.

    Browsers say where a request comes from (Sec-Fetch-Site, older ones Origin); what says neither is no browser,
    and carries no cookie that it was not given on purpose.
    """
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        ours = site in OWN_SITE
    else:
        hosts = {request.headers.get("host", ""), urlsplit(public_url).netloc}
        ours = origin is None or origin.partition("://")[2] in hosts
    if not ours:
        raise NotAllowed("cross_site_request", action="change", subject="-")


def installation_of(request: Request) -> Installation:
    """The installation that the application was created for."""
    installation: Installation = request.app.state.installation
    return installation


def identify(
    request: Request,
    key: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    session: Annotated[str | None, Depends(COOKIE)],
) -> Actor:
    """The person behind an API key or else behind the session cookie. Raises NotSignedIn."""
    installation = installation_of(request)
    if key is None and session is not None:
        refuse_cross_site(request, installation.settings.public_url)
    with installation.look() as work:
        if key is not None:
            actor = actor_of_api_key(work, key.credentials)
        else:
            actor = None if session is None else actor_of_session(work, session)
    if actor is None:
        raise NotSignedIn("not_signed_in")
    return actor


def begin_change(request: Request, actor: Annotated[Actor, Depends(identify)]) -> Iterator[Work]:
    with installation_of(request).work(actor) as work:
        yield work


def begin_look(request: Request, actor: Annotated[Actor, Depends(identify)]) -> Iterator[Work]:
    with installation_of(request).look(actor) as work:
        yield work


def begin_public_look(request: Request) -> Iterator[Work]:
    with installation_of(request).look() as work:
        yield work


# With the default scope a dependency ends after the response has left, and a failed commit would be answered as done.
Change = Annotated[Work, Depends(begin_change, scope="function")]
"""A piece of work of the signed-in person that is committed before the answer leaves."""
Look = Annotated[Work, Depends(begin_look, scope="function")]
"""A piece of work of the signed-in person that only reads."""
PublicLook = Annotated[Work, Depends(begin_public_look, scope="function")]
"""What anybody may read, whoever they are."""

"""Opening a session with a name and a password: the same steps behind the site's form and the API."""

from fastapi import Response

from mcc.actions import sign_in
from mcc.actions.sign_in import SESSION_LASTS, SignedIn
from mcc.actions.work import PUBLIC
from mcc.api.asking import SESSION_COOKIE
from mcc.errors import NotSignedIn
from mcc.installation import Installation


def open_session(installation: Installation, name: str, password: str) -> SignedIn:
    """Raises NotSignedIn, one and the same for any reason, or TooManyAttempts.

    The password is compared between two pieces of work, so that nobody waits for it; a refusal is noted in one of
    its own, since what is refused leaves nothing.
    """
    with installation.look(PUBLIC) as work:
        credential = sign_in.find_credential(work, name)
    if credential.fits(password):
        with installation.work(PUBLIC) as work:
            return sign_in.open_session(work, credential)
    with installation.work(PUBLIC) as work:
        sign_in.note_refused_sign_in(work, credential)
    raise NotSignedIn("sign_in_failed", where="password")


def set_session_cookie(response: Response, installation: Installation, token: str) -> None:
    """Out of reach of scripts and of other sites' forms; over TLS only where the site has it."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        secure=installation.settings.public_url.startswith("https:"),
        samesite="lax",
    )

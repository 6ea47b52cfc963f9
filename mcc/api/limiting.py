"""The largest body that is read: it is refused as soon as it is larger, whatever it said about its size."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TOO_LARGE = 413
ENVELOPE = 1_000_000
"""Room for what surrounds an uploaded file: the other fields and the borders of the form."""
Refusal = Callable[[], Exception]


def refuse_large() -> Exception:
    return HTTPException(CONTENT_TOO_LARGE)


class LimitBody:
    """Raises what `refuse` makes into whoever reads the body.

    By default an HTTPException: under the API the framework takes anything else for a malformed request.
    """

    def __init__(
        self, app: ASGIApp, limit: int, *, refuse: Refusal = refuse_large, elsewhere: tuple[str, ...] = ()
    ) -> None:
        self.app = app
        self.limit = limit
        self.refuse = refuse
        self.elsewhere = elsewhere
        """Beginnings of the addresses that are limited by others."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self.elsewhere):
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        announced = int(length) if length.isdigit() else 0
        counted = 0

        async def receive_limited() -> Message:
            nonlocal counted
            message: Message = {} if announced > self.limit else await receive()
            counted += len(message.get("body", b""))
            if max(announced, counted) > self.limit:
                raise self.refuse()
            return message

        await self.app(scope, receive_limited, send)

"""The largest body that is read: it is refused as soon as it is larger, whatever it said about its size."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TOO_LARGE = 413


class LimitBody:
    """Raises HTTPException into whoever reads the body: the framework takes anything else for a malformed request."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
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
                raise HTTPException(CONTENT_TOO_LARGE)
            return message

        await self.app(scope, receive_limited, send)

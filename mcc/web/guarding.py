"""What stands around every answer: headers that tell browsers what to refuse, and how long they may keep it."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcc.web.templating import read_static

INSIDE = b64encode(sha256(read_static("status.css").encode()).digest()).decode()
"""The one style that stands inside a page: that of the status page."""
POLICY = (
    f"default-src 'none'; style-src 'self' 'sha256-{INSIDE}'; img-src 'self' blob:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KEPT = "public, max-age=31536000, immutable"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class GuardHeaders:
    """Pages are personal or change by the minute: nobody keeps them, unless the answer itself says otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)


class KeptFiles(StaticFiles):
    """Styles, scripts, pictures and typefaces: kept by browsers for good where the address names their version."""

    def file_response(
        self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        versioned = scope["query_string"].startswith(b"v=") or "/fonts/" in scope["path"]
        answer.headers["Cache-Control"] = KEPT if versioned else "public, max-age=300"
        return answer

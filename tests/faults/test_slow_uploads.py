"""While a picture is drawn anew, which takes its time, everybody else goes on writing."""

import threading
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from mcc.actions import journal, uploads
from mcc.actions.work import SYSTEM, Role
from mcc.api.asking import SESSION_COOKIE
from mcc.web.app import create_app
from tests.mcc.pictures import picture
from tests.office import Office

PHOTO = ("foto.jpg", picture(), "image/jpeg")
SENDERS: dict[str, tuple[str | None, Callable[[int], str], dict[str, str]]] = {
    "evidence": (
        "coop",
        lambda key: f"/solicitudes/{key}/evidencia",
        {"kind": "photo", "title": "Foto", "form": "stored"},
    ),
    "folder": ("coop", lambda _: "/colectivos/1/carpeta/agregar", {"document": "statute"}),
    "misuse": (None, lambda _: "/uso-indebido", {"words": "x", "place": "y", "seen_on": "2026-08-01"}),
    "api": (
        "coop",
        lambda key: f"/api/v1/applications/{key}/evidence",
        {"kind": "photo", "title": "Foto", "form": "stored"},
    ),
}


@pytest.mark.parametrize("sender", SENDERS)
def test_nobody_waits_for_a_picture(office: Office, monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    username, address, fields = SENDERS[sender]
    key = office.draft("coop")
    reached, go_on = threading.Event(), threading.Event()
    draw = uploads.purify

    def halt(content: bytes) -> uploads.Purified:
        reached.set()
        assert go_on.wait(10)
        return draw(content)

    monkeypatch.setattr(uploads, "purify", halt)
    client = TestClient(create_app(office.installation), follow_redirects=False)
    if username is not None:
        client.cookies.set(SESSION_COOKIE, office.open_session(username) or "")
    answers: list[int] = []
    thread = threading.Thread(
        target=lambda: answers.append(
            client.post(address(key), data=fields, files={"file": PHOTO}).status_code
        )
    )
    thread.start()
    assert reached.wait(10)
    with office.installation.work(SYSTEM) as work:
        journal.record(work, "account:1", "choose", role=Role.SYSTEM)
    go_on.set()
    thread.join(20)
    assert answers in ([201], [303])

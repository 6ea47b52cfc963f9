"""What stands around every answer."""

from collections.abc import Iterator

import pytest

from mcc.api.limiting import ENVELOPE
from mcc.errors import TooLarge
from tests.mcc.web.conftest import Visit, words_of
from tests.office import PASSWORD, Office


@pytest.mark.parametrize("address", ["/", "/entrar", "/verificar", "/v/nada", "/no-existe"])
def test_every_answer_tells_browsers_what_to_refuse(visit: Visit, address: str) -> None:
    headers = visit(None).get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_no_page_needs_a_script_or_a_style_of_its_own(visit: Visit) -> None:
    page = visit(None).get("/").text
    assert ("<script" in page, " style=" in page, "<style" in page) == (False, False, False)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://otro.invalid"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver"}, 303),
    ],
)
def test_a_form_from_another_site_is_refused(visit: Visit, headers: dict[str, str], status: int) -> None:
    data = {"username": "coord", "password": PASSWORD}
    assert visit(None).post("/entrar", data=data, headers=headers).status_code == status


def test_a_form_that_announces_too_much_is_refused_unread(visit: Visit, office: Office) -> None:
    limit = office.installation.settings.upload_limit
    announced = {
        "content-length": str(limit + ENVELOPE + 1),
        "content-type": "multipart/form-data; boundary=x",
    }
    page = visit(None).post("/verificar", content=b"", headers=announced)
    assert page.status_code == 413
    assert "El máximo es 20 MB" in words_of(page)


def test_a_form_that_announces_nothing_is_refused_once_it_is_too_large(visit: Visit, office: Office) -> None:
    limit = office.installation.settings.upload_limit
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        while sent < limit * 2:
            sent += 1_000_000
            yield b"0" * 1_000_000

    page = visit(None).post(
        "/verificar", content=endless(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert page.status_code == 413
    assert TooLarge.__name__ not in page.text

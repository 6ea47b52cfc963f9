"""Pages are light: a first visit is at most 60 kB over the wire, every page after it at most 15 kB."""

import gzip
import re

from starlette.testclient import TestClient

from tests.mcc.web.conftest import Visit
from tests.office import Office

FIRST_VISIT, AFTER = 60_000, 15_000
ALREADY_SMALL = (".woff2", ".png", ".jpg")


def weigh(browser: TestClient, path: str) -> int:
    content = browser.get(path).content
    return len(content) if path.partition("?")[0].endswith(ALREADY_SMALL) else len(gzip.compress(content))


def parts_of(browser: TestClient, path: str) -> set[str]:
    """Everything that a browser fetches for a page: styles, scripts, pictures, and what the styles name."""
    found = set(re.findall(r'(?:href|src)="(/static/[^"]+|/v/[^"]+\.svg)"', browser.get(path).text))
    for sheet in [name for name in found if ".css" in name]:
        found |= {f"/static/{name}" for name in re.findall(r'url\("([^"]+)"\)', browser.get(sheet).text)}
    return found


def test_the_first_page_of_a_visit_is_light(visit: Visit) -> None:
    browser = visit(None)
    for path in ("/", "/verificar", "/entrar"):
        assert (
            weigh(browser, path) + sum(weigh(browser, part) for part in parts_of(browser, path))
            <= FIRST_VISIT
        )


def test_every_page_after_the_first_is_lighter_still(visit: Visit, office: Office) -> None:
    number = office.issued()
    for username in ("coop", "coord", "eval.1", "audita"):
        browser = visit(username)
        known = parts_of(browser, "/entrar")
        for path in ("/solicitudes", f"/solicitudes/{number}"):
            new = parts_of(browser, path) - known
            assert weigh(browser, path) + sum(weigh(browser, part) for part in new) <= AFTER


def test_answers_are_compressed_and_files_are_kept(visit: Visit) -> None:
    browser = visit(None)
    page = browser.get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store"
    for part in parts_of(browser, "/"):
        assert "no-store" not in browser.get(part).headers["cache-control"], part

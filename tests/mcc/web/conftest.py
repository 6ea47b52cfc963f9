"""The site of a real office, visited as different people; what a page says and holds, taken from its HTML."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from mcc.api.asking import SESSION_COOKIE
from mcc.web.app import create_app
from tests.office import PASSWORD, Office

Visit = Callable[[str | None], TestClient]


@pytest.fixture
def visit(office: Office) -> Iterator[Visit]:
    """A browser for a person who has signed in; for a stranger, when no name is given.

    On the first day with the session of the template: looking at a password takes a tenth of a second. Later, and for
    whoever is new, through the door.
    """
    with ExitStack() as stack:

        def open_browser(username: str | None) -> TestClient:
            site = create_app(office.installation)
            browser = stack.enter_context(
                TestClient(site, follow_redirects=False, raise_server_exceptions=False)
            )
            token = None if username is None else office.open_session(username)
            if token is not None:
                browser.cookies.set(SESSION_COOKIE, token)
            elif username is not None:
                answer = browser.post("/entrar", data={"username": username, "password": PASSWORD})
                assert answer.status_code == 303
            return browser

        yield open_browser


def words_of(page: Response) -> str:
    """What a person reads, in one line."""
    body = re.sub(r"(?s)<(head|script).*?</\1>", " ", page.text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def errors_of(page: Response) -> list[str]:
    """The sentences of the error summary."""
    found = re.search(r'(?s)class="govuk-error-summary".*?<ul[^>]*>(.*?)</ul>', page.text)
    items = re.findall(r"(?s)<li>(.*?)</li>", found[1]) if found else []
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]


def typed_in(page: Response, name: str) -> str | None:
    """What a field of one line or a text area holds."""
    line = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', page.text)
    area = re.search(rf'(?s)<textarea[^>]*name="{re.escape(name)}"[^>]*>\n(.*?)</textarea>', page.text)
    found = line or area
    return html.unescape(found[1]) if found else None


def chosen_in(page: Response, name: str) -> list[str]:
    """What is ticked or selected."""
    ticked = re.findall(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)" checked', page.text)
    choice = re.search(rf'(?s)<select[^>]*name="{re.escape(name)}".*?</select>', page.text)
    return ticked + (re.findall(r'value="([^"]*)" selected', choice[0]) if choice else [])

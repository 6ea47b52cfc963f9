"""The API of a real office, asked as different people over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from mcc.actions.accounts import create_api_key
from mcc.actions.work import SYSTEM
from mcc.api.app import create_api
from tests.office import Office

Ask = Callable[[str | None], TestClient]


@pytest.fixture
def ask(office: Office) -> Iterator[Ask]:
    """A client for a person, by an API key of their own; for a stranger, when no name is given."""
    apis: dict[int, FastAPI] = {}
    with ExitStack() as stack:

        def open_client(username: str | None) -> TestClient:
            headers = {}
            if username is not None:
                with office.installation.work(SYSTEM) as work:
                    headers["Authorization"] = f"Bearer {create_api_key(work, username, 'prueba')}"
            # One for everybody, as in life: the first answer of each takes a third of a second.
            if id(office.installation) not in apis:
                apis[id(office.installation)] = create_api(office.installation)
            return stack.enter_context(TestClient(apis[id(office.installation)], headers=headers))

        yield open_client

"""Who gets which page in which state: every route, every kind of person, every state of a file.

What is expected stands in permission_matrix.txt, a line for each route and state with the people who get the page. A
route that is missing there fails. `MCC_WRITE_MATRIX=1` writes the lines anew, to be read before they are kept.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.mcc.web.conftest import Visit
from tests.mcc.web.route_table import PEOPLE, REFUSALS, STATES, addresses, fill, prepare, read_expected
from tests.office import Office

WRITE = os.environ.get("MCC_WRITE_MATRIX") == "1"


OUTSIDERS = frozenset({"stranger", "other", "idle", "admin"})
"""People who have no part in the file."""


def visitors(visit: Visit) -> Iterator[tuple[str, TestClient]]:
    for person, username in PEOPLE.items():
        yield person, visit(username)


def see(visit: Visit, office: Office, state: str) -> dict[str, list[str]]:
    """For each route that depends on the state, who gets its page; at the beginning and at the end for every route."""
    places = prepare(office, state)
    seen: dict[str, list[str]] = {
        pattern: [] for pattern in addresses("GET") if state in {STATES[0], STATES[-1]} or depends(pattern)
    }
    ends = state in {STATES[0], STATES[-1]}
    for person, browser in visitors(visit):
        if not ends and person in OUTSIDERS:
            continue
        for pattern, people in seen.items():
            status = browser.get(fill(pattern, places)).status_code
            assert status in {200, *REFUSALS}, f"{pattern} as {person}: {status}"
            if status == 200:
                people.append(person)
    return seen


def test_whoever_is_outside_a_file_has_no_page_of_it_in_any_state() -> None:
    """So that they are looked at in the first and the last state alone."""
    for state in STATES:
        for pattern, people in read_expected(state).items():
            if "{reference}" in pattern:
                assert OUTSIDERS.isdisjoint(people), f"{pattern} in {state}"


def depends(pattern: str) -> bool:
    """Whether who gets a page may depend on where a file stands."""
    named = any(place in pattern for place in ("{reference}", "{seat_id", "{code}"))
    return named or pattern in {"/colectivos", "/comite/carpeta.pdf"}


def test_what_is_looked_at_in_two_states_alone_is_the_same_in_all() -> None:
    expected = {state: read_expected(state) for state in STATES}
    independent = [pattern for pattern in addresses("GET") if not depends(pattern)]
    assert len(independent) > 40
    for pattern in independent:
        assert len({tuple(expected[state][pattern]) for state in STATES}) == 1, pattern


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_the_pages_that_are_theirs_and_no_other(
    visit: Visit, office: Office, state: str, tmp_path: Path
) -> None:
    seen = see(visit, office, state)
    if WRITE:
        lines = [
            f"{pattern} | {state} | {' '.join(people) or 'nobody'}\n" for pattern, people in seen.items()
        ]
        (tmp_path.parent / f"matrix-{state}.txt").write_text("".join(lines), encoding="utf-8")
        pytest.fail(f"written to {tmp_path.parent}")
    ends = state in {STATES[0], STATES[-1]}
    assert seen == {
        pattern: [person for person in people if ends or person not in OUTSIDERS]
        for pattern, people in read_expected(state).items()
        if pattern in seen
    }
    assert set(addresses("GET")) == read_expected(state).keys()


@pytest.mark.parametrize("state", ["draft", "in_evaluation", "issued"])
def test_nobody_changes_anything_who_may_not_even_look(visit: Visit, office: Office, state: str) -> None:
    places = prepare(office, state)
    patterns = [
        pattern for pattern in addresses("POST") if "{reference}" in pattern or "{organisation_id" in pattern
    ]
    for person in ("stranger", "other", "idle", "admin"):
        browser = visit(PEOPLE[person])
        for pattern in patterns:
            answer = browser.post(fill(pattern, places), data={})
            turned_away = answer.headers.get("location") == "/entrar"
            assert turned_away or answer.status_code in {401, 403, 404}, f"{pattern} as {person}: {answer}"

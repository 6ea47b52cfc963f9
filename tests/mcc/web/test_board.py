"""Kept pages are shown only while they are certain to be true."""

import time
from datetime import UTC, datetime

import pytest

from mcc.web.board import MOST_PAGES, StatusBoard
from tests.office import Office

EARLY = datetime(2026, 8, 3, 13, 0, 0, tzinfo=UTC)


def test_a_page_is_kept_until_anything_is_committed(office: Office) -> None:
    board = StatusBoard(office.installation.database)
    assert board.find("a") is None
    board.keep("a", b"page", made_at=EARLY, mark=board.mark)
    assert board.find("a") == b"page"
    office.register()
    assert board.find("a") is None
    board.close()


def test_a_page_made_before_a_commit_is_not_kept_after_it(office: Office) -> None:
    board = StatusBoard(office.installation.database)
    board.find("a")
    before = board.mark
    office.register()
    board.find("a")
    board.keep("a", b"old", made_at=EARLY, mark=before)
    assert board.find("a") is None
    board.close()


def test_a_page_ends_with_the_minute_that_it_names(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    board = StatusBoard(office.installation.database)
    board.find("a")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    board.keep("a", b"page", made_at=EARLY.replace(second=50), mark=board.mark)
    monkeypatch.setattr(time, "monotonic", lambda: now + 9.9)
    assert board.find("a") == b"page"
    monkeypatch.setattr(time, "monotonic", lambda: now + 10)
    assert board.find("a") is None
    board.close()


def test_the_board_does_not_grow_without_end(office: Office) -> None:
    board = StatusBoard(office.installation.database)
    board.find("a")
    for place in range(MOST_PAGES + 1):
        board.keep(str(place), b"page", made_at=EARLY, mark=board.mark)
    assert (board.find("0"), board.find(str(MOST_PAGES))) == (None, b"page")
    board.close()

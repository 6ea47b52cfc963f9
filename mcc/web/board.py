"""Status pages as they were last made, kept only while they are certain to be true.

A page is made anew after any commit, by whatever process (SQLite counts them), and when the minute that it names
is over, which is also how a date takes effect at midnight.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine.interfaces import DBAPICursor

from mcc.db.session import Database

MOST_PAGES = 2000
PATIENCE_MILLISECONDS = 1000
SECONDS_WITHOUT_COUNT = 2
"""A database that does not count its commits is believed for so long."""


@dataclass(frozen=True)
class KeptPage:
    content: bytes
    until: float
    """On the monotonic clock."""


class StatusBoard:
    def __init__(self, database: Database) -> None:
        self._watch = CommitWatch(database)
        self._pages: dict[str, KeptPage] = {}
        self.mark = -1
        """Names the state of the database that the kept pages show."""

    def find(self, code: str) -> bytes | None:
        """The page, if it still tells the truth. Raises sqlite3.OperationalError while the database is locked."""
        mark = self._watch.count()
        if mark != self.mark:
            self._pages.clear()
            self.mark = mark
        kept = self._pages.get(code)
        return kept.content if kept is not None and time.monotonic() < kept.until else None

    def keep(self, code: str, content: bytes, *, made_at: datetime, mark: int) -> None:
        """Keep a page for the rest of its minute, unless something was committed while it was being made."""
        if mark != self.mark:
            return
        if len(self._pages) >= MOST_PAGES:
            self._pages.clear()
        seconds_left = 60 - made_at.second - made_at.microsecond / 1_000_000
        self._pages[code] = KeptPage(content, time.monotonic() + seconds_left)

    def close(self) -> None:
        self._watch.close()


class CommitWatch:
    """Counts the commits of all processes, on a connection of its own that writes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._close: Callable[[], None] = lambda: None
        self._ask: Callable[[], int] | None = None

    def count(self) -> int:
        if self._ask is None:
            self._ask = self._open() if self._database.is_sqlite else self._count_seconds
        return self._ask()

    def _open(self) -> Callable[[], int]:
        held = self._database.reading.raw_connection()
        held.detach()
        self._close = held.close
        connection = held.dbapi_connection
        assert connection is not None, "just opened"
        connection.cursor().execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
        cursor = connection.cursor()
        return lambda: _read_version(cursor)

    def _count_seconds(self) -> int:
        return int(time.monotonic() / SECONDS_WITHOUT_COUNT)

    def close(self) -> None:
        self._close()


def _read_version(cursor: DBAPICursor) -> int:
    cursor.execute("PRAGMA data_version")
    row = cursor.fetchone()
    assert row is not None, "a pragma that always answers"
    return int(row[0])

"""Engines and units of work: the only `commit()` of the project."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session

from mcc.db.sealing import refuse_unsealed, watch_rows

WAL_SAFE_SINCE = (3, 51, 3)
"""Below this version SQLite's write-ahead log can corrupt itself when several processes check-point: sqlite.org/wal.html."""

BUSY_MILLISECONDS = 15_000


class Database:
    """One database seen through two engines: writers queue for the write lock at BEGIN, readers never ask for it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.writing = _open_engine(url, immediate=True)
        self.reading = _open_engine(url, immediate=False)

    @property
    def journal_mode(self) -> str:
        return "wal" if sqlite3.sqlite_version_info >= WAL_SAFE_SINCE else "delete"

    def close(self) -> None:
        self.writing.dispose()
        self.reading.dispose()


def _open_engine(url: str, *, immediate: bool) -> Engine:
    engine = create_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _set_up_sqlite)
        # The stdlib driver begins at the first write, so a number read before it is given out twice.
        begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    mode = "wal" if sqlite3.sqlite_version_info >= WAL_SAFE_SINCE else "delete"
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        f"journal_mode = {mode}",
        # NORMAL loses acknowledged commits at a power cut.
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def unit_of_work(database: Database) -> Iterator[Session]:
    """One transaction: commits when the block ends well, else leaves nothing behind.

    It begins, and takes SQLite's write lock, with the first statement: what is slow and needs no row is done before.

    Raises UnsealedChange when a material row was changed without an event that covers it.
    """
    with Session(database.writing, expire_on_commit=False) as session:
        watch_rows(session)
        yield session
        session.flush()
        refuse_unsealed(session)
        session.commit()


@contextmanager
def reading(database: Database) -> Iterator[Session]:
    """A session that sees one snapshot and cannot keep a change."""
    with Session(database.reading, autoflush=False) as session:
        yield session

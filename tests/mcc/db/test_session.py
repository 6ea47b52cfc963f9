"""The unit of work: whole or not at all; writers queue, readers never wait and never keep a change."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from mcc.db.migrating import migrate
from mcc.db.session import WAL_SAFE_SINCE, Database, reading, unit_of_work
from mcc.db.tables import NumberCounter


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'mcc.sqlite3'}"
    migrate(url)
    opened = Database(url)
    yield opened
    opened.close()


def count_on(session: Session, series: str = "S-2026") -> None:
    row = session.exec(select(NumberCounter).where(NumberCounter.series == series)).first()
    if row is None:
        row = NumberCounter(series=series, last=0)
    row.last += 1
    session.add(row)


def last_of(database: Database, series: str = "S-2026") -> int | None:
    with reading(database) as session:
        row = session.exec(select(NumberCounter).where(NumberCounter.series == series)).first()
        return None if row is None else row.last


def test_a_block_that_ends_well_is_kept_and_one_that_fails_leaves_nothing(database: Database) -> None:
    with unit_of_work(database) as session:
        count_on(session)
    with pytest.raises(ZeroDivisionError), unit_of_work(database) as session:
        count_on(session)
        session.flush()
        raise ZeroDivisionError
    assert last_of(database) == 1


def test_reading_keeps_no_change(database: Database) -> None:
    with reading(database) as session:
        count_on(session)
        session.flush()
    assert last_of(database) is None


def test_eight_writers_at_once_lose_no_count(database: Database) -> None:
    def write() -> None:
        for _ in range(10):
            with unit_of_work(database) as session:
                count_on(session)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert last_of(database) == 80


def test_a_reader_does_not_wait_for_a_writer_that_has_not_committed(database: Database) -> None:
    with unit_of_work(database) as session:
        count_on(session)
        session.flush()
        assert last_of(database) is None
    assert last_of(database) == 1


def test_the_journal_mode_is_one_that_this_sqlite_can_be_trusted_with(database: Database) -> None:
    safe = sqlite3.sqlite_version_info >= WAL_SAFE_SINCE
    with database.writing.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal" if safe else "delete", "synchronous": 2, "foreign_keys": 1}
    assert database.journal_mode == found["journal_mode"]

"""Migrations: they make the tables that the source describes, on an empty file and beside the job engine's own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

from mcc.db.migrating import NEWEST, configure, is_current, migrate
from mcc.jobs.queue import create_tables


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mcc.sqlite3'}"


def test_the_newest_migration_is_the_one_that_the_source_names(url: str) -> None:
    assert ScriptDirectory.from_config(configure(url)).get_current_head() == NEWEST


def test_an_empty_database_gets_exactly_the_tables_of_the_source(url: str) -> None:
    migrate(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert set(inspect(connection).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}
    engine.dispose()


def test_migrating_twice_changes_nothing_and_leaves_the_job_engine_alone(url: str) -> None:
    migrate(url)
    create_tables(url)
    engine = create_engine(url)
    before = set(inspect(engine).get_table_names())
    migrate(url)
    assert set(inspect(engine).get_table_names()) == before
    assert len(before) > len(SQLModel.metadata.tables) + 1
    engine.dispose()


def test_only_a_database_with_every_migration_is_current(url: str, tmp_path: Path) -> None:
    assert not is_current(url)
    assert not (tmp_path / "mcc.sqlite3").exists()
    migrate(url)
    assert is_current(url)
    with sqlite3.connect(tmp_path / "mcc.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert not is_current(url)


def test_a_database_of_something_else_is_not_current(url: str, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "mcc.sqlite3")
    connection.execute("CREATE TABLE letters (id INTEGER)")
    connection.close()
    assert not is_current(url)


def test_what_a_database_of_the_first_release_holds_is_kept(url: str, tmp_path: Path) -> None:
    command.upgrade(configure(url), "0001")
    with closing(sqlite3.connect(tmp_path / "mcc.sqlite3")) as connection:
        before = {table: fill_one_row(connection, table) for table in tables_in(connection)}
        connection.commit()
    migrate(url)
    with closing(sqlite3.connect(tmp_path / "mcc.sqlite3")) as connection:
        for table, row in before.items():
            names = ", ".join(f'"{name}"' for name in row)
            kept = connection.execute(f'SELECT {names} FROM "{table}"').fetchall()
            assert kept == [tuple(row.values())], table
    assert len(before) > 15


def tables_in(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return sorted(name for (name,) in found if name != "alembic_version" and not name.startswith("sqlite_"))


def fill_one_row(connection: sqlite3.Connection, table: str) -> dict[str, object]:
    """A row with something in every column; keys of other tables point at the one row there."""
    row: dict[str, object] = {}
    for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")'):
        text = (
            "2026-08-03 13:00:00.000000" if "DATETIME" in kind else "2026-08-03" if "DATE" in kind else "[]"
        )
        whole = any(word in kind for word in ("INT", "BOOL"))
        row[name] = 1 if whole else b"salt" if "BLOB" in kind else text
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" for _ in row)
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values()))
    return row

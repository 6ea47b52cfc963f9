"""The queue: no commit, no job; one job of a name, however often it is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from mcc.db.migrating import migrate
from mcc.db.session import Database, reading, unit_of_work
from mcc.jobs.queue import IssueQueue, create_tables, job_key


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'mcc.sqlite3'}"
    migrate(url)
    create_tables(url)
    opened = Database(url)
    yield opened
    opened.close()


def jobs_of(database: Database) -> list[str]:
    with reading(database) as session:
        found = session.connection().execute(text("SELECT workflow_uuid FROM workflow_status ORDER BY 1"))
        return [row[0] for row in found]


def test_a_job_is_there_when_its_transaction_has_committed(database: Database) -> None:
    queue = IssueQueue(database.url)
    with unit_of_work(database) as session:
        queue.enqueue_issue(session, 7)
        assert jobs_of(database) == []
    assert jobs_of(database) == ["issue-7"]


def test_a_transaction_that_fails_leaves_no_job(database: Database) -> None:
    queue = IssueQueue(database.url)
    with pytest.raises(ZeroDivisionError), unit_of_work(database) as session:
        queue.enqueue_issue(session, 7)
        raise ZeroDivisionError
    assert jobs_of(database) == []


def test_asking_twice_makes_one_job_and_a_new_attempt_another(database: Database) -> None:
    queue = IssueQueue(database.url)
    for attempt in (0, 0, 1, 1):
        with unit_of_work(database) as session:
            queue.enqueue_issue(session, 7, attempt=attempt)
    assert jobs_of(database) == ["issue-7", "issue-7-1"]


def test_another_certificate_of_the_same_application_is_another_job(database: Database) -> None:
    queue = IssueQueue(database.url)
    for issued in (0, 1, 1, 2):
        with unit_of_work(database) as session:
            queue.enqueue_issue(session, 7, issued=issued)
    assert jobs_of(database) == ["issue-7", "issue-7.1", "issue-7.2"]


def test_the_names_of_two_applications_never_meet() -> None:
    names = [
        job_key(application, attempt, issued=issued)
        for application in range(1, 40)
        for attempt in range(12)
        for issued in range(12)
    ]
    assert len(set(names)) == len(names)

"""One installation, put together: settings, database, clock, files and jobs; the edges begin their work here."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from mcc.actions import journal
from mcc.actions.files import FileStore
from mcc.actions.work import PUBLIC, Actor, JobQueue, Work
from mcc.chance import Chance, system_chance
from mcc.clock import Clock, SystemClock, parse_clock
from mcc.db.migrating import is_current, migrate
from mcc.db.queries.journal import was_denied
from mcc.db.session import Database, reading, unit_of_work
from mcc.db.tables import InstallationRecord
from mcc.errors import NotAllowed, Unavailable
from mcc.settings import Settings

DENIED_ONCE_IN = timedelta(hours=1)


@dataclass(frozen=True)
class Installation:
    """Begins pieces of work. The clock of a demonstration is read from its database, so that all processes agree."""

    settings: Settings
    database: Database
    files: FileStore
    jobs: JobQueue
    chance: Chance
    clock: Clock
    demonstration: bool

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """A piece of work that commits when the block ends well; a denied attempt is recorded on its own."""
        try:
            with unit_of_work(self.database) as session:
                yield self._work(session, actor)
        except NotAllowed as denied:
            self._record_denial(actor, denied)
            raise

    @contextmanager
    def look(self, actor: Actor = PUBLIC) -> Iterator[Work]:
        """A piece of work that only reads; the first denied one of its kind in an hour is recorded on its own."""
        try:
            with reading(self.database) as session:
                yield self._work(session, actor)
        except NotAllowed as denied:
            if not self._was_denied_lately(actor, denied):
                self._record_denial(actor, denied)
            raise

    def _work(self, session: Session, actor: Actor) -> Work:
        return Work(
            session=session,
            actor=actor,
            now=self._clock().now(),
            chance=self.chance,
            files=self.files,
            jobs=self.jobs,
            settings=self.settings,
            demonstration=self.demonstration,
        )

    def _clock(self) -> Clock:
        """Asked outside the piece of work, whose first statement takes the write lock."""
        if not self.demonstration or self.settings.clock:
            return self.clock
        with reading(self.database) as session:
            text = session.exec(select(InstallationRecord.clock)).one()
        return self.clock if text is None else parse_clock(text)

    def _record_denial(self, actor: Actor, denied: NotAllowed) -> None:
        subject, action = describe_attempt(denied)
        with unit_of_work(self.database) as session:
            journal.record(
                self._work(session, actor),
                subject,
                "denied",
                role=actor.any_role,
                attempted=action,
                reason=denied.code,
            )

    def _was_denied_lately(self, actor: Actor, denied: NotAllowed) -> bool:
        """A page that is asked for again and again must not fill the journal, nor take the lock each time."""
        subject, action = describe_attempt(denied)
        since = self._clock().now() - DENIED_ONCE_IN
        with reading(self.database) as session:
            return was_denied(session, actor.account_id, subject, action, since)

    def close(self) -> None:
        self.database.close()


def describe_attempt(denied: NotAllowed) -> tuple[str, str]:
    """What it was about, and the action."""
    return str(denied.facts.get("subject", "-")), str(denied.facts.get("action", "-"))


def create_installation(
    settings: Settings, *, demonstration: bool = False, clock: str | None = None
) -> Installation:
    """Make the folder and the database, or bring an existing one up to date; then open it."""
    settings.data.mkdir(parents=True, exist_ok=True)
    migrate(settings.database)
    _create_job_tables(settings.database)
    database = Database(settings.database)
    with Session(database.writing) as session:
        present = session.exec(select(InstallationRecord)).first()
    database.close()
    if present is None:
        _mark_installation(settings, demonstration=demonstration, clock=clock)
    return open_installation(settings)


def _mark_installation(settings: Settings, *, demonstration: bool, clock: str | None) -> None:
    database = Database(settings.database)
    with unit_of_work(database) as session:
        now = SystemClock().now()
        session.add(InstallationRecord(demonstration=demonstration, clock=clock, created_at=now))
    database.close()


def set_demonstration_clock(installation: Installation, clock: str) -> None:
    """Move the clock of a demonstration, for every process that works on it."""
    if not installation.demonstration:
        raise NotAllowed("clock_only_in_demonstration", action="set_clock", subject="installation")
    with unit_of_work(installation.database) as session:
        record = session.exec(select(InstallationRecord)).one()
        record.clock = clock
        session.add(record)


def open_installation(
    settings: Settings, *, jobs: JobQueue | None = None, chance: Chance = system_chance
) -> Installation:
    """Open an existing installation.

    Raises Unavailable when there is none or it is of another version, NotAllowed when MCC_CLOCK is set on
    an installation that is not a demonstration.
    """
    if not is_current(settings.database):
        raise Unavailable("installation_missing", data=str(settings.data))
    database = Database(settings.database)
    with reading(database) as session:
        record = session.exec(select(InstallationRecord)).first()
    if record is None:
        raise Unavailable("installation_missing", data=str(settings.data))
    if settings.clock and not record.demonstration:
        raise NotAllowed("clock_only_in_demonstration", action="set_clock", subject="installation")
    return Installation(
        settings=settings,
        database=database,
        files=FileStore(Path(settings.data)),
        jobs=jobs or DurableQueue(settings.database),
        chance=chance,
        clock=parse_clock(settings.clock) if settings.clock else SystemClock(),
        demonstration=record.demonstration,
    )


class DurableQueue:
    """The worker's queue, reached only when something is put into it: loading the engine takes a second."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._queue: JobQueue | None = None

    def enqueue_issue(
        self, session: Session, application_id: int, *, attempt: int = 0, issued: int = 0
    ) -> None:
        from mcc.jobs.queue import IssueQueue  # noqa: PLC0415 - see the class

        with self._lock:
            if self._queue is None:
                self._queue = IssueQueue(self._url)
        self._queue.enqueue_issue(session, application_id, attempt=attempt, issued=issued)


def _create_job_tables(url: str) -> None:
    from mcc.jobs.queue import create_tables  # noqa: PLC0415 - loading the engine takes a second

    create_tables(url)

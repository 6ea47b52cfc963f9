"""Everything, in order, for the one who checks it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Event, EventWords, Material, NumberCounter, Seal


def all_events(session: Session) -> Iterator[Event]:
    yield from session.exec(select(Event).order_by(col(Event.seq)).execution_options(yield_per=500))


def words_by_event(session: Session) -> dict[int, EventWords]:
    return {words.event_seq: words for words in session.exec(select(EventWords))}


def seals_by_event(session: Session) -> dict[int, list[Seal]]:
    found: dict[int, list[Seal]] = {}
    for seal in session.exec(select(Seal).order_by(col(Seal.id))):
        found.setdefault(seal.event_seq, []).append(seal)
    return found


def last_seals(session: Session) -> dict[tuple[str, int], Seal]:
    """The seal that counts for each row: the last one."""
    wanted = select(Seal).order_by(col(Seal.event_seq), col(Seal.id))
    return {(seal.table_name, seal.row_id): seal for seal in session.exec(wanted)}


def find_damage(session: Session) -> list[str]:
    """What SQLite finds wrong with its own file: pages, indexes, constraints. Another engine looks after itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    told = [str(row[0]) for row in session.connection().exec_driver_sql("PRAGMA integrity_check(20)")]
    return [line for line in told if line != "ok"]


def last_serials(session: Session) -> dict[str, int]:
    """The last serial given out, for each series."""
    return {row.series: row.last for row in session.exec(select(NumberCounter))}


def rows_of(session: Session, table: type[Material]) -> Sequence[Material]:
    return session.exec(select(table).order_by(col(table.id))).all()

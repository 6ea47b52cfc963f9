"""Everything, in order, for the one who checks it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Event, EventWords, Material, Seal


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


def rows_of(session: Session, table: type[Material]) -> Sequence[Material]:
    return session.exec(select(table).order_by(col(table.id))).all()

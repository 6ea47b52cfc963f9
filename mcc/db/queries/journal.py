"""The tail of the chain, and the story of a file."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from mcc.db.tables import Event, EventWords


def last_event(session: Session) -> Event | None:
    return session.exec(select(Event).order_by(col(Event.seq).desc()).limit(1)).first()


def events_of_application(session: Session, application_id: int) -> Sequence[tuple[Event, EventWords | None]]:
    """Every event of one application, oldest first, with the words that were written (None where there are none)."""
    wanted = (
        select(Event, EventWords)
        .join(EventWords, col(EventWords.event_seq) == col(Event.seq), isouter=True)
        .where(Event.application_id == application_id)
        .order_by(col(Event.seq))
    )
    return [(event, words) for event, words in session.exec(wanted)]


def was_denied(
    session: Session, account_id: int | None, subject: str, attempted: str, since: datetime
) -> bool:
    """Whether this person was denied this action on this subject already."""
    wanted = select(Event.facts).where(
        Event.subject == subject,
        Event.action == "denied",
        Event.actor_id == account_id,
        Event.at >= since,
    )
    return any(facts["attempted"] == attempted for facts in session.exec(wanted))


def count_events_since(session: Session, subject: str, action: str, since: datetime) -> int:
    wanted = (
        select(func.count())
        .select_from(Event)
        .where(Event.subject == subject, Event.action == action, Event.at >= since)
    )
    return session.exec(wanted).one()


def last_words(session: Session, application_id: int, action: str) -> str | None:
    """What was written when this was last done with the application."""
    wanted = (
        select(EventWords.words)
        .join(Event, col(Event.seq) == EventWords.event_seq)
        .where(Event.application_id == application_id, Event.action == action)
    )
    return session.exec(wanted.order_by(col(Event.seq).desc())).first()

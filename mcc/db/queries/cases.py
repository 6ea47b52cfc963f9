"""Cases: by the receipt of whoever filed them, and in the list of the office."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from mcc.db.tables import Case, Event, EventWords

OVER = ("closed", "rejected")


def case_by_receipt(session: Session, receipt: str) -> Case | None:
    return session.exec(select(Case).where(Case.receipt == receipt)).first()


def list_cases(session: Session, visible: ColumnElement[bool]) -> Sequence[Case]:
    over = col(Case.state).in_(OVER)
    return session.exec(select(Case).where(visible).order_by(over, col(Case.filed_at))).all()


def count_filed_since(session: Session, moment: datetime) -> int:
    return session.exec(select(func.count()).select_from(Case).where(Case.filed_at >= moment)).one()


def closing_words(session: Session, case_id: int) -> str | None:
    """What was written with the rejection or the resolution."""
    wanted = (
        select(EventWords.words)
        .join(Event, col(Event.seq) == EventWords.event_seq)
        .where(Event.subject == f"case:{case_id}", col(Event.action).in_(("reject", "resolve")))
    )
    return session.exec(wanted.order_by(col(Event.seq).desc())).first()


def all_cases(session: Session) -> Sequence[Case]:
    return session.exec(select(Case).order_by(col(Case.id))).all()


def end_of_cases(session: Session) -> dict[str, datetime]:
    """When each was last resolved or rejected, by the subject of its events."""
    wanted = select(Event.subject, Event.at).where(
        col(Event.subject).startswith("case:"), col(Event.action).in_(("reject", "resolve"))
    )
    return dict(session.exec(wanted.order_by(col(Event.seq))).all())


def cases_of(session: Session, application_id: int, *kinds: str) -> Sequence[Case]:
    """About this file, the oldest first; of these kinds, or of all."""
    wanted = select(Case).where(Case.application_id == application_id)
    if kinds:
        wanted = wanted.where(col(Case.kind).in_(kinds))
    return session.exec(wanted.order_by(col(Case.id))).all()

"""Reviews and decisions."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from mcc.db.tables import Application, Decision, Review


def reviews_of(session: Session, application_id: int) -> Sequence[Review]:
    wanted = select(Review).where(Review.application_id == application_id)
    return session.exec(wanted.order_by(col(Review.id))).all()


def decision_of(session: Session, application_id: int) -> Decision | None:
    """The one that stands: the newest."""
    wanted = select(Decision).where(Decision.application_id == application_id)
    return session.exec(wanted.order_by(col(Decision.id).desc())).first()


def decisions_of(session: Session, application_id: int) -> Sequence[Decision]:
    """Every one that was taken, the oldest first: an appeal that is upheld leads to another."""
    wanted = select(Decision).where(Decision.application_id == application_id)
    return session.exec(wanted.order_by(col(Decision.id))).all()


def decisions_on(session: Session, day: date) -> Sequence[tuple[Decision, Application]]:
    """By the date of their resolution."""
    wanted = (
        select(Decision, Application)
        .join(Application, col(Application.id) == col(Decision.application_id))
        .where(Decision.resolution_date == day)
    )
    return session.exec(wanted.order_by(col(Decision.id))).all()


def session_days(session: Session, limit: int = 12) -> Sequence[date]:
    """The last days on which something was decided."""
    wanted = select(col(Decision.resolution_date)).distinct()
    return session.exec(wanted.order_by(col(Decision.resolution_date).desc()).limit(limit)).all()

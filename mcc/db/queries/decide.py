"""Reviews and decisions."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Decision, Review


def reviews_of(session: Session, application_id: int) -> Sequence[Review]:
    wanted = select(Review).where(Review.application_id == application_id)
    return session.exec(wanted.order_by(col(Review.id))).all()


def decision_of(session: Session, application_id: int) -> Decision | None:
    return session.exec(select(Decision).where(Decision.application_id == application_id)).first()

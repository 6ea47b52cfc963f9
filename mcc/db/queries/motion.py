"""Motions about certificates, and their votes."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Account, Certificate, Mandate, Motion, MotionVote


def motions_of(session: Session, certificate_id: int) -> Sequence[Motion]:
    """Every one there ever was, the oldest first."""
    wanted = select(Motion).where(Motion.certificate_id == certificate_id)
    return session.exec(wanted.order_by(col(Motion.id))).all()


def motions_open(session: Session) -> Sequence[tuple[Motion, Certificate]]:
    """The oldest first."""
    wanted = (
        select(Motion, Certificate)
        .join(Certificate, col(Certificate.id) == col(Motion.certificate_id))
        .where(col(Motion.outcome).is_(None))
    )
    return session.exec(wanted.order_by(col(Motion.id))).all()


def votes_on(session: Session, motion_id: int) -> Sequence[tuple[MotionVote, Mandate, Account]]:
    """In the order in which they were cast."""
    wanted = (
        select(MotionVote, Mandate, Account)
        .join(Mandate, col(Mandate.id) == col(MotionVote.mandate_id))
        .join(Account, col(Account.id) == col(MotionVote.account_id))
        .where(MotionVote.motion_id == motion_id)
    )
    return session.exec(wanted.order_by(col(MotionVote.cast_at), col(MotionVote.id))).all()

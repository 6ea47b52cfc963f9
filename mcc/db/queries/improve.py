"""Steps of improvement plans, and the visits that follow them up."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from mcc.db.tables import Application, Continuation, Decision, FollowUp, ImprovementStep


def steps_of(session: Session, application_id: int) -> dict[str, ImprovementStep]:
    """Those that somebody did something about, by indicator."""
    wanted = select(ImprovementStep).where(ImprovementStep.application_id == application_id)
    return {row.indicator: row for row in session.exec(wanted.order_by(col(ImprovementStep.id)))}


def follow_ups_of(session: Session, application_id: int) -> Sequence[FollowUp]:
    """The oldest first."""
    wanted = select(FollowUp).where(FollowUp.application_id == application_id)
    return session.exec(wanted.order_by(col(FollowUp.on), col(FollowUp.id))).all()


def applications_with_plan(session: Session, visible: ColumnElement[bool]) -> Sequence[Application]:
    """Decided, and not taken over by a later application that was decided too."""
    decided = select(col(Decision.application_id))
    taken_over = select(col(Continuation.follows_id)).where(col(Continuation.application_id).in_(decided))
    wanted = select(Application).where(
        visible, col(Application.id).in_(decided), col(Application.id).not_in(taken_over)
    )
    return session.exec(wanted.order_by(col(Application.id))).all()

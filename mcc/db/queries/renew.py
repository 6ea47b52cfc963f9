"""What applications continue."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from mcc.db.tables import Application, Continuation

UNDECIDED = (
    "submitted",
    "in_admissibility",
    "info_requested",
    "admitted",
    "in_evaluation",
    "corrective_action",
    "in_review",
    "in_hearing",
    "in_decision",
    "granted",
)
"""States of an application that was handed in and has not come to its end."""


def continuation_of(session: Session, application_id: int) -> Continuation | None:
    return session.exec(select(Continuation).where(Continuation.application_id == application_id)).first()


def followers_of(session: Session, application_id: int) -> Sequence[Application]:
    """Applications that continue this one, the oldest first."""
    return _applications(session, col(Continuation.follows_id) == application_id)


def renewals_of(session: Session, certificate_id: int) -> Sequence[Application]:
    """Applications that are to renew this certificate, the oldest first."""
    return _applications(session, col(Continuation.certificate_id) == certificate_id)


def _applications(session: Session, condition: ColumnElement[bool]) -> Sequence[Application]:
    wanted = select(Application).join(Continuation, col(Continuation.application_id) == col(Application.id))
    return session.exec(wanted.where(condition).order_by(col(Application.id))).all()

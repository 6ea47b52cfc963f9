"""Appeals: which files are appealed, who had a part in them, when somebody was told."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from mcc.db.queries.cases import cases_of
from mcc.db.tables import AppealFinding, Application, Case, Event, Notification

OUTSIDE = ("applicant", "appeal_panel", "public")
"""Roles in which one takes no part in what the house decides."""


def appeals_of(session: Session, application_id: int) -> Sequence[Case]:
    """The oldest first."""
    return cases_of(session, application_id, "appeal")


def acted_in(session: Session, application_id: int, person: int) -> bool:
    """Whether they did anything in this file, in whatever role of the house: the journal knows."""
    wanted = select(Event.seq).where(Event.application_id == application_id, _was_part(person))
    return session.exec(wanted.limit(1)).first() is not None


def appealed() -> ColumnElement[bool]:
    """Of an application: somebody appealed against what was decided on it."""
    return col(Application.id).in_(select(col(Case.application_id)).where(col(Case.kind) == "appeal"))


def acted_by(person: int) -> ColumnElement[bool]:
    """The rule of `acted_in`, for lists."""
    mine = select(col(Event.application_id)).where(col(Event.application_id).is_not(None), _was_part(person))
    return col(Application.id).in_(mine)


def _was_part(person: int) -> ColumnElement[bool]:
    return and_(col(Event.actor_id) == person, col(Event.role).not_in(OUTSIDE))


def last_notification(session: Session, application_id: int, act: str) -> Notification | None:
    wanted = select(Notification).where(
        Notification.application_id == application_id, Notification.act == act
    )
    return session.exec(wanted.order_by(col(Notification.id).desc())).first()


def findings_of(session: Session, application_id: int) -> Sequence[AppealFinding]:
    """What panels corrected in this file, the oldest first."""
    wanted = select(AppealFinding).where(AppealFinding.application_id == application_id)
    return session.exec(wanted.order_by(col(AppealFinding.id))).all()

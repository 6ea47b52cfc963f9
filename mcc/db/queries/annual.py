"""What happened in one year, as far as somebody may see it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from mcc.db.tables import Application, Case, Decision, Event, Organisation


def events_between(
    session: Session, visible: ColumnElement[bool], first: datetime, end: datetime
) -> Sequence[Event]:
    """Events of these files from the first moment on, before the end."""
    files = select(col(Application.id)).where(visible)
    wanted = select(Event).where(
        col(Event.application_id).in_(files), col(Event.at) >= first, col(Event.at) < end
    )
    return session.exec(wanted.order_by(col(Event.seq))).all()


def decisions_between(
    session: Session, visible: ColumnElement[bool], first: datetime, end: datetime
) -> Sequence[tuple[Decision, Application, Organisation]]:
    wanted = (
        select(Decision, Application, Organisation)
        .join(Application, col(Application.id) == col(Decision.application_id))
        .join(Organisation, col(Organisation.id) == col(Application.organisation_id))
        .where(visible, col(Decision.decided_at) >= first, col(Decision.decided_at) < end)
    )
    return session.exec(wanted.order_by(col(Decision.id))).all()


def cases_between(
    session: Session, visible: ColumnElement[bool], first: datetime, end: datetime
) -> Sequence[Case]:
    """Filed in that time; those about no file are for everybody who may see cases."""
    files = select(col(Application.id)).where(visible)
    about = or_(col(Case.application_id).is_(None), col(Case.application_id).in_(files))
    wanted = select(Case).where(about, col(Case.filed_at) >= first, col(Case.filed_at) < end)
    return session.exec(wanted.order_by(col(Case.id))).all()

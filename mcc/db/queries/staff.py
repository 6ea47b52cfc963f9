"""Safeguards of files that too few impartial people could evaluate."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from mcc.db.tables import Application, Safeguard


def safeguards_of(session: Session, application_id: int) -> Sequence[Safeguard]:
    """The oldest first."""
    wanted = select(Safeguard).where(Safeguard.application_id == application_id)
    return session.exec(wanted.order_by(col(Safeguard.id))).all()


def safeguarded_for(person: int | None) -> ColumnElement[bool]:
    """Of an application: this person may evaluate it under a measure."""
    mine = select(col(Safeguard.application_id)).where(col(Safeguard.account_id) == person)
    return col(Application.id).in_(mine)

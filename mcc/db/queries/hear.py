"""Hearings."""

from sqlmodel import Session, select

from mcc.db.tables import Hearing


def hearing_of(session: Session, application_id: int) -> Hearing | None:
    return session.exec(select(Hearing).where(Hearing.application_id == application_id)).first()

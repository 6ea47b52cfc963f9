"""Everything that was ever recorded of one application, also what counts no more."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from mcc.db.tables import (
    Assignment,
    Authorisation,
    Discussion,
    EvidenceItem,
    EvidenceRequest,
    FinalLevel,
    Material,
    Motion,
    Notification,
    Recusal,
    Score,
    Surveillance,
)

Row = TypeVar("Row", bound=Material)


def _all_of(session: Session, table: type[Row], application_id: int) -> Sequence[Row]:
    """The oldest first; `table` names its application."""
    about = table.__table__.c.application_id == application_id  # type: ignore[attr-defined]
    return session.exec(select(table).where(about).order_by(col(table.id))).all()


def evidence_ever(session: Session, application_id: int) -> Sequence[EvidenceItem]:
    return _all_of(session, EvidenceItem, application_id)


def assignments_ever(session: Session, application_id: int) -> Sequence[Assignment]:
    wanted = select(Assignment).where(Assignment.application_id == application_id)
    return session.exec(wanted.order_by(col(Assignment.dimension), col(Assignment.id))).all()


def scores_of(session: Session, assignment_id: int) -> Sequence[Score]:
    wanted = select(Score).where(Score.assignment_id == assignment_id)
    return session.exec(wanted.order_by(col(Score.round), col(Score.id))).all()


def discussions_ever(session: Session, application_id: int) -> Sequence[Discussion]:
    return _all_of(session, Discussion, application_id)


def final_levels_ever(session: Session, application_id: int) -> Sequence[FinalLevel]:
    return _all_of(session, FinalLevel, application_id)


def requests_for_evidence(session: Session, application_id: int) -> Sequence[EvidenceRequest]:
    return _all_of(session, EvidenceRequest, application_id)


def recusals_of(session: Session, application_id: int) -> Sequence[Recusal]:
    return _all_of(session, Recusal, application_id)


def notifications_of(session: Session, application_id: int) -> Sequence[Notification]:
    return _all_of(session, Notification, application_id)


def authorisations_of(session: Session, application_id: int) -> Sequence[Authorisation]:
    return _all_of(session, Authorisation, application_id)


def surveillances_about(session: Session, application_id: int) -> Sequence[Surveillance]:
    return _all_of(session, Surveillance, application_id)


def motions_about(session: Session, application_id: int) -> Sequence[Motion]:
    return _all_of(session, Motion, application_id)

"""Visits: the plan that counts, what people said, and the signatures under the record."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import EvidenceRequest, Interview, Visit, VisitPlan, VisitSignature


def visits_of(session: Session, application_id: int) -> Sequence[Visit]:
    return session.exec(
        select(Visit).where(Visit.application_id == application_id).order_by(col(Visit.on))
    ).all()


def plan_of(session: Session, application_id: int) -> VisitPlan | None:
    wanted = select(VisitPlan).where(
        VisitPlan.application_id == application_id, col(VisitPlan.ended_at).is_(None)
    )
    return session.exec(wanted).first()


def interviews_of(session: Session, application_id: int) -> Sequence[Interview]:
    wanted = select(Interview).where(Interview.application_id == application_id)
    return session.exec(wanted.order_by(col(Interview.place_in_list))).all()


def signatures_of(session: Session, visit_id: int) -> Sequence[VisitSignature]:
    wanted = select(VisitSignature).where(VisitSignature.visit_id == visit_id)
    return session.exec(wanted.order_by(col(VisitSignature.id))).all()


def evidence_requests_of(session: Session, application_id: int) -> Sequence[EvidenceRequest]:
    wanted = select(EvidenceRequest).where(EvidenceRequest.application_id == application_id)
    return session.exec(wanted.order_by(col(EvidenceRequest.id))).all()

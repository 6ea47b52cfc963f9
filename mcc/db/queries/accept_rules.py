"""Agreements to the rules of use."""

from sqlmodel import Session, select

from mcc.db.tables import UseAgreement


def agreement_of(session: Session, application_id: int) -> UseAgreement | None:
    wanted = select(UseAgreement).where(UseAgreement.application_id == application_id)
    return session.exec(wanted).first()

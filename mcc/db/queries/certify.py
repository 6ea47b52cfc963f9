"""Issuances, certificates and the ledger of numbers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from mcc.db.tables import Certificate, Issuance, NumberLedger

FINAL = ("withdrawn", "relinquished", "expired", "superseded")


def issuance_of(session: Session, application_id: int) -> Issuance | None:
    """The newest."""
    wanted = select(Issuance).where(Issuance.application_id == application_id)
    return session.exec(wanted.order_by(col(Issuance.id).desc())).first()


def ledger_entry(session: Session, number: str) -> NumberLedger | None:
    return session.exec(select(NumberLedger).where(NumberLedger.number == number)).first()


def certificate_of(session: Session, application_id: int) -> Certificate | None:
    """The newest."""
    wanted = select(Certificate).where(Certificate.application_id == application_id)
    return session.exec(wanted.order_by(col(Certificate.id).desc())).first()


def certificate_by_number(session: Session, number: str) -> Certificate | None:
    return session.exec(select(Certificate).where(Certificate.number == number)).first()


def published_by_code(session: Session, code: str) -> tuple[Certificate, Issuance] | None:
    wanted = select(Certificate, Issuance).where(
        Certificate.issuance_id == Issuance.id, Certificate.public_code == code
    )
    found = session.exec(wanted).first()
    return None if found is None else (found[0], found[1])


def published_by_number(session: Session, number: str) -> tuple[Certificate, Issuance] | None:
    wanted = select(Certificate, Issuance).where(
        Certificate.issuance_id == Issuance.id, Certificate.number == number
    )
    found = session.exec(wanted).first()
    return None if found is None else (found[0], found[1])


def published_by_digest(session: Session, digest: str) -> tuple[Certificate, Issuance] | None:
    """The certificate whose published file has this SHA-256."""
    wanted = select(Certificate, Issuance).where(
        Certificate.issuance_id == Issuance.id, Issuance.pdf_digest == digest
    )
    found = session.exec(wanted).first()
    return None if found is None else (found[0], found[1])


def certificates_of(session: Session, application_ids: Sequence[int]) -> Sequence[Certificate]:
    """All of them, the oldest first."""
    wanted = select(Certificate).where(col(Certificate.application_id).in_(application_ids))
    return session.exec(wanted.order_by(col(Certificate.id))).all()


def live_certificates_of(session: Session, organisation_id: int) -> Sequence[Certificate]:
    wanted = select(Certificate).where(
        Certificate.organisation_id == organisation_id, col(Certificate.state).not_in(FINAL)
    )
    return session.exec(wanted).all()


def suspended_certificates(session: Session) -> Sequence[Certificate]:
    wanted = select(Certificate).where(Certificate.state == "suspended")
    return session.exec(wanted.order_by(col(Certificate.id))).all()


def withdrawn_since(session: Session, organisations: Collection[int], moment: datetime) -> bool:
    """Whether a certificate of one of these collectives was withdrawn at that moment or later."""
    wanted = select(Certificate.id).where(
        col(Certificate.organisation_id).in_(organisations),
        Certificate.state == "withdrawn",
        Certificate.state_since >= moment,
    )
    return session.exec(wanted).first() is not None


def certificates_ending(session: Session, today: date) -> Sequence[Certificate]:
    """In use, and today is their last day or it has passed."""
    wanted = select(Certificate).where(
        col(Certificate.state).in_(("valid", "surveillance")), col(Certificate.valid_until) <= today
    )
    return session.exec(wanted.order_by(col(Certificate.id))).all()


def live_certificates(session: Session) -> Sequence[Certificate]:
    wanted = select(Certificate).where(col(Certificate.state).not_in(FINAL))
    return session.exec(wanted.order_by(col(Certificate.id))).all()


def overdue_certificates(session: Session, today: date) -> Sequence[Certificate]:
    """Certificates past their date that no event has expired yet."""
    wanted = select(Certificate).where(
        col(Certificate.state).not_in(FINAL), col(Certificate.valid_until) < today
    )
    return session.exec(wanted.order_by(col(Certificate.id))).all()

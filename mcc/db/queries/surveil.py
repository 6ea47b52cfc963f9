"""Surveillances of certificates, and the papers whose end begins one."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mcc.db.tables import Certificate, EvidenceItem, FolderDocument, Surveillance


def surveillances_of(session: Session, certificate_id: int) -> Sequence[Surveillance]:
    """The oldest first."""
    wanted = select(Surveillance).where(Surveillance.certificate_id == certificate_id)
    return session.exec(wanted.order_by(col(Surveillance.id))).all()


def valid_certificates(session: Session) -> Sequence[Certificate]:
    wanted = select(Certificate).where(Certificate.state == "valid")
    return session.exec(wanted.order_by(col(Certificate.id))).all()


def papers_expired(session: Session, application_id: int, today: date) -> Sequence[FolderDocument]:
    """Papers that the application rests on, whose day has passed, and for which the folder has no newer one that counts."""
    newer = aliased(FolderDocument)
    replaced = (
        select(newer.id)
        .where(
            newer.organisation_id == FolderDocument.organisation_id,
            newer.document == FolderDocument.document,
            col(newer.ended_at).is_(None),
            col(newer.expires_on).is_(None) | (col(newer.expires_on) >= today),
        )
        .exists()
    )
    wanted = (
        select(FolderDocument)
        .join(EvidenceItem, col(EvidenceItem.folder_document_id) == col(FolderDocument.id))
        .where(
            EvidenceItem.application_id == application_id,
            col(EvidenceItem.ended_at).is_(None),
            col(FolderDocument.expires_on) < today,
            ~replaced,
        )
    )
    return session.exec(wanted.order_by(col(FolderDocument.id))).all()

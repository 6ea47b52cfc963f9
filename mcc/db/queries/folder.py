"""The papers in the folders of collectives."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from mcc.db.tables import FolderDocument


def documents_of(session: Session, organisation_id: int) -> Sequence[FolderDocument]:
    """What is in the folder now: what expires first comes first, what never expires last."""
    wanted = select(FolderDocument).where(
        FolderDocument.organisation_id == organisation_id, col(FolderDocument.ended_at).is_(None)
    )
    return session.exec(
        wanted.order_by(
            col(FolderDocument.expires_on).is_(None), col(FolderDocument.expires_on), col(FolderDocument.id)
        )
    ).all()


def documents_expiring(session: Session, until: date) -> Sequence[FolderDocument]:
    """Everywhere, what expires by that day."""
    wanted = select(FolderDocument).where(
        col(FolderDocument.ended_at).is_(None), col(FolderDocument.expires_on) <= until
    )
    return session.exec(wanted.order_by(col(FolderDocument.id))).all()

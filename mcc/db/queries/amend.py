"""Changes reported about certificates."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Amendment


def amendments_of(session: Session, application_id: int) -> Sequence[Amendment]:
    """The oldest first."""
    wanted = select(Amendment).where(Amendment.application_id == application_id)
    return session.exec(wanted.order_by(col(Amendment.id))).all()


def open_amendment(session: Session, application_id: int) -> Amendment | None:
    rows = [row for row in amendments_of(session, application_id) if row.outcome is None]
    return rows[-1] if rows else None


def last_accepted(session: Session, application_id: int) -> Amendment | None:
    """Of those that change what a certificate says."""
    rows = [row for row in amendments_of(session, application_id) if row.outcome == "accepted"]
    return next((row for row in reversed(rows) if row.kind != "authorities"), None)

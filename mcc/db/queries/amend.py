"""Changes reported about certificates."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Amendment, Application, Certificate


def amendments_of(session: Session, application_id: int) -> Sequence[Amendment]:
    """The oldest first."""
    wanted = select(Amendment).where(Amendment.application_id == application_id)
    return session.exec(wanted.order_by(col(Amendment.id))).all()


def open_amendment(session: Session, application_id: int) -> Amendment | None:
    rows = [row for row in amendments_of(session, application_id) if row.outcome is None]
    return rows[-1] if rows else None


def accepted_for(session: Session, certificate_id: int) -> Amendment | None:
    """The change by which another certificate takes the place of this one."""
    wanted = select(Amendment).where(
        Amendment.certificate_id == certificate_id,
        Amendment.outcome == "accepted",
        col(Amendment.kind) != "authorities",
    )
    return session.exec(wanted.order_by(col(Amendment.id).desc())).first()


def last_accepted(session: Session, application_id: int) -> Amendment | None:
    """Of those that change what a certificate says."""
    rows = [row for row in amendments_of(session, application_id) if row.outcome == "accepted"]
    return next((row for row in reversed(rows) if row.kind != "authorities"), None)


def applications_amending(session: Session) -> Sequence[tuple[Application, Certificate]]:
    """A change was accepted, and its certificate is not issued yet; with the certificate that it changes."""
    wanted = (
        select(Application, Certificate)
        .join(Amendment, col(Amendment.application_id) == col(Application.id))
        .join(Certificate, col(Certificate.id) == col(Amendment.certificate_id))
        .where(Application.state == "granted", Amendment.outcome == "accepted")
    )
    return session.exec(wanted.order_by(col(Application.id))).all()

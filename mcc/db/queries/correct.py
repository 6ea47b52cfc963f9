"""What a collective may put right before the decision."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Application, Correction


def correction_of(session: Session, application_id: int) -> Correction | None:
    return session.exec(select(Correction).where(Correction.application_id == application_id)).first()


def corrections_running(session: Session) -> Sequence[tuple[Application, Correction]]:
    wanted = (
        select(Application, Correction)
        .join(Correction, col(Correction.application_id) == col(Application.id))
        .where(Application.state == "corrective_action")
    )
    return [(row[0], row[1]) for row in session.exec(wanted.order_by(col(Correction.id)))]

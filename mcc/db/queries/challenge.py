"""Challenges: those of a file that are not settled."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.queries.cases import OVER
from mcc.db.tables import Case

SETTLED = ("resolved", *OVER)


def challenges_of(session: Session, application_id: int) -> Sequence[Case]:
    """The oldest first."""
    wanted = select(Case).where(Case.application_id == application_id, Case.kind == "challenge")
    return session.exec(wanted.order_by(col(Case.id))).all()


def open_challenges(session: Session, application_id: int) -> list[Case]:
    return [row for row in challenges_of(session, application_id) if row.state not in SETTLED]

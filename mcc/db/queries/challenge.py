"""Challenges: those of a file that are not settled."""

from sqlmodel import Session

from mcc.db.queries.cases import OVER, cases_of
from mcc.db.tables import Case

SETTLED = ("resolved", *OVER)


def open_challenges(session: Session, application_id: int) -> list[Case]:
    return [row for row in cases_of(session, application_id, "challenge") if row.state not in SETTLED]

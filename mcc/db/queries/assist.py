"""Advice that was given, and which collectives somebody advised."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session, col, select

from mcc.db.tables import Account, Assistance, Organisation

BINDING = "tailored"


def advised_since(session: Session, person: int, day: date) -> frozenset[int]:
    """Collectives that this person advised in particular, on that day or later."""
    wanted = select(Assistance.organisation_id).where(
        Assistance.account_id == person,
        Assistance.kind == BINDING,
        Assistance.given_on > day,
        col(Assistance.ended_at).is_(None),
    )
    return frozenset(session.exec(wanted))


def days_advised(session: Session, person: int, organisations: Collection[int]) -> Sequence[date]:
    """When this person advised one of these collectives in particular."""
    wanted = select(col(Assistance.given_on)).where(
        Assistance.account_id == person,
        Assistance.kind == BINDING,
        col(Assistance.organisation_id).in_(organisations),
        col(Assistance.ended_at).is_(None),
    )
    return session.exec(wanted).all()


def list_given(session: Session) -> Sequence[tuple[Assistance, Organisation, Account]]:
    """What counts, the newest first."""
    wanted = (
        select(Assistance, Organisation, Account)
        .join(Organisation, col(Organisation.id) == col(Assistance.organisation_id))
        .join(Account, col(Account.id) == col(Assistance.account_id))
        .where(col(Assistance.ended_at).is_(None))
    )
    ordered = wanted.order_by(col(Assistance.given_on).desc(), col(Assistance.id).desc())
    return [(row[0], row[1], row[2]) for row in session.exec(ordered)]

"""Who sits for which institution, who signs, and when."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, or_
from sqlmodel import Session, col, select

from mcc.db.tables import Account, Mandate, RoleGrant
from mcc.db.tables.mandates import SIGNATURE


def in_force(day: date) -> ColumnElement[bool]:
    """Of a mandate: it runs on that day and was not ended before its time."""
    return and_(
        col(Mandate.ended_at).is_(None),
        col(Mandate.since) <= day,
        or_(col(Mandate.until).is_(None), col(Mandate.until) >= day),
    )


def mandate_of(session: Session, account_id: int | None, day: date) -> Mandate | None:
    """The seat in the committee of this person on that day; a titular one before that of a substitute."""
    wanted = select(Mandate).where(
        Mandate.account_id == account_id, Mandate.institution != SIGNATURE, in_force(day)
    )
    return session.exec(wanted.order_by(col(Mandate.substitute), col(Mandate.id))).first()


def mandate_to_sign(session: Session, account_id: int | None, day: date) -> Mandate | None:
    """By which this person signs on that day; a titular one before that of a substitute."""
    wanted = select(Mandate).where(
        Mandate.account_id == account_id, Mandate.institution == SIGNATURE, in_force(day)
    )
    return session.exec(wanted.order_by(col(Mandate.substitute), col(Mandate.id))).first()


def mandates_on(session: Session, day: date) -> Sequence[tuple[Mandate, Account]]:
    """Those by which somebody could act on that day: a mandate without the role, or the account, opens nothing."""
    needed = case((col(Mandate.institution) == SIGNATURE, "signatory"), else_="committee")
    has_role = exists().where(
        col(RoleGrant.account_id) == col(Mandate.account_id),
        col(RoleGrant.role) == needed,
        col(RoleGrant.ended_at).is_(None),
    )
    wanted = (
        select(Mandate, Account)
        .join(Account, col(Account.id) == col(Mandate.account_id))
        .where(in_force(day), col(Account.active), has_role)
    )
    return session.exec(wanted.order_by(col(Mandate.substitute), col(Mandate.id))).all()


def all_mandates(session: Session) -> Sequence[tuple[Mandate, Account]]:
    """Every one there ever was, the newest first."""
    wanted = select(Mandate, Account).join(Account, col(Account.id) == col(Mandate.account_id))
    return session.exec(wanted.order_by(col(Mandate.since).desc(), col(Mandate.id).desc())).all()

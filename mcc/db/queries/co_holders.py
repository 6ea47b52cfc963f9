"""Who holds the scope of an application."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from mcc.db.tables import Application, CoHolder, Organisation


def co_holders_of(session: Session, application_id: int) -> Sequence[CoHolder]:
    """Asked or agreed, not taken off again."""
    wanted = select(CoHolder).where(
        CoHolder.application_id == application_id, col(CoHolder.ended_at).is_(None)
    )
    return session.exec(wanted.order_by(col(CoHolder.id))).all()


def holders_of(session: Session, application: Application) -> frozenset[int]:
    """Keys of the collectives: the one that applies, and those that agreed to hold the scope with it."""
    agreed = {row.organisation_id for row in co_holders_of(session, application.key)}
    return frozenset({application.organisation_id, *(key for key in agreed if key is not None)})


def held_by(organisations: Collection[int]) -> ColumnElement[bool]:
    """Of an application: applied for by one of them, or held by one of them together with another."""
    shared = select(CoHolder.application_id).where(
        col(CoHolder.organisation_id).in_(organisations), col(CoHolder.ended_at).is_(None)
    )
    return or_(col(Application.organisation_id).in_(organisations), col(Application.id).in_(shared))


def names_of_holders(session: Session, application: Application) -> list[str]:
    """The one that applies first, the others in the order in which they were asked."""
    keys = [application.organisation_id]
    keys += [
        row.organisation_id
        for row in co_holders_of(session, application.key)
        if row.organisation_id is not None
    ]
    found = [session.get(Organisation, key) for key in keys]
    return [row.name for row in found if row is not None]


def co_holder_by_token(session: Session, token_digest: str) -> CoHolder | None:
    return session.exec(select(CoHolder).where(CoHolder.token_digest == token_digest)).first()


def co_holders_by_application(session: Session) -> dict[int, list[Organisation]]:
    """Those that agreed, beside whoever applied, for every application that several hold."""
    wanted = (
        select(CoHolder, Organisation)
        .join(Organisation, col(CoHolder.organisation_id) == col(Organisation.id))
        .where(col(CoHolder.ended_at).is_(None))
        .order_by(col(CoHolder.id))
    )
    found: dict[int, list[Organisation]] = {}
    for row, organisation in session.exec(wanted):
        found.setdefault(row.application_id, []).append(organisation)
    return found

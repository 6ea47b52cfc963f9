"""Votes of the committee on one application."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.tables import Account, Mandate, Vote


def vote_of(session: Session, application_id: int, account_id: int) -> Vote | None:
    """The person's own, cast or not."""
    wanted = select(Vote).where(Vote.application_id == application_id, Vote.account_id == account_id)
    return session.exec(wanted).first()


def votes_cast(session: Session, application_id: int) -> Sequence[tuple[Vote, Mandate, Account]]:
    """One for each institution that voted, in the order in which they voted."""
    wanted = (
        select(Vote, Mandate, Account)
        .join(Mandate, col(Mandate.id) == col(Vote.mandate_id))
        .join(Account, col(Account.id) == col(Vote.account_id))
        .where(Vote.application_id == application_id, col(Vote.cast_at).is_not(None))
    )
    return session.exec(wanted.order_by(col(Vote.cast_at), col(Vote.id))).all()

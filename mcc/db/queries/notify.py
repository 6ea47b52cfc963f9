"""Notices: whose they are, which wait to be mailed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from mcc.db.tables import Account, Assignment, Membership, Notice


def members_of(session: Session, organisation_id: int) -> Sequence[int]:
    """Keys of the accounts that act for an organisation now."""
    wanted = select(Membership.account_id).where(
        Membership.organisation_id == organisation_id, col(Membership.ended_at).is_(None)
    )
    return session.exec(wanted.distinct()).all()


def evaluators_of_dimension(session: Session, application_id: int, dimension: str) -> Sequence[int]:
    """Keys of the accounts seated in one dimension; whoever stepped back is none."""
    wanted = select(Assignment.account_id).where(
        Assignment.application_id == application_id,
        Assignment.dimension == dimension,
        Assignment.state != "conflict_declared",
    )
    return session.exec(wanted.distinct()).all()


def notices_of(session: Session, account_id: int, *, limit: int = 100) -> Sequence[Notice]:
    """The newest first."""
    wanted = select(Notice).where(Notice.account_id == account_id)
    return session.exec(wanted.order_by(col(Notice.id).desc()).limit(limit)).all()


def count_unread(session: Session, account_id: int) -> int:
    wanted = select(func.count()).where(Notice.account_id == account_id, col(Notice.read_at).is_(None))
    return int(session.exec(wanted).one())


def notice_exists(session: Session, account_id: int, reason: str) -> bool:
    wanted = select(Notice.id).where(Notice.account_id == account_id, Notice.reason == reason)
    return session.exec(wanted).first() is not None


def notices_to_mail(session: Session, limit: int) -> Sequence[tuple[Notice, Account]]:
    wanted = (
        select(Notice, Account)
        .join(Account, col(Notice.account_id) == col(Account.id))
        .where(Notice.mail == "waiting")
        .order_by(col(Notice.id))
        .limit(limit)
    )
    return [(notice, account) for notice, account in session.exec(wanted)]


def last_digest_at(session: Session, account_id: int) -> datetime | None:
    """When the last daily mail left."""
    wanted = select(func.max(Notice.mailed_at)).where(
        Notice.account_id == account_id, Notice.mail == "digest"
    )
    return session.exec(wanted).one()


def count_failed(session: Session) -> int:
    """Mails that were given up."""
    return session.exec(select(func.count()).select_from(Notice).where(Notice.mail == "failed")).one()

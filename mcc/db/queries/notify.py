"""Notices: whose they are, which wait to be mailed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, or_, true
from sqlmodel import Session, col, func, select

from mcc.db.queries.evaluate import LEFT
from mcc.db.tables import Account, Assignment, Membership, Notice


def members_of(session: Session, organisation_id: int) -> Sequence[int]:
    """Keys of the accounts that act for an organisation now; a closed one acts for nobody."""
    wanted = (
        select(Membership.account_id)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            Membership.organisation_id == organisation_id,
            col(Membership.ended_at).is_(None),
            col(Account.active),
        )
    )
    return session.exec(wanted.distinct()).all()


def evaluators_of_dimension(session: Session, application_id: int, dimension: str) -> Sequence[int]:
    """Keys of the accounts seated in one dimension; whoever left is none."""
    wanted = select(Assignment.account_id).where(
        Assignment.application_id == application_id,
        Assignment.dimension == dimension,
        col(Assignment.state).not_in(LEFT),
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


def notices_to_mail(
    session: Session,
    now: datetime,
    *,
    limit: int,
    urgent: Collection[str],
    digests_since: datetime | None,
) -> Sequence[tuple[Notice, Account]]:
    """What is due now, what is urgent first. Daily mails are, for who had none since `digests_since`; never without it."""
    had_one = select(Notice.account_id).where(
        Notice.mail == "digest", col(Notice.mailed_at) >= (digests_since or now)
    )
    put_off = and_(
        col(Account.notices) == "daily",
        col(Notice.code).not_in(urgent),
        true() if digests_since is None else col(Account.id).in_(had_one),
    )
    wanted = (
        select(Notice, Account)
        .join(Account, col(Notice.account_id) == col(Account.id))
        .where(_waits(now), or_(col(Account.notices).is_(None), not_(put_off)))
        .order_by(col(Notice.code).in_(urgent).desc(), col(Notice.id))
        .limit(limit)
    )
    return [(notice, account) for notice, account in session.exec(wanted)]


def notices_waiting_of(session: Session, account_id: int, now: datetime) -> Sequence[Notice]:
    wanted = select(Notice).where(Notice.account_id == account_id, _waits(now))
    return session.exec(wanted.order_by(col(Notice.id))).all()


def _waits(now: datetime) -> ColumnElement[bool]:
    rested = or_(col(Notice.next_try_at).is_(None), col(Notice.next_try_at) <= now)
    return and_(col(Notice.mail) == "waiting", rested)


def unread_of(session: Session, account_id: int) -> Sequence[Notice]:
    wanted = select(Notice).where(Notice.account_id == account_id, col(Notice.read_at).is_(None))
    return session.exec(wanted).all()


def failed_mails(session: Session) -> Sequence[Notice]:
    """Those that were given up."""
    return session.exec(select(Notice).where(Notice.mail == "failed")).all()


def count_failed(session: Session) -> int:
    """Mails that were given up."""
    return session.exec(select(func.count()).select_from(Notice).where(Notice.mail == "failed")).one()

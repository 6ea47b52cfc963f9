"""Accounts with the roles and memberships that hold now."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mcc.db.tables import Account, ApiKey, LoginSession, Membership, RoleGrant


def account_by_username(session: Session, username: str) -> Account | None:
    return session.exec(select(Account).where(Account.username == username)).first()


def list_accounts(session: Session) -> Sequence[Account]:
    return session.exec(select(Account).order_by(col(Account.username))).all()


def roles_of_account(session: Session, account_id: int) -> frozenset[str]:
    wanted = select(RoleGrant.role).where(
        RoleGrant.account_id == account_id, col(RoleGrant.ended_at).is_(None)
    )
    return frozenset(session.exec(wanted))


def grants_of_account(session: Session, account_id: int) -> Sequence[RoleGrant]:
    wanted = select(RoleGrant).where(RoleGrant.account_id == account_id, col(RoleGrant.ended_at).is_(None))
    return session.exec(wanted).all()


def accounts_with_role(session: Session, role: str) -> Sequence[Account]:
    wanted = (
        select(Account)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(RoleGrant.role == role, col(RoleGrant.ended_at).is_(None), col(Account.active))
    )
    return session.exec(wanted.order_by(col(Account.username))).all()


def organisations_of_account(session: Session, account_id: int) -> frozenset[int]:
    wanted = select(Membership.organisation_id).where(
        Membership.account_id == account_id, col(Membership.ended_at).is_(None)
    )
    return frozenset(session.exec(wanted))


def login_session(session: Session, token_digest: str, now: datetime) -> LoginSession | None:
    wanted = select(LoginSession).where(
        LoginSession.token_digest == token_digest, LoginSession.expires_at > now
    )
    return session.exec(wanted).first()


def sessions_of_account(session: Session, account_id: int) -> Sequence[LoginSession]:
    return session.exec(select(LoginSession).where(LoginSession.account_id == account_id)).all()


def api_key(session: Session, token_digest: str) -> ApiKey | None:
    wanted = select(ApiKey).where(ApiKey.token_digest == token_digest, col(ApiKey.ended_at).is_(None))
    return session.exec(wanted).first()

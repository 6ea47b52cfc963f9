"""Accounts with the roles and memberships that hold now."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from mcc.db.tables import (
    Account,
    ApiKey,
    Invitation,
    LoginSession,
    Membership,
    PasswordReset,
    RoleGrant,
    SecondStep,
)


def account_by_username(session: Session, username: str) -> Account | None:
    return session.exec(select(Account).where(Account.username == username)).first()


def account_by_email(session: Session, email: str) -> Account | None:
    """The oldest with that address: nobody takes over an account by registering its address again."""
    wanted = select(Account).where(Account.email == email.strip().lower()).order_by(col(Account.id))
    return session.exec(wanted).first()


def count_accounts_since(session: Session, since: datetime) -> int:
    return int(session.exec(select(func.count()).where(Account.created_at >= since)).one())


def count_resets_since(session: Session, account_id: int, since: datetime) -> int:
    wanted = select(func.count()).where(
        PasswordReset.account_id == account_id, PasswordReset.created_at >= since
    )
    return int(session.exec(wanted).one())


def password_reset(session: Session, token_digest: str, now: datetime) -> PasswordReset | None:
    """One that can still be used."""
    wanted = select(PasswordReset).where(
        PasswordReset.token_digest == token_digest,
        PasswordReset.expires_at > now,
        col(PasswordReset.used_at).is_(None),
    )
    return session.exec(wanted).first()


def second_steps_of(session: Session, account_id: int) -> Sequence[SecondStep]:
    wanted = select(SecondStep).where(SecondStep.account_id == account_id, col(SecondStep.ended_at).is_(None))
    return session.exec(wanted.order_by(col(SecondStep.id))).all()


def memberships_of(session: Session, organisation_id: int) -> Sequence[tuple[Membership, Account]]:
    """Who acts for an organisation now, the longest first; a closed account acts for nobody."""
    wanted = (
        select(Membership, Account)
        .join(Account, col(Membership.account_id) == col(Account.id))
        .where(
            Membership.organisation_id == organisation_id,
            col(Membership.ended_at).is_(None),
            col(Account.active),
        )
        .order_by(col(Membership.id))
    )
    return [(membership, account) for membership, account in session.exec(wanted)]


def is_representative(session: Session, account_id: int, organisation_id: int) -> bool:
    wanted = select(Membership).where(
        Membership.account_id == account_id,
        Membership.organisation_id == organisation_id,
        col(Membership.ended_at).is_(None),
    )
    return any(row.standing in {None, "representative"} for row in session.exec(wanted))


def invitation(session: Session, token_digest: str) -> Invitation | None:
    return session.exec(select(Invitation).where(Invitation.token_digest == token_digest)).first()


def open_invitations(session: Session, organisation_id: int, now: datetime) -> Sequence[Invitation]:
    wanted = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.expires_at > now,
        col(Invitation.accepted_at).is_(None),
        col(Invitation.ended_at).is_(None),
    )
    return session.exec(wanted.order_by(col(Invitation.id))).all()


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


def organisations_ever_of(session: Session, account_id: int) -> frozenset[int]:
    """Those that the person belongs to and those that they have left."""
    return frozenset(
        session.exec(select(Membership.organisation_id).where(Membership.account_id == account_id))
    )


def login_session(session: Session, token_digest: str, now: datetime) -> LoginSession | None:
    wanted = select(LoginSession).where(
        LoginSession.token_digest == token_digest, LoginSession.expires_at > now
    )
    return session.exec(wanted).first()


def sessions_of_account(session: Session, account_id: int) -> Sequence[LoginSession]:
    return session.exec(select(LoginSession).where(LoginSession.account_id == account_id)).all()


def api_keys_of(session: Session, account_id: int) -> Sequence[ApiKey]:
    """Those that were not ended."""
    wanted = select(ApiKey).where(ApiKey.account_id == account_id, col(ApiKey.ended_at).is_(None))
    return session.exec(wanted.order_by(col(ApiKey.id))).all()


def api_key(session: Session, token_digest: str) -> ApiKey | None:
    wanted = select(ApiKey).where(ApiKey.token_digest == token_digest, col(ApiKey.ended_at).is_(None))
    return session.exec(wanted).first()

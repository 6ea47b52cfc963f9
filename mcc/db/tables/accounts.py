"""People who sign in, what they may do, and for which organisation."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Material, Row


class Account(Material, table=True):
    username: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    active: bool = True
    created_at: datetime


class RoleGrant(Material, table=True):
    __tablename__ = "role_grant"

    account_id: int = Field(foreign_key="account.id", index=True)
    role: str = Field(max_length=20)
    granted_at: datetime
    ended_at: datetime | None = None


class Membership(Material, table=True):
    """A person who acts for an organisation, or belongs to it."""

    account_id: int = Field(foreign_key="account.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    since: datetime
    ended_at: datetime | None = None


class LoginSession(Row, table=True):
    """Only the digest of the cookie's token is kept: a copy of the table signs nobody in."""

    __tablename__ = "login_session"

    token_digest: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime
    expires_at: datetime


class ApiKey(Material, table=True):
    __tablename__ = "api_key"

    token_digest: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    label: str = Field(max_length=80)
    created_at: datetime
    ended_at: datetime | None = None

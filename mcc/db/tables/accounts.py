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
    email: str | None = Field(default=None, max_length=120, index=True)
    language: str | None = Field(default=None, max_length=2)
    """Of letters and notices; Spanish when nobody chose."""
    notices: str | None = Field(default=None, max_length=10)
    """How notices are mailed: each, daily or never; each when nobody chose."""


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
    standing: str | None = Field(default=None, max_length=20)
    """`representative` (also invites people and hands over) or `helper` (works on files); the former when empty."""


class Invitation(Material, table=True):
    """A link that lets one person join an organisation, once, for a while; only its digest is kept."""

    token_digest: str = Field(max_length=64, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    standing: str = Field(max_length=20)
    invited_name: str = Field(max_length=120)
    invited_by: int = Field(foreign_key="account.id")
    created_at: datetime
    expires_at: datetime
    accepted_by: int | None = Field(default=None, foreign_key="account.id")
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was taken back before anybody used it."""


class SecondStep(Material, table=True):
    """A second device for signing in: an app that shows six digits (RFC 6238)."""

    __tablename__ = "second_step"

    account_id: int = Field(foreign_key="account.id", index=True)
    label: str = Field(max_length=80)
    secret: str = Field(max_length=64)
    """Base32. A copy of the database holds it: it protects against a stolen password, not against a stolen disk."""
    last_step: int | None = None
    """The time step that was used last: no code opens twice."""
    created_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None


class PasswordReset(Row, table=True):
    """A link to choose a new password; only its digest is kept."""

    __tablename__ = "password_reset"

    token_digest: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class LoginSession(Row, table=True):
    """Only the digest of the cookie's token is kept: a copy of the table signs nobody in."""

    __tablename__ = "login_session"

    token_digest: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime
    expires_at: datetime
    waiting: bool | None = None
    """For the code of a second device: until then it opens nothing."""


class ApiKey(Material, table=True):
    __tablename__ = "api_key"

    token_digest: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    label: str = Field(max_length=80)
    created_at: datetime
    ended_at: datetime | None = None

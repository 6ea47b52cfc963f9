"""What a collective agreed to before its certificate was signed."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class UseAgreement(Material, table=True):
    """One for each application: the rules of use, accepted by somebody who represents the collective."""

    __tablename__ = "use_agreement"

    application_id: int = Field(foreign_key="application.id", unique=True)
    account_id: int = Field(foreign_key="account.id")
    name: str = Field(max_length=200)
    """Of the legal representative, as they wrote it."""
    edition: str = Field(max_length=30)
    digest: str = Field(max_length=64)
    """SHA-256 of the rules as they were accepted."""
    accepted_at: datetime

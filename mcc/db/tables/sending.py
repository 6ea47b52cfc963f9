"""Forms that were taken: one that arrives twice, or again after a lost connection, changes nothing the second time."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Row


class SentForm(Row, table=True):
    __tablename__ = "sent_form"
    __table_args__ = (UniqueConstraint("account_id", "once"),)

    once: str = Field(max_length=40)
    """Drawn for the form when it was shown or kept on a device."""
    account_id: int = Field(foreign_key="account.id")
    taken_at: datetime

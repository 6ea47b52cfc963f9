"""What this installation is: a real one or a demonstration, and which clock a demonstration runs under."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Row


class InstallationRecord(Row, table=True):
    __tablename__ = "installation"

    demonstration: bool = False
    clock: str | None = Field(default=None, max_length=40)
    created_at: datetime

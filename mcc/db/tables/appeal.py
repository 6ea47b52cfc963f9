"""When somebody was told of an act that can be appealed, and what an appeal panel corrected."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class Notification(Material, table=True):
    """The formal one (notificación): the term to appeal runs from it."""

    application_id: int = Field(foreign_key="application.id", index=True)
    act: str = Field(max_length=20)
    """admission or decision."""
    means: str = Field(max_length=20)
    told: str = Field(max_length=200)
    """To whom it was told."""
    told_on: date
    recorded_by: int = Field(foreign_key="account.id")
    recorded_at: datetime


class AppealFinding(Material, table=True):
    """What the panel found on one indicator, beside the level that stood: that one stays where it was written."""

    __tablename__ = "appeal_finding"

    case_id: int = Field(foreign_key="case_file.id", index=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    indicator: str = Field(max_length=20)
    level_before: int
    level: int
    reason: str = Field(max_length=2000)
    found_by: int = Field(foreign_key="account.id")

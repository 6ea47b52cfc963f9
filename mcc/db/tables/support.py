"""What is on offer to get better: courses, fairs, advice, each of one line of support of the rubric."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class SupportOffer(Material, table=True):
    __tablename__ = "support_offer"

    line: str = Field(max_length=40)
    """Code of a support line of the rubric."""
    title: str = Field(max_length=160)
    place: str = Field(max_length=160)
    """Where, or by whom."""
    contact: str = Field(max_length=160)
    """How one signs up."""
    first_day: date | None = None
    last_day: date | None = None
    """Without days it is always there."""
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime
    ended_at: datetime | None = None

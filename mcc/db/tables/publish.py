"""What a collective tells the public about itself, in its own words."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class PublicPage(Material, table=True):
    __tablename__ = "public_page"

    organisation_id: int = Field(foreign_key="organisation.id", unique=True)
    story: str = Field(default="", max_length=4000)
    offers: str = Field(default="", max_length=1000)
    """What can be bought, and where."""
    next_fair: str = Field(default="", max_length=200)
    next_fair_on: date | None = None
    contact: str = Field(default="", max_length=200)
    """What they want strangers to have: it never comes from the file."""
    published: bool = False
    updated_by: int = Field(foreign_key="account.id")
    updated_at: datetime

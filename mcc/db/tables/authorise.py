"""Who said that a certificate is to be issued."""

from datetime import datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class Authorisation(Material, table=True):
    """One for each certificate: without it no number is taken and nothing is signed."""

    application_id: int = Field(foreign_key="application.id", index=True)
    amendment_id: int | None = Field(default=None, foreign_key="amendment.id")
    """The change that it carries out, where there is one."""
    mandate_id: int = Field(foreign_key="mandate.id")
    """Says the person, and whether they stood in for somebody."""
    absence: str | None = Field(default=None, max_length=300)
    """Why a substitute signed."""
    authorised_at: datetime
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    """The decision that it carries out; None in rows of a time in which an application had one decision."""

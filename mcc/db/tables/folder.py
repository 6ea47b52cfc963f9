"""The folder of a collective: its papers, photographed once, with the day on which they expire."""

from datetime import date, datetime

from sqlmodel import Field

from mcc.db.tables.base import Material


class FolderDocument(Material, table=True):
    __tablename__ = "folder_document"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    document: str = Field(max_length=60)
    """Code of the catalogue of documents; `other` for anything else."""
    title: str = Field(max_length=200)
    expires_on: date | None = None
    digest: str = Field(max_length=64, index=True)
    size: int
    media_type: str = Field(max_length=80)
    filename: str = Field(max_length=200)
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime
    replaces: int | None = Field(default=None, foreign_key="folder_document.id")
    ended_at: datetime | None = None
    """When it was replaced or taken out; applications that used it keep it."""

"""Who applies, for what, with which evidence, and what the office asked for."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from mcc.db.tables.base import Living, Material


class Organisation(Material, table=True):
    """A collective, with or without legal status."""

    name: str = Field(max_length=160, index=True)
    kind: str = Field(max_length=30)
    """Class of collective: workers, social, agrarian, …"""
    legal_status: bool
    municipality: str = Field(max_length=60)
    founded: date
    members: int
    women: int
    registration: str | None = Field(default=None, max_length=200)
    contact_name: str = Field(max_length=120)
    contact_phone: str = Field(max_length=40)
    contact_email: str = Field(max_length=120)
    created_at: datetime
    rut: str | None = Field(default=None, max_length=12)
    """Number in the tax register: twelve digits."""


class Application(Living, table=True):
    life: ClassVar[str] = "application"

    number: str | None = Field(default=None, max_length=24, unique=True)
    """Given on submission: S-2026-000001-K."""
    receipt_word: str | None = Field(default=None, max_length=8)
    """Printed behind the number on the receipt: the number alone opens nothing."""
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    expediente: str | None = Field(default=None, max_length=40)
    scope_kind: str = Field(max_length=20)
    products: list[str] = Field(sa_type=JSON)
    process: str = Field(max_length=2000)
    site_address: str = Field(max_length=200)
    site_municipality: str = Field(max_length=60)
    declaration: bool = False
    """The applicant declared that what the file says is true."""
    created_at: datetime
    submitted_at: datetime | None = None
    edition: str | None = Field(default=None, max_length=60)
    """Edition of the rubric, pinned with its hash and the workflow's on admission."""
    edition_hash: str | None = Field(default=None, max_length=64)
    workflow_hash: str | None = Field(default=None, max_length=64)
    round: int = 1
    """Counts the passes through evaluation: a return from review opens the next one."""
    outcome_reason: str | None = Field(default=None, max_length=40)
    """Code of the reason for not admitting, archiving or withdrawing."""
    outcome_words: str | None = Field(default=None, max_length=2000)
    category: str | None = Field(default=None, max_length=40)
    """Category of product or service: which documents are asked for depends on it."""
    entered_by: int | None = Field(default=None, foreign_key="account.id")
    """Who of the office typed it in for people who came to the counter."""
    shared_word: str | None = Field(default=None, max_length=26, unique=True)
    """Opens the status page that the collective shares by a plain link."""
    team_accepted_at: datetime | None = None
    """When the collective last said that it has nothing against those who evaluate."""


class EvidenceItem(Material, table=True):
    """A stored file, or something seen on site: then who saw it, when, in which book and folio."""

    __tablename__ = "evidence_item"
    __table_args__ = (UniqueConstraint("application_id", "code"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    code: str = Field(max_length=12)
    kind: str = Field(max_length=60)
    title: str = Field(max_length=200)
    form: str = Field(max_length=20)
    digest: str | None = Field(default=None, max_length=64, index=True)
    size: int | None = None
    media_type: str | None = Field(default=None, max_length=80)
    filename: str | None = Field(default=None, max_length=200)
    seen_by: int | None = Field(default=None, foreign_key="account.id")
    seen_on: date | None = None
    book: str | None = Field(default=None, max_length=120)
    folio: str | None = Field(default=None, max_length=60)
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime
    document: str | None = Field(default=None, max_length=60)
    """Code of the document that was asked for, from the catalogue of documents."""
    folder_document_id: int | None = Field(default=None, foreign_key="folder_document.id")
    """The paper of the collective's folder that it was taken from."""
    ended_at: datetime | None = None
    """When it was taken out of a draft, or replaced."""


class SelfScore(Material, table=True):
    """Where the collective sees itself on one indicator, with an example in its own words."""

    __tablename__ = "self_score"
    __table_args__ = (UniqueConstraint("application_id", "indicator"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    indicator: str = Field(max_length=20)
    level: int | None = None
    example: str = Field(default="", max_length=2000)


class InformationRequest(Material, table=True):
    """What is missing, asked in one go; the office's clock pauses until it is answered."""

    __tablename__ = "information_request"
    __table_args__ = (UniqueConstraint("application_id", "round"),)

    application_id: int = Field(foreign_key="application.id", index=True)
    round: int
    items: list[str] = Field(sa_type=JSON)
    answers: list[str] = Field(default_factory=list, sa_type=JSON)
    asked_at: datetime
    due_on: date
    answered_at: datetime | None = None
    notices: list[str] = Field(default_factory=list, sa_type=JSON)
    """Days on which the office reminded the applicant."""

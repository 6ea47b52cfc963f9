"""The folder of a collective: papers photographed once, kept with their expiry, used by every application."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mcc.actions import journal
from mcc.actions.catalogue import catalogue
from mcc.actions.evidence import add_known_file
from mcc.actions.inputs import Code, Input, Line
from mcc.actions.permissions import require
from mcc.actions.uploads import Purified, read_upload, receive
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.folder import documents_of
from mcc.db.tables import Application, EvidenceItem, FolderDocument, Organisation
from mcc.errors import InputInvalid, NotFound, Problem

WARN_BEFORE = timedelta(days=30)
OTHER = "other"
KIND_OF_OTHERS = "sworn_statement"
"""The kind of evidence that a paper counts as which the catalogue does not know."""


class Freshness(StrEnum):
    GOOD = "good"
    SOON = "soon"
    EXPIRED = "expired"


class DocumentInput(Input):
    document: Code
    """From the catalogue, or `other`."""
    title: Line | None = None
    """Left out, the catalogue's name stands."""
    filename: Line
    expires_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """A document of the folder, and whether it still counts."""

    row: FolderDocument
    freshness: Freshness


def find_folder(work: Work, organisation_id: int) -> Organisation:
    """The collective whose folder the actor may open. Raises NotFound for a foreign one: nobody learns that it exists."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None or organisation_id not in work.actor.organisations:
        raise NotFound("organisation_unknown", where="organisation", value=organisation_id)
    require(work, "manage_folder", organisation)
    return organisation


def list_papers(work: Work, organisation: Organisation) -> list[Paper]:
    require(work, "manage_folder", organisation)
    rows = documents_of(work.session, organisation.key)
    return [Paper(row, judge_freshness(row.expires_on, work.today)) for row in rows]


def judge_freshness(expires_on: date | None, today: date) -> Freshness:
    if expires_on is None or expires_on > today + WARN_BEFORE:
        return Freshness.GOOD
    return Freshness.EXPIRED if expires_on < today else Freshness.SOON


def add_document(
    work: Work,
    organisation: Organisation,
    given: DocumentInput,
    upload: Purified | None,
    *,
    replaces: FolderDocument | None = None,
) -> FolderDocument:
    """Put a paper into the folder; the one that it replaces leaves it, but not the applications that used it."""
    role = require(work, "manage_folder", organisation)
    known = catalogue().document(given.document)
    if known is None and given.document != OTHER:
        raise InputInvalid([Problem("document", "document_unknown", {"value": given.document})])
    title = given.title or (known.label.es if known is not None else None)
    if title is None:
        raise InputInvalid([Problem("title", "missing")])
    received = receive(work, given.filename, upload)
    row = FolderDocument(
        organisation_id=organisation.key,
        document=given.document,
        title=title,
        expires_on=given.expires_on,
        digest=received.digest,
        size=received.size,
        media_type=received.media_type,
        filename=received.filename,
        added_by=work.actor.key,
        added_at=work.now,
        replaces=None if replaces is None else replaces.key,
    )
    if replaces is not None:
        replaces.ended_at = work.now
        work.session.add(replaces)
    work.add(row)
    journal.record(
        work,
        f"folder_document:{row.id}",
        "add_document",
        role=role,
        document=row.document,
        digest=row.digest,
    )
    return row


def take_out(work: Work, organisation: Organisation, document: FolderDocument) -> None:
    """Take a paper out of the folder; applications that used it keep it."""
    role = require(work, "manage_folder", organisation)
    document.ended_at = work.now
    work.session.add(document)
    journal.record(work, f"folder_document:{document.id}", "take_out_document", role=role)


def find_paper(work: Work, organisation: Organisation, key: int) -> FolderDocument:
    """A paper of this folder, as it is now. Raises NotFound."""
    require(work, "manage_folder", organisation)
    found = next((row for row in documents_of(work.session, organisation.key) if row.key == key), None)
    if found is None:
        raise NotFound("document_not_here", where="document", value=key)
    return found


def read_paper(work: Work, document: FolderDocument) -> bytes:
    return read_upload(work, document.digest, document.title)


def bundle(work: Work, organisation: Organisation) -> bytes:
    """Every paper that still counts, in one zip, for a public call."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for place, paper in enumerate(list_papers(work, organisation), start=1):
            if paper.freshness != Freshness.EXPIRED:
                name = f"{place:02} {paper.row.title[:80].replace('/', '-')}.{paper.row.filename.rpartition('.')[2]}"
                archive.writestr(name, read_paper(work, paper.row))
    return packed.getvalue()


def use_in_application(work: Work, application: Application, document: FolderDocument) -> EvidenceItem:
    """Bring a paper of the folder into an application, once: the same file, with its name."""
    present = evidence_of(work.session, application.key)
    already = next((item for item in present if item.folder_document_id == document.key), None)
    if already is not None:
        return already
    known = catalogue().document(document.document)
    item = EvidenceItem(
        application_id=application.key,
        code="",
        kind=KIND_OF_OTHERS if known is None else known.kind,
        title=document.title,
        form="stored",
        document=document.document,
        folder_document_id=document.key,
        digest=document.digest,
        size=document.size,
        media_type=document.media_type,
        filename=document.filename,
        added_by=work.actor.key,
        added_at=work.now,
    )
    return add_known_file(work, application, item)

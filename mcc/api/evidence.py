"""Evidence: files that are stored, and what was seen on site."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import ConfigDict

from mcc.actions import evidence
from mcc.actions.evidence import EvidenceInput
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import Input, parse_input
from mcc.actions.permissions import require
from mcc.actions.uploads import check_upload
from mcc.api.addresses import EvidenceCode, Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.db.queries.apply import evidence_of
from mcc.db.tables import EvidenceItem

router = APIRouter(prefix="/applications/{reference}/evidence", tags=["evidence"])


LONGEST_NAME = 160


class UploadInput(EvidenceInput):
    """The fields of a form, and the file when its form is `stored`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile | None = None


class SeenInput(Input):
    seen_on: date


class EvidenceAnswer(Answer):
    code: str
    kind: str
    title: str
    form: str
    digest: str | None
    size: int | None
    media_type: str | None
    filename: str | None
    seen_on: date | None
    book: str | None
    folio: str | None


def describe_evidence(item: EvidenceItem) -> EvidenceAnswer:
    return EvidenceAnswer(**item.model_dump(include=set(EvidenceAnswer.model_fields)))


@router.get("")
def list_evidence(work: Look, reference: Reference) -> list[EvidenceAnswer]:
    application = find_by_reference(work, reference)
    require(work, "view_application", application)
    return [describe_evidence(item) for item in evidence_of(work.session, application.key)]


@router.post("", status_code=201)
def add_evidence(
    work: Change, reference: Reference, given: Annotated[UploadInput, Form(media_type="multipart/form-data")]
) -> EvidenceAnswer:
    """A file (`form` is `stored`; PDF, JPEG, PNG or plain text) or something seen on site."""
    fields = given.model_dump(exclude={"file"}, exclude_none=True)
    upload = None
    if given.file is not None:
        upload = check_upload(given.file.file.read(), work.settings.upload_limit)
        fields.setdefault("filename", (given.file.filename or "")[-LONGEST_NAME:] or None)
    application = find_by_reference(work, reference)
    item = evidence.add_evidence(work, application, parse_input(EvidenceInput, fields), upload)
    return describe_evidence(item)


@router.post("/{code}/see-on-site")
def see_on_site(work: Change, reference: Reference, code: EvidenceCode, given: SeenInput) -> Done:
    evidence.see_on_site(work, find_by_reference(work, reference), code, given.seen_on)
    return Done()


@router.get(
    "/{code}/file", response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}}
)
def read_evidence(work: Look, reference: Reference, code: EvidenceCode) -> Response:
    """The stored file, its digest checked; always as an attachment, never shown by the browser in our name."""
    item, content = evidence.read_evidence(work, find_by_reference(work, reference), code)
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{item.code}"',
        },
    )

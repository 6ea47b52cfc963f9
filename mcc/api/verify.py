"""What strangers may ask about a certificate: by code, by number, or with the file itself. No sign-in."""

from typing import Any

from fastapi import APIRouter, Request, Response, UploadFile

from mcc.actions import verify
from mcc.actions.verify import PublicStatus
from mcc.api.addresses import CertificateNumber, PublicCode
from mcc.api.answering import Answer, language_of
from mcc.api.asking import PublicLook
from mcc.phrases import say

router = APIRouter(prefix="/certificates", tags=["verify"])


class ReasonAnswer(Answer):
    code: str
    where: str | None
    value: Any
    detail: str


class VerdictAnswer(Answer):
    """As `mcc certificate verify --json` gives it, with the public page's facts beside it."""

    verdict: str
    number: str | None
    status: str | None
    reasons: tuple[ReasonAnswer, ...]
    certificate: PublicStatus | None


@router.get("/by-number/{number}")
def status_by_number(work: PublicLook, number: CertificateNumber) -> PublicStatus:
    return verify.status_by_number(work, number)


@router.post("/verify")
def verify_file(request: Request, work: PublicLook, file: UploadFile) -> VerdictAnswer:
    """Judge a PDF: authentic, unchanged, and the very file that the register published."""
    answer = verify.verify_file(work, file.file.read(), work.settings.trust_file)
    language = language_of(request)
    return VerdictAnswer(
        verdict=answer.verdict.verdict,
        number=answer.verdict.number,
        status=None if answer.status is None else answer.status.state,
        reasons=tuple(
            ReasonAnswer(
                code=reason.code,
                where=reason.where,
                value=reason.value,
                detail=say(f"verdict.{reason.code}", language, where=reason.where, value=reason.value),
            )
            for reason in answer.verdict.reasons
        ),
        certificate=answer.status,
    )


@router.get("/{code}")
def status_by_code(work: PublicLook, code: PublicCode) -> PublicStatus:
    return verify.status_by_code(work, code)


@router.get("/{code}/file", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
def published_file(work: PublicLook, code: PublicCode) -> Response:
    """The certificate as it was published."""
    number, content = verify.published_file(work, code)
    return Response(
        content,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{number}.pdf"'},
    )

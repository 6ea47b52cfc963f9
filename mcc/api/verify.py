"""What strangers may ask about a certificate: by code, by number, or with the file itself. No sign-in."""

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response, UploadFile

from certificates import Reason
from mcc.actions import verify
from mcc.actions.verify import PublicStatus
from mcc.api.addresses import CertificateNumber, PublicCode
from mcc.api.answering import PDF_ANSWER, Answer, language_of, send_pdf
from mcc.api.asking import PublicLook, installation_of
from mcc.phrases import say

router = APIRouter(prefix="/certificates", tags=["verify"])
MOST_JUDGES = 2
"""Files that are judged at the same time: each is a process with a memory limit of its own."""


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
async def verify_file(request: Request, file: UploadFile) -> VerdictAnswer:
    """Judge a PDF: authentic, unchanged, and the very file that the register published."""
    content = await file.read()
    return await to_thread.run_sync(judge_file, request, content, limiter=request.app.state.judges)


def judge_file(request: Request, content: bytes) -> VerdictAnswer:
    with installation_of(request).look() as work:
        found = verify.verify_file(work, content, work.settings.trust_file)
    return VerdictAnswer(
        verdict=found.verdict.verdict,
        number=found.verdict.number,
        status=None if found.status is None else found.status.state,
        reasons=tuple(describe_reason(reason, language_of(request)) for reason in found.verdict.reasons),
        certificate=found.status,
    )


def describe_reason(reason: Reason, language: str) -> ReasonAnswer:
    sentence = say(f"verdict.{reason.code}", language, where=reason.where, value=reason.value)
    return ReasonAnswer(code=reason.code, where=reason.where, value=reason.value, detail=sentence)


@router.get("/{code}")
def status_by_code(work: PublicLook, code: PublicCode) -> PublicStatus:
    return verify.status_by_code(work, code)


@router.get("/{code}/file", response_class=Response, responses=PDF_ANSWER)
def published_file(work: PublicLook, code: PublicCode) -> Response:
    """The certificate as it was published."""
    number, content = verify.published_file(work, code)
    return send_pdf(content, number)

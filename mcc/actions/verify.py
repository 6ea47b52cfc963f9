"""What strangers may know: the status of a certificate by code, number or file, computed at the time of asking."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from certificates import NumberInvalid, Verdict, is_public_code, parse_number, verify_apart
from mcc.actions.files import sha256
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.certify import FINAL, published_by_code, published_by_digest, published_by_number
from mcc.db.queries.staff import safeguards_of
from mcc.db.tables import Certificate, Issuance
from mcc.errors import InputInvalid, NotFound, Problem, TooLarge, Unavailable

GOOD = ("valid", "surveillance", "extended")


@dataclass(frozen=True)
class PublicStatus:
    """Everything the public page shows, and nothing else: no person, no score."""

    state: str
    good: bool
    """Whether the mark may be used today."""
    number: str
    code: str
    holder: str
    holder_kind: str
    municipality: str
    products: tuple[str, ...]
    process: str
    site: str
    award: str
    award_label: str
    pilot: bool
    demonstration: bool
    issued_on: date
    valid_until: date
    """An extension counts while it runs."""
    state_since: date
    state_reason: str | None
    newer_code: str | None
    safeguard: str | None
    """What was done where somebody evaluated who had advised the collective."""
    resolution: dict[str, Any]
    digest: str | None
    as_of: str


@dataclass(frozen=True)
class FileAnswer:
    """The verdict on an uploaded file; the status stands beside it when the register knows the very file."""

    verdict: Verdict
    status: PublicStatus | None


def status_by_code(work: Work, code: str) -> PublicStatus:
    """Raises NotFound for a code that is not in the register, whatever is wrong with it: the answer is the same."""
    found = published_by_code(work.session, code) if is_public_code(code) else None
    if found is None:
        raise NotFound("certificate_unknown", where="code")
    return describe_status(work, *found)


def status_by_number(work: Work, text: str) -> PublicStatus:
    """Raises InputInvalid when the text is no certificate number, NotFound when it is none of ours."""
    try:
        number = str(parse_number(text))
    except NumberInvalid as error:
        raise InputInvalid([Problem("number", f"number_{error.code}", {"value": text})]) from error
    found = published_by_number(work.session, number)
    if found is None:
        raise NotFound("certificate_unknown", where="number", value=number)
    return describe_status(work, *found)


def describe_status(work: Work, certificate: Certificate, issuance: Issuance) -> PublicStatus:
    claims = issuance.claims or {}
    state = state_on(certificate, work.today)
    return PublicStatus(
        state=state,
        good=state in GOOD,
        number=certificate.number,
        code=certificate.public_code,
        holder=claims["holder"],
        holder_kind=claims["holder_kind"],
        municipality=claims["municipality"],
        products=tuple(claims["products"]),
        process=claims["process"],
        site=claims["site"],
        award=claims["award"],
        award_label=claims["award_label"],
        pilot=claims["pilot"],
        demonstration=claims["demonstration"],
        issued_on=certificate.issued_on,
        valid_until=certificate.last_day if state == "extended" else certificate.valid_until,
        state_since=since_on(certificate, work.today),
        state_reason=certificate.state_reason,
        newer_code=certificate.newer_code,
        safeguard=_find_safeguard(work, certificate),
        resolution=claims["resolution"],
        digest=issuance.pdf_digest,
        as_of=work.now.isoformat(),
    )


def _find_safeguard(work: Work, certificate: Certificate) -> str | None:
    rows = safeguards_of(work.session, certificate.application_id)
    return next((row.words for row in rows if row.account_id is not None), None)


def state_on(certificate: Certificate, day: date) -> str:
    """The state that holds on that day: past its date a certificate is expired, whether or not a job has said so."""
    return "expired" if _is_over(certificate, day) else certificate.state


def since_on(certificate: Certificate, day: date) -> date:
    """Since when the state holds that holds on that day."""
    if _is_over(certificate, day):
        return certificate.last_day + timedelta(days=1)
    return local_day(certificate.state_since)


def _is_over(certificate: Certificate, day: date) -> bool:
    return certificate.state not in FINAL and day > certificate.last_day


def verify_file(work: Work, pdf: bytes, trust: Path) -> FileAnswer:
    """Judge an uploaded PDF: authentic, unchanged, and the very file that the register published."""
    if len(pdf) > work.settings.upload_limit:
        raise TooLarge("file_too_large", where="file", megabytes=work.settings.upload_limit // 1_000_000)
    if not pdf:
        raise InputInvalid([Problem("file", "file_missing")])
    verdict = verify_apart(
        pdf, trust, at=work.now, recorded=lambda digest: published_by_digest(work.session, digest) is not None
    )
    found = published_by_digest(work.session, verdict.digest) if verdict.digest else None
    return FileAnswer(verdict, None if found is None else describe_status(work, *found))


def published_file(work: Work, code: str) -> tuple[str, bytes]:
    """Number and content of a published certificate.

    Raises NotFound, or Unavailable when the stored file is not the one that the register recorded.
    """
    found = published_by_code(work.session, code) if is_public_code(code) else None
    if found is None:
        raise NotFound("certificate_unknown", where="code")
    certificate, issuance = found
    try:
        content = work.files.certificate(certificate.number).read_bytes()
    except OSError as error:
        raise Unavailable("certificate_unreadable", number=certificate.number) from error
    if sha256(content) != issuance.pdf_digest:
        raise Unavailable("certificate_altered", number=certificate.number)
    return certificate.number, content

"""The files' part of `mcc check`: each file that a row names is there, whole and unchanged, and no other lies about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import certificates
from mcc.actions.files import sha256
from mcc.actions.work import Work
from mcc.db.queries.check import rows_of
from mcc.db.tables import Case, EvidenceItem, FolderDocument, Issuance, Material


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: a code, the place, and the facts."""

    code: str
    where: str
    facts: dict[str, Any] = field(default_factory=dict)


UPLOADED: tuple[tuple[type[Material], str], ...] = (
    # Every column that names a file which somebody sent.
    (EvidenceItem, "digest"),
    (FolderDocument, "digest"),
    (Case, "photo_digest"),
)


def check_files(work: Work) -> Iterator[Finding]:
    yield from check_evidence(work)
    yield from check_certificates(work)


def check_evidence(work: Work) -> Iterator[Finding]:
    named = {
        getattr(row, column)
        for table, column in UPLOADED
        for row in rows_of(work.session, table)
        if getattr(row, column)
    }
    for digest in sorted(named):
        yield from _compare(work.files.evidence(digest), digest, "evidence", digest[:12])
    folder = work.files.root / "evidence"
    for path in sorted(folder.glob("*/*")):
        if path.name not in named:
            yield Finding("file_without_row", f"evidence:{path.name[:12]}")


def check_certificates(work: Work) -> Iterator[Finding]:
    """Every published file has its recorded digest and passes the strict verification."""
    issuances = {row.number: row for row in rows_of(work.session, Issuance) if isinstance(row, Issuance)}
    for number, row in issuances.items():
        if row.pdf_digest is None:
            continue
        path = work.files.certificate(number)
        problems = list(_compare(path, row.pdf_digest, "certificate", number))
        yield from problems
        if not problems:
            yield from _judge(work, path, number)
    for path in sorted((work.files.root / "certificates").glob("*.pdf")):
        if path.stem not in issuances:
            yield Finding("file_without_row", f"certificate:{path.stem}")


def _compare(path: Path, digest: str, kind: str, name: str) -> Iterator[Finding]:
    try:
        content = path.read_bytes()
    except OSError:
        yield Finding("file_missing", f"{kind}:{name}")
        return
    if sha256(content) != digest:
        yield Finding("file_altered", f"{kind}:{name}")


def _judge(work: Work, path: Path, number: str) -> Iterator[Finding]:
    verdict = certificates.verify(
        path.read_bytes(), work.settings.trust_file, at=work.now, recorded=lambda _digest: True
    )
    if verdict.verdict != "valid":
        reasons = [reason.code for reason in verdict.reasons]
        yield Finding("certificate_not_valid", f"certificate:{number}", {"reasons": reasons})
    elif verdict.number != number:
        yield Finding("certificate_names_another", f"certificate:{number}", {"value": verdict.number})

"""Judging a certificate's file, with the register of an installation or without any."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certificates import Reason, verify_apart
from mcc.actions.verify import verify_file
from mcc.clock import SystemClock
from mcc.installation import Installation


@dataclass(frozen=True)
class FileVerdict:
    """The answer of `mcc certificate verify --json`."""

    verdict: str
    number: str | None
    status: str | None
    reasons: list[dict[str, Any]]


def verify_with_register(installation: Installation, pdf: bytes, trust: Path) -> FileVerdict:
    with installation.look() as work:
        found = verify_file(work, pdf, trust)
    status = None if found.status is None else found.status.state
    return FileVerdict(
        found.verdict.verdict, found.verdict.number, status, describe_reasons(found.verdict.reasons)
    )


def verify_without_register(pdf: bytes, trust: Path) -> FileVerdict:
    """Authentic or not; whether it was ever published, or holds today, only the register knows."""
    verdict = verify_apart(pdf, trust, at=SystemClock().now(), recorded=None)
    return FileVerdict(verdict.verdict, verdict.number, None, describe_reasons(verdict.reasons))


def describe_reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"code": reason.code, "where": reason.where, "value": reason.value} for reason in reasons]

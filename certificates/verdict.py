"""What is said about a PDF, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from certificates.claims import Claims

MOST_BYTES = 20_000_000
"""A larger file is not read at all: none of ours comes near."""


@dataclass(frozen=True)
class Reason:
    code: str
    where: str = "file"
    value: Any = None


NOT_CONSULTED = Reason("register_not_consulted", "register")


Recorded = Callable[[str], bool]
"""Whether a SHA-256, in hexadecimal, is that of a published file."""


def consult(recorded: Recorded | None, digest: str) -> tuple[str, tuple[Reason, ...]]:
    """What becomes of a file that is authentic by itself: the register has the last word."""
    if recorded is None:
        return "indeterminate", (NOT_CONSULTED,)
    if not recorded(digest):
        return "invalid", (Reason("not_in_register", "register"),)
    return "valid", ()


@dataclass(frozen=True)
class Verdict:
    """valid, invalid, or indeterminate: authentic as far as the file alone can tell."""

    verdict: str
    reasons: tuple[Reason, ...]
    digest: str
    number: str | None = None
    claims: Claims | None = None
    signed_at: datetime | None = None

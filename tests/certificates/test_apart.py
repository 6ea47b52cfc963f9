"""The verdict on strangers' files: the same one, reached in a process of its own that cannot take long or much."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from certificates import (
    IssuedCertificate,
    Reason,
    Signer,
    Verdict,
    issue,
    lay_out_certificate,
    verify,
    verify_apart,
)
from certificates import apart as module
from certificates.verdict import MOST_BYTES
from tests.certificates import tampering
from tests.certificates.conftest import AT, Claim


def invalid(pdf: bytes, code: str, value: object = None) -> Verdict:
    return Verdict("invalid", (Reason(code, value=value),), hashlib.sha256(pdf).hexdigest())


def test_an_issued_file_gets_the_same_verdict_as_at_home(issued: IssuedCertificate, trust: Path) -> None:
    def recorded(digest: str) -> bool:
        return digest == issued.digest

    apart = verify_apart(issued.pdf, trust, at=AT, recorded=recorded)
    assert apart == verify(issued.pdf, trust, at=AT, recorded=recorded)
    assert apart == Verdict("valid", (), issued.digest, issued.claims.number, issued.claims, AT)


def test_an_authentic_file_is_compared_with_the_register(issued: IssuedCertificate, trust: Path) -> None:
    for recorded in (None, lambda _: False):
        apart = verify_apart(issued.pdf, trust, at=AT, recorded=recorded)
        assert apart == verify(issued.pdf, trust, at=AT, recorded=recorded)
        assert apart.verdict == ("indeterminate" if recorded is None else "invalid")


def test_claims_in_every_script_come_back_whole(claim: Claim, signer: Signer, trust: Path) -> None:
    odd = issue(claim(holder='"תעודה" شهادة 日本 👩‍🌾\n'), signer, AT)
    assert verify_apart(odd.pdf, trust, at=AT).claims == odd.claims


def test_the_register_is_not_asked_about_a_file_that_is_not_authentic(trust: Path) -> None:
    asked: list[str] = []

    def recorded(digest: str) -> bool:
        asked.append(digest)
        return True

    for pdf in (b"", b"hola", b"%PDF-1.7\n", tampering.minimal()):
        assert verify_apart(pdf, trust, at=AT, recorded=recorded) == verify(pdf, trust, at=AT)
    assert asked == []


def test_changed_and_unsigned_files_get_the_same_reasons_as_at_home(
    issued: IssuedCertificate, trust: Path, claim: Claim
) -> None:
    for pdf, code in (
        (tampering.add_annotation(issued.pdf), "not_whole_file"),
        (tampering.flipped(issued.pdf, 9), "changed_after_signing"),
        (lay_out_certificate(claim()), "not_signed"),
    ):
        assert verify_apart(pdf, trust, at=AT, recorded=lambda _: True) == invalid(pdf, code)


def test_a_file_that_is_too_large_is_not_even_handed_over(
    trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    pdf = b"%PDF-1.7\n" + bytes(MOST_BYTES)
    assert verify_apart(pdf, trust, at=AT) == invalid(pdf, "too_large", MOST_BYTES + 9)


def test_a_file_that_never_ends_is_given_up(trust: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """2 ** 60 fields; five levels of them are read within the same time."""
    monkeypatch.setattr(module, "SECONDS", 3)
    assert verify_apart(tampering.branching_fields(5), trust, at=AT) == invalid(
        tampering.branching_fields(5), "not_signed"
    )
    endless = tampering.branching_fields(60)
    start = time.monotonic()
    assert verify_apart(endless, trust, at=AT) == invalid(endless, "timed_out", 3)
    assert time.monotonic() - start < 10


def judge_under(limit: str, pdf: bytes, trust: Path) -> subprocess.CompletedProcess[bytes]:
    """The judging process with one limit set lower than usual."""
    program = (
        f"from certificates import apart; apart.{limit}; apart._judge({str(trust)!r}, {AT.isoformat()!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", program], input=pdf, capture_output=True, check=False, timeout=30
    )


def test_the_process_cannot_take_more_memory_than_it_may(issued: IssuedCertificate, trust: Path) -> None:
    """On macOS there is such limit: there the judge has what the machine has."""
    usual = judge_under("MEMORY_BYTES *= 1", issued.pdf, trust)
    small = judge_under("MEMORY_BYTES = 60_000_000", issued.pdf, trust)
    found = [b"indeterminate" in answer.stdout for answer in (usual, small)]
    assert found == [True, sys.platform != "linux"]


def test_the_process_ends_by_itself_when_its_time_is_over(trust: Path) -> None:
    """Also when nobody waits for it any more."""
    ended = judge_under("SECONDS = 2", tampering.branching_fields(60), trust)
    assert (-ended.returncode in {9, 24}, ended.stdout) == (True, b""), "killed, or out of processor time"


def test_a_process_that_dies_is_an_unreadable_file(
    issued: IssuedCertificate, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false" if Path("/bin/false").exists() else "/usr/bin/false")
    assert verify_apart(issued.pdf, trust, at=AT) == invalid(issued.pdf, "unreadable")


def test_a_published_file_is_never_called_false_because_the_machine_was_slow(
    issued: IssuedCertificate, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.01)
    for known, verdict in (({issued.digest}, "indeterminate"), (set[str](), "invalid")):
        apart = verify_apart(issued.pdf, trust, at=AT, recorded=known.__contains__)
        assert (apart.verdict, [reason.code for reason in apart.reasons]) == (verdict, ["timed_out"])


def test_the_root_is_found_from_wherever_one_stands(
    issued: IssuedCertificate, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trust.parent)
    relative = Path(os.path.relpath(trust))
    assert not relative.is_absolute()
    assert verify_apart(issued.pdf, relative, at=AT).verdict == "indeterminate"


def test_a_swelling_file_is_refused(trust: Path) -> None:
    bomb = tampering.flate_bomb(400)
    assert len(bomb) < MOST_BYTES
    assert verify_apart(bomb, trust, at=AT) == invalid(bomb, "unreadable", "PdfDecodeLimitError")

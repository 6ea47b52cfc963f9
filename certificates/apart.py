"""The verdict on a stranger's file, reached in a process of its own with little memory and little time.

A hostile PDF can make a parser loop or swell; whatever becomes of that process, the answer is a verdict.
"""

import hashlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from certificates.claims import Claims
from certificates.verdict import MOST_BYTES, NOT_CONSULTED, Reason, Verdict

SECONDS = 20
MEMORY_BYTES = 1_500_000_000


def verify_apart(
    pdf: bytes, trust: Path, *, at: datetime, recorded: Callable[[str], bool] | None = None
) -> Verdict:
    """As `verify`; a file that takes too long or too much is invalid (timed_out, unreadable)."""
    digest = hashlib.sha256(pdf).hexdigest()
    if len(pdf) > MOST_BYTES:
        return Verdict("invalid", (Reason("too_large", value=len(pdf)),), digest)
    command = [sys.executable, "-m", "certificates.apart", str(trust.resolve()), at.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, without a shell
            command,
            input=pdf,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=Path(__file__).parents[1],
        )
    except subprocess.TimeoutExpired:
        return Verdict("invalid", (Reason("timed_out", value=SECONDS),), digest)
    if done.returncode != 0:
        return Verdict("invalid", (Reason("unreadable"),), digest)
    verdict = _read(done.stdout, digest)
    if recorded is None or verdict.reasons != (NOT_CONSULTED,):
        return verdict
    known = recorded(digest)
    reasons = () if known else (Reason("not_in_register", "register"),)
    outcome = "valid" if known else "invalid"
    return Verdict(outcome, reasons, digest, verdict.number, verdict.claims, verdict.signed_at)


def _read(answer: bytes, digest: str) -> Verdict:
    content = json.loads(answer)
    return Verdict(
        verdict=content["verdict"],
        reasons=tuple(Reason(**reason) for reason in content["reasons"]),
        digest=digest,
        number=content["number"],
        claims=None if content["claims"] is None else Claims.model_validate(content["claims"]),
        signed_at=None if content["signed_at"] is None else datetime.fromisoformat(content["signed_at"]),
    )


def _judge(trust: str, at: str) -> None:
    """Read the file from standard input, judge it under limits, write the verdict as JSON."""
    from certificates.verifying import verify  # noqa: PLC0415 - only this process needs what judges

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    verdict = verify(sys.stdin.buffer.read(), Path(trust), at=datetime.fromisoformat(at))
    answer = {
        "verdict": verdict.verdict,
        "reasons": [
            {"code": reason.code, "where": reason.where, "value": reason.value} for reason in verdict.reasons
        ],
        "number": verdict.number,
        "claims": None if verdict.claims is None else verdict.claims.model_dump(mode="json"),
        "signed_at": None if verdict.signed_at is None else verdict.signed_at.isoformat(),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _judge(*sys.argv[1:])

"""The verdict on a stranger's file, reached in a process of its own with little memory and little time.

A hostile PDF can make a parser loop or swell; whatever becomes of that process, the answer is a verdict.
"""

import hashlib
import json
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from certificates.claims import Claims
from certificates.verdict import MOST_BYTES, NOT_CONSULTED, Reason, Recorded, Verdict, consult

SECONDS = 20
MEMORY_BYTES = 1_500_000_000


def verify_apart(pdf: bytes, trust: Path, *, at: datetime, recorded: Recorded | None = None) -> Verdict:
    """As `verify`; a file that takes too long or too much is invalid (timed_out, unreadable).

    Unless the register knows its bytes: then it was the machine that was too slow, and the answer is indeterminate.
    """
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
        return _tell_unjudged(Reason("timed_out", value=SECONDS), digest, recorded)
    if done.returncode != 0:
        return _tell_unjudged(Reason("unreadable"), digest, recorded)
    verdict = _read(done.stdout, digest)
    if recorded is None or verdict.reasons != (NOT_CONSULTED,):
        return verdict
    outcome, reasons = consult(recorded, digest)
    return Verdict(outcome, reasons, digest, verdict.number, verdict.claims, verdict.signed_at)


def _tell_unjudged(reason: Reason, digest: str, recorded: Recorded | None) -> Verdict:
    known = recorded is not None and recorded(digest)
    return Verdict("indeterminate" if known else "invalid", (reason,), digest)


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

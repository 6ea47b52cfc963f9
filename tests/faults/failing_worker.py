"""A worker whose laying out fails, as on a full disk, more often than it is tried: `python failing_worker.py DATA`."""

import errno
import sys
from pathlib import Path
from typing import Any

from mcc.actions import certify
from mcc.installation import open_installation
from mcc.jobs import worker
from mcc.settings import Settings


def fail_at_first(times: int) -> None:
    lay_out = certify.lay_out
    failures = iter(range(times))

    def fail_or_lay_out(*given: Any) -> object:
        if next(failures, None) is not None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return lay_out(*given)

    setattr(certify, "lay_out", fail_or_lay_out)  # noqa: B010 - a fault, put in from outside


if __name__ == "__main__":
    worker.RETRY_SECONDS = 0.01
    worker.SWEEP_SECONDS = 0.5
    fail_at_first(worker.TRIES + 1)
    worker.run_worker(open_installation(Settings(data=Path(sys.argv[1]))))

"""A worker that kills itself at one point of issuing: `python killed_worker.py DATA STEP before|after|inside`."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcc.actions import certify
from mcc.actions.files import write_whole
from mcc.installation import open_installation
from mcc.jobs.worker import run_worker
from mcc.settings import Settings


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str, moment: str) -> None:
    """`before`: nothing of the step is done; `inside`: its file is written, its row is not; `after`: both are."""
    if moment == "inside":
        setattr(certify, "write_whole", dying_after(write_whole))  # noqa: B010 - a fault, put in from outside
        return
    run = getattr(certify, step)

    def die_before(*given: Any) -> object:
        die()
        return run(*given)

    if moment == "before":
        setattr(certify, step, die_before)
    else:
        install_death_after_commit(step)


def dying_after(write: Callable[[Path, bytes], None]) -> Callable[[Path, bytes], None]:
    def write_and_die(path: Path, content: bytes) -> None:
        write(path, content)
        die()

    return write_and_die


def install_death_after_commit(step: str) -> None:
    """Die as soon as the transaction of the step has been committed, before the job engine hears of it."""
    run = getattr(certify, step)

    def marked(work: Any, *given: Any) -> object:
        from sqlalchemy import event  # noqa: PLC0415

        result = run(work, *given)
        event.listen(work.session, "after_commit", lambda _session: die())
        return result

    setattr(certify, step, marked)


if __name__ == "__main__":
    data, at_step, at_moment = sys.argv[1:]
    arm(at_step, at_moment)
    run_worker(open_installation(Settings(data=Path(data))))

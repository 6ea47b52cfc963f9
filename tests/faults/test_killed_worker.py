"""The worker may be killed between any two steps of issuing, and within one: it issues once, or goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from mcc.actions.check import check_installation
from mcc.actions.work import SYSTEM
from mcc.db.tables import Application, Certificate, Issuance, NumberLedger
from mcc.installation import DurableQueue
from tests.office import Office

POINTS = [
    ("reserve_number", "before"),
    ("reserve_number", "after"),
    ("prepare_claims", "before"),
    ("prepare_claims", "after"),
    ("lay_out", "before"),
    ("lay_out", "inside"),
    ("lay_out", "after"),
    ("sign", "before"),
    ("sign", "inside"),
    ("sign", "after"),
    ("publish", "before"),
    ("publish", "after"),
]
PATIENCE = 60.0


@pytest.mark.timeout(280)
def test_a_worker_killed_at_every_point_issues_exactly_one_certificate(office: Office) -> None:
    """One job, killed twelve times in a row: each start gets one point further."""
    office.installation = replace(office.installation, jobs=DurableQueue(office.installation.database.url))
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)
    for step, moment in POINTS:
        _run_until_killed(office, step, moment)
    with _worker(office):
        _wait_until_issued(office, number)
    with office.installation.look(SYSTEM) as work:
        assert [row.fate for row in work.session.exec(select(NumberLedger))] == ["issued"]
        assert len(work.session.exec(select(Certificate)).all()) == 1
        assert [row.step for row in work.session.exec(select(Issuance))] == ["published"]
        assert check_installation(work) == []


def _run_until_killed(office: Office, step: str, moment: str) -> None:
    script = Path(__file__).with_name("killed_worker.py")
    data = str(office.installation.settings.data)
    done = subprocess.run(
        [sys.executable, script, data, step, moment], timeout=PATIENCE, env=_environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL, f"{step} {moment} was not reached"


def test_a_job_that_was_given_up_is_begun_anew_when_the_cause_is_gone(office: Office) -> None:
    office.installation = replace(office.installation, jobs=DurableQueue(office.installation.database.url))
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)
    script = str(Path(__file__).with_name("failing_worker.py"))
    with _worker(office, script, str(office.installation.settings.data)):
        _wait_until_issued(office, number)
    with office.installation.look(SYSTEM) as work:
        assert [row.fate for row in work.session.exec(select(NumberLedger))] == ["issued"]
        assert len(work.session.exec(select(Certificate)).all()) == 1
        assert check_installation(work) == []


@contextmanager
def _worker(office: Office, *command: str) -> Iterator[None]:
    environment = {**_environment(), "MCC_DATA": str(office.installation.settings.data)}
    worker = subprocess.Popen([sys.executable, *(command or ("-m", "mcc", "worker"))], env=environment)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def _wait_until_issued(office: Office, number: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with office.installation.look(SYSTEM) as work:
            if (
                work.session.exec(select(Application.state).where(Application.number == number)).one()
                == "issued"
            ):
                return
        time.sleep(0.1)
    pytest.fail("the worker did not issue in time")


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}

"""The worker: runs the steps of issuing, alone with the key; killed anywhere, it goes on where it stood."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSPortableJSONSerializer

from certificates import Signer, load_pkcs12, open_development_authority
from mcc.actions import certify
from mcc.actions.work import SYSTEM, Work
from mcc.db.queries.authorise import applications_to_issue
from mcc.db.queries.certify import certificates_of
from mcc.db.tables import Application
from mcc.installation import Installation
from mcc.jobs.mailers import choose_mailer
from mcc.jobs.mailing import deliver
from mcc.jobs.queue import ISSUE_WORKFLOW, QUEUE, STEPS_VERSION, job_key
from mcc.jobs.sweep import attempt, do_what_is_due
from mcc.settings import Settings

EXECUTOR = "mcc-worker-1"
SWEEP_SECONDS = 60.0
POLL_SECONDS = 0.3
TRIES, RETRY_SECONDS = 5, 1.0
"""A step that fails is tried again, after a pause that doubles; then the job gives way to the others."""
GIVEN_UP = {"ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}
"""How the engine calls a job that it will not touch again."""

LOG = logging.getLogger(__name__)

Step = Callable[[Work, Application], object]


def open_signer(installation: Installation) -> Signer:
    """The key that this installation signs with: a PKCS#12 file, or the development authority's, made on first use."""
    settings = installation.settings
    if settings.pkcs12 is not None:
        return load_pkcs12(settings.pkcs12, _read_passphrase(settings))
    with installation.look(SYSTEM) as work:
        now = work.now
    return open_development_authority(settings.key_folder, at=now, trust=settings.trust_file)


def _read_passphrase(settings: Settings) -> bytes | None:
    if settings.pkcs12_passphrase is None:
        return None
    return settings.pkcs12_passphrase.read_bytes().strip()


def register_issue(installation: Installation, signer: Signer) -> None:
    """Tell the engine the steps; each is one transaction that does nothing when it was done before."""

    def run(step: Step, application_id: int) -> None:
        with installation.work(SYSTEM) as work:
            application = work.session.get(Application, application_id)
            assert application is not None, "enqueued in the transaction that authorised it"
            step(work, application)

    steps: dict[str, Step] = {
        "reserve": certify.reserve_number,
        "prepare": certify.prepare_claims,
        "lay_out": certify.lay_out,
        "sign": lambda work, application: certify.sign(work, application, signer),
        "publish": certify.publish,
    }

    @DBOS.workflow(name=ISSUE_WORKFLOW)
    def issue_certificate(application_id: int) -> None:
        for name, step in steps.items():
            DBOS.run_step(
                {
                    "name": name,
                    "retries_allowed": True,
                    "max_attempts": TRIES,
                    "interval_seconds": RETRY_SECONDS,
                },
                run,
                step,
                application_id,
            )

    assert issue_certificate is not None


def run_worker(installation: Installation, *, until: threading.Event | None = None) -> None:
    """Work until told to stop (SIGTERM, SIGINT, or `until`)."""
    stop = until or stop_on_signal()
    logging.getLogger("dbos").setLevel(logging.ERROR)
    signer = open_signer(installation)
    DBOS(
        config={
            "name": "mcc",
            "system_database_url": installation.settings.database,
            "application_version": STEPS_VERSION,
            "executor_id": EXECUTOR,
            "log_level": "ERROR",
            "serializer": DBOSPortableJSONSerializer(),
            "notification_listener_polling_interval_sec": 1.0,
        }
    )
    register_issue(installation, signer)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=POLL_SECONDS)
    try:
        sweep_until(installation, stop)
    finally:
        DBOS.destroy()


def sweep_until(installation: Installation, stop: threading.Event) -> None:
    """Once a minute: what is due happens, what was given up begins anew, what waits is mailed."""
    mailer = choose_mailer(installation.settings)
    while True:
        started = time.monotonic()
        do_what_is_due(installation)
        attempt(lambda: begin_anew(installation))
        attempt(lambda: deliver(installation, mailer))
        if stop.wait(max(0.0, SWEEP_SECONDS - (time.monotonic() - started))):
            return


def begin_anew(installation: Installation) -> None:
    """A job that was given up, as on a full disk, gets a successor: its steps repeat nothing that was done."""
    with installation.look(SYSTEM) as work:
        waiting = {
            key: len(certificates_of(work.session, [key])) for key in applications_to_issue(work.session)
        }
    for application_id, issued in waiting.items():
        attempt = find_attempt(application_id, issued)
        if attempt is not None:
            LOG.warning("application %s: issuing is begun anew, attempt %s", application_id, attempt)
            with installation.work(SYSTEM) as work:
                work.jobs.enqueue_issue(work.session, application_id, attempt=attempt, issued=issued)


def find_attempt(application_id: int, issued: int) -> int | None:
    """The attempt that is due; None while one waits or runs."""
    attempt = 0
    while (status := DBOS.get_workflow_status(job_key(application_id, attempt, issued=issued))) is not None:
        if status.status not in GIVEN_UP:
            return None
        attempt += 1
    return attempt


def stop_on_signal() -> threading.Event:
    stop = threading.Event()

    def handle(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
    return stop

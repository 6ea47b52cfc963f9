"""The stage of the demonstration: its people, its clock, and the worker that issues beside it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from sqlmodel import select

from mcc.actions.accounts import AccountInput, actor_of_account, create_account, find_account
from mcc.actions.apply import withdraw_application
from mcc.actions.mandates import MandateInput, name_member
from mcc.actions.passwords import draw_password
from mcc.actions.work import SYSTEM, Role, Work
from mcc.chance import system_chance
from mcc.clock import CANELONES
from mcc.db.queries.apply import application_by_number
from mcc.db.tables import Application
from mcc.db.tables.mandates import SIGNATURE
from mcc.demo.dossier import Dossier
from mcc.errors import Unavailable
from mcc.installation import Installation, set_demonstration_clock
from workflows import add_working_days

STAFF: dict[str, tuple[str, Role]] = {
    "administracion.1": ("Administración (demostración)", Role.ADMINISTRATOR),
    "coordinacion.1": ("Coordinación (demostración)", Role.COORDINATOR),
    **{f"evaluacion.{n}": (f"Evaluación {n} (demostración)", Role.EVALUATOR) for n in range(1, 7)},
    **{f"revision.{n}": (f"Revisión técnica {n} (demostración)", Role.REVIEWER) for n in range(1, 3)},
    **{f"comite.{n}": (f"Comité {n} (demostración)", Role.COMMITTEE) for n in range(1, 4)},
    "recursos.1": ("Tribunal de recursos (demostración)", Role.APPEAL_PANEL),
    "firma.1": ("Firma 1 (demostración)", Role.SIGNATORY),
    "firma.2": ("Firma 2, suplente (demostración)", Role.SIGNATORY),
    "auditoria.1": ("Auditoría (demostración)", Role.AUDITOR),
}

SEATED = {
    "comite.1": "intendencia",
    "comite.2": "mesa_intercooperativa",
    "comite.3": "inacoop",
}
"""Who sits in the committee for whom; they vote in this order."""

COORDINATOR, REVIEWER, COMMITTEE, PANEL = "coordinacion.1", "revision.1", "comite.1", "recursos.1"
"""Who acts in the stories for each part of the house."""

SIGNATORY, STAND_IN = "firma.1", "firma.2"

OPENING = clock_time(10, 0)
TODAY = datetime(2028, 10, 17, 9, 0, tzinfo=CANELONES)
"""When the demonstration opens: late enough for one certificate to have expired."""
ISSUE_PATIENCE = 120.0
"""Seconds that the worker may take for one certificate before the demonstration gives up, with a message."""


@dataclass
class Stage:
    installation: Installation
    accounts: list[dict[str, str]] = field(default_factory=list)

    def set_clock(self, moment: datetime) -> None:
        set_demonstration_clock(self.installation, moment.isoformat())

    @contextmanager
    def work(self, username: str) -> Iterator[Work]:
        """A piece of work of this person, with the rights they have at this moment."""
        with self.installation.look(SYSTEM) as looking:
            actor = actor_of_account(looking, find_account(looking, username).key)
        assert actor is not None, "the demonstration closes no account"
        with self.installation.work(actor) as work:
            yield work

    def hire(self, username: str, name: str, role: Role) -> None:
        """Create an account with a password of its own; accounts.json tells it."""
        password = draw_password(system_chance)
        with self.installation.work(SYSTEM) as work:
            create_account(work, AccountInput(username=username, name=name, password=password, roles=[role]))
        self.accounts.append({"username": username, "password": password, "role": role.value, "name": name})

    def give_mandates(self, since: date, act: str) -> None:
        """To the committee, to whoever signs, and to who stands in for them."""
        seats = [*SEATED.items(), (SIGNATORY, SIGNATURE), (STAND_IN, SIGNATURE)]
        with self.installation.work(SYSTEM) as work:
            for username, institution in seats:
                given = MandateInput(
                    username=username,
                    institution=institution,
                    substitute=username == STAND_IN,
                    since=since,
                    act=act,
                )
                name_member(work, given)

    def application(self, work: Work, number: str) -> Application:
        found = application_by_number(work.session, number)
        assert found is not None, "submitted earlier in the story"
        return found

    def wait_until_issued(self, number: str) -> None:
        """Give the worker time to issue; the clock of the demonstration stands still meanwhile."""
        patience = time.monotonic() + ISSUE_PATIENCE
        while time.monotonic() < patience:
            with self.installation.look(SYSTEM) as work:
                state = work.session.exec(select(Application.state).where(Application.number == number)).one()
            if state == "issued":
                return
            time.sleep(0.1)
        raise Unavailable("worker_silent", number=number)


class Ended(Exception):
    """The file has come as far as its dossier goes."""


@dataclass
class Play:
    """One dossier on the stage: where its story stands in time, and the number that it was given."""

    stage: Stage
    dossier: Dossier
    now: datetime
    number: str = ""

    def at(self, moment: datetime) -> datetime:
        """Go on to that moment; a story never goes back."""
        self.now = max(moment, self.now)
        return self.now


def end_if(act: Play, reached: str) -> None:
    """Leave the file here, or let the applicant withdraw it, when the dossier says so. Raises Ended then."""
    if act.dossier.course.stops_at == reached:
        raise Ended
    withdrawn = act.dossier.course.withdrawn
    if withdrawn is None or withdrawn.after != reached:
        return
    with act.stage.work(act.dossier.slug) as work:
        withdraw_application(work, act.stage.application(work, act.number), reason=withdrawn.reason)
    raise Ended


def opening_of(day: date) -> datetime:
    return datetime.combine(day, OPENING, tzinfo=CANELONES)


def working_days_later(moment: datetime, days: int) -> datetime:
    return opening_of(add_working_days(moment.astimezone(CANELONES).date(), days))


def days_later(moment: datetime, days: int) -> datetime:
    return opening_of(moment.astimezone(CANELONES).date() + timedelta(days=days))


@contextmanager
def running_worker(installation: Installation) -> Iterator[None]:
    """The worker as a process of its own: only it reads the key."""
    environment = {**os.environ, "MCC_DATA": str(installation.settings.data.resolve())}
    worker = subprocess.Popen([sys.executable, "-m", "mcc", "worker"], env=environment)
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()

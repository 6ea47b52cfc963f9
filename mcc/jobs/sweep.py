"""What falls due by itself: looked for once a minute, and made up for however long the machine was off.

Each step may be repeated without effect, and one that fails keeps no other from being done. Their order is that in which
things would have happened: a suspension ends before a certificate expires.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from mcc.actions.accept_rules import lapse_unaccepted
from mcc.actions.amend import stop_amending
from mcc.actions.correct import end_corrections
from mcc.actions.notify import remind
from mcc.actions.renew import extend_renewing
from mcc.actions.surveil import open_due
from mcc.actions.suspend import end_suspensions, expire_overdue
from mcc.actions.unseat import free_seats
from mcc.actions.work import SYSTEM, Work
from mcc.clock import CANELONES
from mcc.installation import Installation, set_demonstration_clock

OPENING = time(9, 0)
LOG = logging.getLogger(__name__)

DUE: tuple[Callable[[Work], object], ...] = (
    end_suspensions,
    extend_renewing,
    expire_overdue,
    open_due,
    lapse_unaccepted,
    end_corrections,
    stop_amending,
    remind,
    free_seats,
)


def do_what_is_due(installation: Installation) -> None:
    for act in DUE:
        attempt(lambda act=act: _in_work(installation, act))  # type: ignore[misc]


def move_clock(installation: Installation, day: date) -> Iterator[date]:
    """Take a demonstration to another day; on the way forward each day is lived, and yielded, in its turn."""
    with installation.look(SYSTEM) as work:
        today = work.today
    while True:
        today = min(today + timedelta(days=1), day)
        moment = datetime.combine(today, OPENING, tzinfo=CANELONES)
        set_demonstration_clock(installation, moment.isoformat())
        do_what_is_due(installation)
        yield today
        if today == day:
            return


def attempt(step: Callable[[], object]) -> None:
    """Do one step; what goes wrong is kept in the log."""
    try:
        step()
    except Exception:
        LOG.exception("a step of the sweep failed")


def _in_work(installation: Installation, act: Callable[[Work], object]) -> None:
    with installation.work(SYSTEM) as work:
        act(work)

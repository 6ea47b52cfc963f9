"""Terms: working days of Uruguay and calendar days; the days on which a clock was paused do not count."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from workflows.model import TermKind, Workflow


@cache
def _holidays_of(year: int) -> frozenset[date]:
    # Those that the library calls bank holidays, such as Carnival and the week of Turismo, close public offices too.
    return frozenset(country_holidays("UY", years=year, categories=("public", "bank")))


def is_working_day(day: date) -> bool:
    """Neither Saturday nor Sunday nor a day on which the public offices of Uruguay are closed."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)  # noqa: PLR2004 - Monday is 0


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which does not count; `day` itself for none."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def due_on(workflow: Workflow, state: str, since: date, paused: Container[date] = ()) -> date | None:
    """The last day of the state's term for something that entered it on `since`; None where no term runs.

    Days in `paused` do not count. A term that ends on a day off ends on the next working day.
    """
    term = workflow.states[state].term
    if term is None:
        return None
    day, left = since, term.days
    while left > 0:
        day += timedelta(days=1)
        counts = term.kind == TermKind.CALENDAR or is_working_day(day)
        left -= counts and day not in paused
    while not is_working_day(day) or day in paused:
        day += timedelta(days=1)
    return day

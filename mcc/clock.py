"""The one clock: every "now" of the application comes from here, so that tests and the demonstration can set it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CANELONES = ZoneInfo("America/Montevideo")
"""Terms and printed dates are days of the department, whatever zone the server runs in."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class ShiftedClock:
    """Runs as the system clock does, ahead or behind by a fixed span."""

    shift: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass(frozen=True)
class FixedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


class ClockInvalid(ValueError):
    """A clock setting is neither a moment with its zone nor a shift such as +86400 (seconds)."""


def parse_clock(text: str) -> Clock:
    """A clock from its written form: `2028-10-16T09:00:00-03:00` stands still, `+86400` is a shift in seconds."""
    try:
        if text[:1] in "+-":
            return ShiftedClock(timedelta(seconds=int(text)))
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise ClockInvalid(text) from problem
    if moment.tzinfo is None:
        raise ClockInvalid(text)
    return FixedClock(moment.astimezone(UTC))


def local_day(moment: datetime) -> date:
    """The calendar day in Canelones at that moment."""
    return moment.astimezone(CANELONES).date()


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

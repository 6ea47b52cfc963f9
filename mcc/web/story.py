"""What happened to a file, as people read it: by day, the newest first, the same deed counted instead of repeated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mcc.actions.follow import StoryEntry
from mcc.clock import local_day


@dataclass(frozen=True)
class Deed:
    action: str
    count: int
    words: str | None


@dataclass(frozen=True)
class StoryDay:
    day: date
    deeds: tuple[Deed, ...]


def gather_days(entries: Sequence[StoryEntry]) -> list[StoryDay]:
    """Entries, oldest first, by day of Canelones."""
    by_day = groupby(reversed(entries), key=lambda entry: local_day(entry.at))
    return [StoryDay(day, tuple(count_deeds(found))) for day, found in by_day]


def count_deeds(entries: Iterable[StoryEntry]) -> list[Deed]:
    """The same deed without words of its own counts once with its number, where it was last done."""
    deeds: dict[tuple[str, str | None, int], Deed] = {}
    for position, entry in enumerate(entries):
        key = (entry.action, entry.words, position if entry.words else 0)
        before = deeds.get(key)
        deeds[key] = Deed(entry.action, 1 if before is None else before.count + 1, entry.words)
    return list(deeds.values())

"""The history of a file is read by day, and a deed that was done often is told once."""

from datetime import UTC, date, datetime

from mcc.actions.follow import StoryEntry
from mcc.web.story import Deed, StoryDay, gather_days


def entry(moment: datetime, action: str, words: str | None = None) -> StoryEntry:
    return StoryEntry(moment, action, "applicant", None, None, words)


def test_a_day_is_a_day_of_canelones_and_the_newest_comes_first() -> None:
    late, next_morning = datetime(2026, 8, 4, 2, 30, tzinfo=UTC), datetime(2026, 8, 4, 12, tzinfo=UTC)
    assert gather_days([entry(late, "submit"), entry(next_morning, "take_up")]) == [
        StoryDay(date(2026, 8, 4), (Deed("take_up", 1, None),)),
        StoryDay(date(2026, 8, 3), (Deed("submit", 1, None),)),
    ]


def test_the_same_deed_is_counted_and_words_are_never_merged() -> None:
    moment = datetime(2026, 8, 4, 12, tzinfo=UTC)
    told = [
        entry(moment, "add_evidence"),
        entry(moment, "save_scores"),
        entry(moment, "add_evidence"),
        entry(moment, "request_information", "Falta el acta."),
        entry(moment, "request_information", "Falta el acta."),
    ]
    (day,) = gather_days(told)
    assert day.deeds == (
        Deed("request_information", 1, "Falta el acta."),
        Deed("request_information", 1, "Falta el acta."),
        Deed("add_evidence", 2, None),
        Deed("save_scores", 1, None),
    )


def test_a_file_without_a_history_has_no_days() -> None:
    assert gather_days([]) == []

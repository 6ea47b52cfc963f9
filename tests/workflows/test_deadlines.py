"""Terms: working days of Uruguay, calendar days, pauses, and what falls on a day off."""

from datetime import date

import pytest

from tests.workflows.conftest import Alter
from workflows import add_working_days, due_on, is_working_day, load_workflow, load_workflow_file


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 8, 25), False),
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
        (date(2028, 2, 29), False),
        (date(2027, 7, 18), False),
        (date(2028, 4, 12), False),
    ],
    ids=str,
)
def test_weekends_and_holidays_are_no_working_days(day: date, *, works: bool) -> None:
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 8, 21), 1, date(2026, 8, 24)),
        (date(2026, 8, 24), 1, date(2026, 8, 26)),
        (date(2026, 12, 23), 3, date(2026, 12, 29)),
        (date(2026, 12, 30), 2, date(2027, 1, 4)),
        (date(2026, 8, 3), 0, date(2026, 8, 3)),
    ],
    ids=str,
)
def test_working_days_are_counted_over_weekends_holidays_and_years(
    start: date, count: int, end: date
) -> None:
    assert add_working_days(start, count) == end


def test_a_term_of_working_days(alter: Alter) -> None:
    workflow = load_workflow_file(alter())
    assert due_on(workflow, "open", date(2026, 8, 21)) == date(2026, 8, 31)


def test_a_state_without_a_term_is_never_overdue(alter: Alter) -> None:
    assert due_on(load_workflow_file(alter()), "waiting", date(2026, 8, 21)) is None


@pytest.mark.parametrize(
    ("since", "end"),
    [(date(2026, 8, 10), date(2026, 8, 17)), (date(2026, 8, 18), date(2026, 8, 26))],
    ids=["an ordinary day", "the next working day after a holiday"],
)
def test_a_term_of_calendar_days_ends_on_a_working_day(alter: Alter, since: date, end: date) -> None:
    workflow = load_workflow_file(alter(("{days: 5, kind: working}", "{days: 7, kind: calendar}")))
    assert due_on(workflow, "open", since) == end


def test_days_on_which_the_clock_was_paused_do_not_count(alter: Alter) -> None:
    workflow = load_workflow_file(alter())
    paused = {date(2026, 8, 26), date(2026, 8, 27), date(2026, 8, 29)}
    assert due_on(workflow, "open", date(2026, 8, 21), paused) == date(2026, 9, 2)


def test_no_term_ends_on_a_day_that_does_not_count(alter: Alter) -> None:
    workflow = load_workflow_file(alter(("{days: 5, kind: working}", "{days: 7, kind: calendar}")))
    on_saturday = {date(2026, 8, 31)}
    assert due_on(workflow, "open", date(2026, 8, 22), on_saturday) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("state", "days", "kind"),
    [
        ("submitted", 5, "working"),
        ("in_admissibility", 10, "working"),
        ("info_requested", 10, "calendar"),
        ("in_evaluation", 45, "working"),
        ("in_review", 5, "working"),
        ("in_decision", 15, "working"),
    ],
)
def test_the_office_has_the_terms_of_the_process(state: str, days: int, kind: str) -> None:
    term = load_workflow("application").states[state].term
    assert term is not None
    assert (term.days, term.kind) == (days, kind)

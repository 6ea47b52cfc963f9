"""Courses, fairs and advice: beside the plans that they fit, for as long as they are not over."""

from datetime import timedelta

import pytest

from mcc.actions import support
from mcc.actions.report import describe_outcome
from mcc.actions.support import SupportInput
from mcc.errors import InputInvalid, NotAllowed, NotFound
from tests.office import START, Office

TODAY = START.date()


def add(office: Office, title: str, line: str = "training", **days: object) -> int:
    with office.work("coord") as work:
        wanted = SupportInput.model_validate(
            {"line": line, "title": title, "place": "Pando", "contact": "099 000 000", **days}
        )
        return support.add_offer(work, wanted).key


def titles(office: Office, number: str) -> list[str]:
    with office.look("coop") as work:
        outcome = describe_outcome(work, office.application(work, number), "es")
        assert outcome is not None
        return [row.title for row in outcome.support]


def test_a_plan_shows_what_fits_it_the_soonest_first(office: Office) -> None:
    number = office.reach("granted")
    add(office, "Asesoría de todo el año", "technical_assistance")
    add(office, "Curso de octubre", first_day=TODAY + timedelta(days=60))
    add(office, "Curso de esta semana", first_day=TODAY, last_day=TODAY + timedelta(days=3))
    assert titles(office, number) == ["Curso de esta semana", "Curso de octubre", "Asesoría de todo el año"]
    office.pass_days(4)
    assert titles(office, number) == ["Curso de octubre", "Asesoría de todo el año"]


def test_what_was_taken_out_is_shown_no_more_and_ends_once(office: Office) -> None:
    number = office.reach("granted")
    key = add(office, "Curso")
    with office.work("coord") as work:
        support.end_offer(work, key)
    assert titles(office, number) == []
    with pytest.raises(NotFound) as again, office.work("coord") as work:
        support.end_offer(work, key)
    assert again.value.code == "support_unknown"


def test_an_unknown_line_and_days_that_run_backwards_are_named_together(office: Office) -> None:
    with pytest.raises(InputInvalid) as refused:
        add(office, "Curso", "magic", first_day=TODAY, last_day=TODAY - timedelta(days=1))
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [
        ("line", "support_line_unknown"),
        ("last_day", "date_too_early"),
    ]


def test_only_the_office_enters_them(office: Office) -> None:
    with pytest.raises(NotAllowed), office.work("coop") as work:
        support.list_offers(work)

"""Pieces of work: what was denied is recorded, a look as well as a change, and asking again does not fill the journal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mcc.actions.check import check_installation
from mcc.actions.permissions import require
from mcc.clock import FixedClock
from mcc.db.tables import Event
from mcc.errors import NotAllowed
from tests.mcc.web.conftest import Visit, visit
from tests.office import START, Office

__all__ = ["visit"]


def _look_in_vain(office: Office, username: str, number: str, action: str = "view_scores") -> None:
    with pytest.raises(NotAllowed), office.look(username) as work:
        require(work, action, office.application(work, number))


def _denials(office: Office) -> list[tuple[str, str, str]]:
    with office.installation.look() as work:
        events = work.session.exec(select(Event).where(Event.action == "denied").order_by(col(Event.seq)))
        return [(event.subject, event.role, event.facts["attempted"]) for event in events]


def test_a_denied_look_is_recorded_once_an_hour(office: Office) -> None:
    number = office.submit()
    for _ in range(3):
        _look_in_vain(office, "otra", number)
    assert _denials(office) == [("application:1", "applicant", "view_scores")]
    office.installation = replace(office.installation, clock=FixedClock(START + timedelta(minutes=61)))
    _look_in_vain(office, "otra", number)
    assert len(_denials(office)) == 2


def test_each_person_and_each_action_is_recorded(office: Office) -> None:
    number = office.submit()
    _look_in_vain(office, "otra", number)
    _look_in_vain(office, "eval.1", number)
    _look_in_vain(office, "otra", number, "view_application")
    assert _denials(office) == [
        ("application:1", "applicant", "view_scores"),
        ("application:1", "evaluator", "view_scores"),
        ("application:1", "applicant", "view_application"),
    ]


def test_a_denied_page_is_in_the_journal(office: Office, visit: Visit) -> None:
    assert visit("coop").get("/administracion/personas").status_code == 403
    assert _denials(office) == [("-", "applicant", "view_people")]
    with office.look("audita") as work:
        assert check_installation(work) == []

"""Dates as a list and as a calendar (RFC 5545): those of one file, and for the office everything that falls due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from textwrap import shorten

from icalendar import Calendar, Event

from mcc.actions.cases import find_case_due, list_open
from mcc.actions.motion import find_open as find_motion
from mcc.actions.motion import is_heard
from mcc.actions.permissions import require
from mcc.actions.surveil import find_open
from mcc.actions.suspend import last_day_of_suspension
from mcc.actions.terms import find_due, find_running
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.amend import open_amendment
from mcc.db.queries.apply import list_applications
from mcc.db.queries.certify import FINAL, certificate_of
from mcc.db.queries.improve import follow_ups_of
from mcc.db.queries.visit import plan_of
from mcc.db.tables import Application, Certificate
from mcc.phrases import say

VISIT_LASTS = timedelta(hours=3)
AHEAD = timedelta(days=120)
"""How far the office looks."""


@dataclass(frozen=True)
class Appointment:
    code: str
    start: date | datetime
    end: date | datetime
    place: str = ""


@dataclass(frozen=True)
class Due:
    """One thing of the office's list: what it is (a code), on which day, and where to go for it."""

    day: date
    code: str
    number: str
    name: str
    address: str


def list_due(work: Work) -> list[Due]:
    """What falls due in the files that the actor may see, and what is late already; the soonest first."""
    require(work, "view_calendar")
    until = work.today + AHEAD
    found = [
        Due(
            day, code, application.number or "", organisation.name, f"/solicitudes/{application.number}{page}"
        )
        for application, organisation in list_applications(work.session, visible_applications(work))
        if application.number is not None
        for code, day, page in _list_dates(work, application)
        if day <= until
    ]
    found += [
        Due(due, f"case_{case.kind}", case.receipt, shorten(case.words, 60), f"/casos/{case.receipt}")
        for case in list_open(work)
        if (due := find_case_due(case)) is not None
    ]
    return sorted(found, key=lambda row: (row.day, row.number, row.code))


def _list_dates(work: Work, application: Application) -> Iterator[tuple[str, date, str]]:
    """Code, day, and the page below the address of the file."""
    due = find_running(work, application)
    if due is not None:
        yield f"state_{application.state}", due, ""
    plan = plan_of(work.session, application.key)
    if plan is not None and application.state in {"admitted", "in_evaluation"}:
        yield "visit", local_day(plan.at), "/visita"
    change = open_amendment(work.session, application.key)
    if change is not None:
        yield "change", change.due_on, "/cambio"
    for visit in follow_ups_of(work.session, application.key):
        if visit.next_on is not None and visit.next_on >= work.today:
            yield "follow_up", visit.next_on, "/plan"
    certificate = certificate_of(work.session, application.key)
    if certificate is not None and certificate.state not in FINAL:
        yield from _list_certificate_dates(work, certificate)


def _list_certificate_dates(work: Work, certificate: Certificate) -> Iterator[tuple[str, date, str]]:
    yield "certificate", certificate.last_day, ""
    looked_at = find_open(work, certificate)
    if looked_at is not None:
        yield "surveillance", looked_at.due_on, "/vigilancia"
    if certificate.provisional_until is not None:
        yield "ratification", certificate.provisional_until, ""
    elif certificate.state == "suspended":
        yield "suspension", last_day_of_suspension(certificate), ""
    motion = find_motion(work, certificate)
    if motion is not None and motion.hearing_until is not None and not is_heard(work, motion):
        yield "hearing", motion.hearing_until, "/medida"


def write_due(work: Work, language: str) -> bytes:
    """The same as a calendar, to subscribe to or to read in."""
    calendar = _open_calendar()
    for row in list_due(work):
        summary = f"{say(f'due.{row.code}', language)}: {row.number} {row.name}".strip()
        appointment = _whole_day(row.code, row.day)
        calendar.add_component(_write(work, row.number, appointment, summary, row.address))
    return bytes(calendar.to_ical())


def _open_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Marca Cooperativa Canaria//MCC//ES")
    calendar.add("version", "2.0")
    return calendar


def write_calendar(work: Work, application: Application, language: str) -> bytes:
    """Every date that lies ahead. Each keeps its name in the calendar, so that reading it again moves it."""
    require(work, "view_application", application)
    calendar = _open_calendar()
    number = application.number or str(application.id)
    for appointment in list_appointments(work, application):
        summary = say(f"calendar.{appointment.code}", language, number=number)
        calendar.add_component(_write(work, number, appointment, summary, f"/solicitudes/{number}"))
    return bytes(calendar.to_ical())


def list_appointments(work: Work, application: Application) -> Iterator[Appointment]:
    plan = plan_of(work.session, application.key)
    if plan is not None:
        yield Appointment("visit", plan.at, plan.at + VISIT_LASTS, plan.place)
    due = find_due(work, application)
    if due is not None:
        yield _whole_day("term", due)
    certificate = certificate_of(work.session, application.key)
    if certificate is not None:
        yield _whole_day("certificate", certificate.valid_until)


def _whole_day(code: str, day: date) -> Appointment:
    return Appointment(code, day, day + timedelta(days=1))


def _write(work: Work, number: str, appointment: Appointment, summary: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"{number}-{appointment.code}@marca-cooperativa-canaria")
    event.add("dtstamp", work.now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("summary", summary)
    event.add("url", f"{work.settings.public_url}{address}")
    if appointment.place:
        event.add("location", appointment.place)
    return event

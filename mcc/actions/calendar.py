"""The dates of a file as a calendar (RFC 5545): visit, the end of a term, the end of a certificate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from mcc.actions.permissions import require
from mcc.actions.terms import find_due
from mcc.actions.work import Work
from mcc.db.queries.certify import certificate_of
from mcc.db.queries.visit import plan_of
from mcc.db.tables import Application
from mcc.phrases import say

VISIT_LASTS = timedelta(hours=3)


@dataclass(frozen=True)
class Appointment:
    code: str
    start: date | datetime
    end: date | datetime
    place: str = ""


def write_calendar(work: Work, application: Application, language: str) -> bytes:
    """Every date that lies ahead. Each keeps its name in the calendar, so that reading it again moves it."""
    require(work, "view_application", application)
    calendar = Calendar()
    calendar.add("prodid", "-//Marca Cooperativa Canaria//MCC//ES")
    calendar.add("version", "2.0")
    for appointment in list_appointments(work, application):
        calendar.add_component(_write(work, application, appointment, language))
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


def _write(work: Work, application: Application, appointment: Appointment, language: str) -> Event:
    number = application.number or str(application.id)
    event = Event()
    event.add("uid", f"{number}-{appointment.code}@marca-cooperativa-canaria")
    event.add("dtstamp", work.now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("summary", say(f"calendar.{appointment.code}", language, number=number))
    event.add("url", f"{work.settings.public_url}/solicitudes/{number}")
    if appointment.place:
        event.add("location", appointment.place)
    return event

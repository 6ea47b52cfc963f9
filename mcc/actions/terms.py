"""Until when: the term that runs for an application."""

from datetime import date

from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.apply import requests_of
from mcc.db.tables import Application
from workflows import due_on, load_workflow


def find_running(work: Work, application: Application) -> date | None:
    """The same, but only where somebody holds the file: the term to reopen an archived one is nobody's debt."""
    held = load_workflow("application").states[application.state].holder is not None
    return find_due(work, application) if held else None


def find_due(work: Work, application: Application) -> date | None:
    """The last day of the term of whoever holds the application; None where none runs."""
    if application.state == "info_requested":
        return requests_of(work.session, application.key)[-1].due_on
    since = local_day(application.state_since)
    return due_on(load_workflow("application"), application.state, since)

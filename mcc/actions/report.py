"""The papers that go with a decision: the private report with its plan, and the letter when there is no certificate."""

from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.tables import Application
from mcc.errors import Refused

REPORT_STATES = ("granted", "issued", "on_the_way", "denied", "lapsed")
LETTER_STATES = ("on_the_way", "denied", "inadmissible")


def build_report(work: Work, application: Application) -> bytes:
    """The report as PDF: profile, level by level, and the improvement plan. Raises Refused before the decision."""
    require(work, "view_report", application)
    if application.state not in REPORT_STATES:
        raise Refused("evaluation_open", where="application", state=application.state)
    return b""


def build_letter(work: Work, application: Application) -> bytes:
    require(work, "view_report", application)
    if application.state not in LETTER_STATES:
        raise Refused("evaluation_open", where="application", state=application.state)
    return b""

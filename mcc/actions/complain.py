"""Complaints: about how the house worked, or about whoever holds the mark (ISO/IEC 17065, 7.13).

What is about the house is studied by the panel, not by those it is about; what is about a holder by the office, and where it
is right a surveillance may follow.
"""

from enum import StrEnum

from mcc.actions.filing import file_case
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.misuse import about, find_named, refuse_flood
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.tables import Case

KIND = "complaint"


class About(StrEnum):
    HOUSE = "house"
    HOLDER = "holder"


class ComplaintInput(Input):
    about: About
    words: Prose
    certificate: Line | None = None
    """Its number or public code, where it is about one."""
    contact: Line | None = None


def file_complaint(work: Work, given: ComplaintInput) -> Case:
    """Take a complaint from anybody; its receipt tells them later what became of it. Raises Unavailable."""
    role = require(work, "file_complaint")
    refuse_flood(work)
    certificate = find_named(work, given.certificate)
    return file_case(
        work,
        KIND,
        given.words,
        role=role,
        action="file_complaint",
        **about(certificate),
        contact=given.contact,
        filed_by=work.actor.account_id,
        act=given.about.value,
    )

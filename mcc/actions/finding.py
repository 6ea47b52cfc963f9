"""The thing that an address names, if the person may know of it."""

import re

from mcc.actions.follow import find_application, find_draft
from mcc.actions.numbering import read_number
from mcc.actions.permissions import can
from mcc.actions.work import Work
from mcc.db.queries.certify import certificate_by_number
from mcc.db.queries.evaluate import active_assignments
from mcc.db.tables import Application, Assignment, Certificate
from mcc.errors import NotFound

KEY = re.compile(r"[0-9]{1,15}")


def find_by_reference(work: Work, reference: str) -> Application:
    """An application by its number, or a draft by its key. Raises NotFound when the actor may not see it."""
    if KEY.fullmatch(reference):
        return find_draft(work, int(reference))
    return find_application(work, reference)


def find_assignment(work: Work, key: int) -> Assignment:
    """A seat of the actor's own; any other is NotFound, as if it did not exist."""
    assignment = work.session.get(Assignment, key)
    if assignment is None or not can(work, "view_sheet", assignment):
        raise NotFound("assignment_unknown", where="assignment", value=key)
    return assignment


def find_seat(work: Work, application: Application, dimension: str) -> Assignment:
    """The actor's own seat in a dimension of an application."""
    for seat in active_assignments(work.session, application.key, dimension):
        if seat.account_id == work.actor.account_id:
            return seat
    raise NotFound("assignment_unknown", where="dimension", value=dimension)


def find_certificate(work: Work, number: str) -> Certificate:
    certificate = certificate_by_number(work.session, read_number(number))
    if certificate is None:
        raise NotFound("certificate_unknown", where="number", value=number)
    return certificate

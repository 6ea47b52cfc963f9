"""Misuse of the mark that somebody reports, and what the office makes of it (ISO/IEC 17065, 4.1.3 and 7.13)."""

from datetime import date, timedelta

from mcc.actions.filing import file_case
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.numbering import read_number
from mcc.actions.permissions import require
from mcc.actions.uploads import Purified, Received, receive
from mcc.actions.work import Work
from mcc.db.queries.cases import count_filed_since
from mcc.db.queries.certify import published_by_code, published_by_number
from mcc.db.tables import Case, Certificate
from mcc.errors import InputInvalid, Problem, Unavailable

MOST_AN_HOUR = 30
"""Anybody may report, without a name: more than this many in an hour is a machine."""


class MisuseInput(Input):
    certificate: Line | None = None
    """Its public code or its number, when they stand on what was seen."""
    words: Prose
    place: Line
    seen_on: date
    contact: Line | None = None


def report_misuse(work: Work, given: MisuseInput, photo: Purified | None = None) -> Case:
    """Take a report from anybody; its receipt tells them later what became of it. Raises Unavailable, InputInvalid."""
    role = require(work, "report_misuse")
    refuse_flood(work)
    if given.seen_on > work.today:
        raise InputInvalid([Problem("seen_on", "date_in_future", {"value": given.seen_on.isoformat()})])
    certificate = find_named(work, given.certificate)
    picture = None if photo is None else _receive_picture(work, photo)
    return file_case(
        work,
        "misuse",
        given.words,
        role=role,
        action="file",
        **about(certificate),
        place=given.place,
        seen_on=given.seen_on,
        photo_digest=None if picture is None else picture.digest,
        photo_type=None if picture is None else picture.media_type,
        contact=given.contact,
    )


def _receive_picture(work: Work, photo: Purified) -> Received:
    if not photo.media_type.startswith("image/"):
        raise InputInvalid([Problem("file", "file_is_no_picture")])
    return receive(work, "photo", photo)


def about(certificate: Certificate | None) -> dict[str, int | None]:
    """The columns that say which certificate, and which file, a case is about."""
    if certificate is None:
        return {"application_id": None, "certificate_id": None}
    return {"application_id": certificate.application_id, "certificate_id": certificate.id}


def refuse_flood(work: Work) -> None:
    """Raises Unavailable when so many were filed that a machine must be at it."""
    if count_filed_since(work.session, work.now - timedelta(hours=1)) >= MOST_AN_HOUR:
        raise Unavailable("too_many_reports")


def find_named(work: Work, text: str | None) -> Certificate | None:
    """The certificate that a report names; a number that is none of ours is often what the report is about."""
    if text is None:
        return None
    found = published_by_code(work.session, text.lower()) or published_by_number(
        work.session, read_number(text)
    )
    return None if found is None else found[0]

"""The record of a visit: put together from what is known, signed by both sides, and as a paper."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from certificates import HandSignature, Record, Section, lay_out_records
from mcc.actions import journal
from mcc.actions.co_holders import name_holders
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.permissions import require
from mcc.actions.visit import find_visit
from mcc.actions.work import Role, Work
from mcc.dates import show_day, show_moment
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.visit import interviews_of, plan_of, signatures_of
from mcc.db.sealing import canonical_json
from mcc.db.tables import Account, Application, Visit, VisitSignature
from mcc.errors import NotAllowed, Refused
from mcc.phrases import say

LANGUAGE = "es"
"""Of papers: that of the administration."""
SIGNED_IN = ("in_evaluation", "in_review", "in_decision")
STROKES = r"^[ML0-9 .]*$"
"""A path of straight lines in absolute coordinates: nothing else of SVG."""


class Side(StrEnum):
    EVALUATORS = "evaluators"
    COLLECTIVE = "collective"


class SignatureInput(Input):
    side: Side
    name: Line
    words: Prose | None = None
    strokes: str | None = Field(default=None, max_length=20_000, pattern=STROKES)
    digest: str
    """Of the record that was on the screen."""


@dataclass(frozen=True)
class VisitRecord:
    """What both sides sign: facts only, no level, and no word of who said what."""

    number: str
    holder: str
    on: date
    place: str
    people: int
    visitors: tuple[str, ...]
    products: tuple[str, ...]
    site: str
    seen: tuple[str, ...]
    interviews: int
    outside_board: int

    @property
    def digest(self) -> str:
        content = {key: str(value) for key, value in asdict(self).items()}
        return hashlib.sha256(canonical_json(content)).hexdigest()


def compose_record(work: Work, application: Application) -> VisitRecord:
    """The record of the visit, put together from what is known by now."""
    visit = find_visit(work, application)
    taken = interviews_of(work.session, application.key)
    seen = [item for item in evidence_of(work.session, application.key) if item.seen_on is not None]
    return VisitRecord(
        number=application.number or "",
        holder=name_holders(work, application),
        on=visit.on,
        place=visit.place,
        people=visit.people,
        visitors=tuple(name_visitors(work, application, visit)),
        products=tuple(application.products),
        site=f"{application.site_address}, {application.site_municipality}",
        seen=tuple(f"{item.code} {item.title}" for item in seen),
        interviews=len(taken),
        outside_board=sum(row.outside_board for row in taken),
    )


def name_visitors(work: Work, application: Application, visit: Visit) -> list[str]:
    """Those whom the plan named, else whoever reported the visit."""
    plan = plan_of(work.session, application.key)
    keys = [visit.reported_by] if plan is None else plan.visitors
    return [person.name for key in keys if (person := work.session.get(Account, key)) is not None]


def sign_record(work: Work, application: Application, given: SignatureInput) -> VisitSignature:
    """Sign the record as it is on the screen: with a name, and drawn where the device can.

    Both sides sign on the device of whoever visits; the collective may also sign from an account of its own. Raises
    Refused when the record has changed since it was shown or this side has signed it already.
    """
    role = require(work, "sign_visit", application)
    if role == Role.APPLICANT and given.side != Side.COLLECTIVE:
        raise NotAllowed("role_not_allowed", action="sign_visit", subject=f"application:{application.id}")
    if application.state not in SIGNED_IN:
        raise Refused("visit_record_closed", where="application", state=application.state)
    visit, record = find_visit(work, application), compose_record(work, application)
    if given.digest != record.digest:
        raise Refused("record_changed", where="digest")
    if any(row.side == given.side for row in list_valid(work, visit, record)):
        raise Refused("already_signed", where="side")
    signature = VisitSignature(
        visit_id=visit.key,
        side=given.side.value,
        name=given.name,
        words=given.words or "",
        strokes=given.strokes,
        record_digest=record.digest,
        signed_at=work.now,
    )
    work.add(signature)
    subject = f"visit_signature:{signature.id}"
    journal.record(work, subject, "sign_visit", role=role, application=application, side=given.side.value)
    return signature


def list_valid(work: Work, visit: Visit, record: VisitRecord) -> list[VisitSignature]:
    """The signatures under the record as it is now; what was signed before it changed no longer counts."""
    return [row for row in signatures_of(work.session, visit.key) if row.record_digest == record.digest]


def build_record(work: Work, application: Application) -> bytes:
    """PDF. Raises NotFound before a visit was reported."""
    require(work, "view_visit", application)
    visit, record = find_visit(work, application), compose_record(work, application)
    title = say("visit_record.title", LANGUAGE)
    paper = Record(
        title=title,
        caption=f"{record.holder} · {record.number}",
        private=say("visit_record.private", LANGUAGE),
        sections=tuple(_tell(record)),
        signatures=tuple(_show(row) for row in list_valid(work, visit, record)),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )
    return lay_out_records(f"{title} {record.number}", [paper])


def _tell(record: VisitRecord) -> list[Section]:
    visitors = ", ".join(record.visitors)
    facts = {
        "on": show_day(record.on, LANGUAGE),
        "place": record.place,
        "visitors": visitors,
        "people": str(record.people),
        "site": record.site,
        "interviews": say(
            "visit_record.heard", LANGUAGE, count=record.interviews, outside=record.outside_board
        ),
    }
    named = tuple((say(f"visit_record.{name}", LANGUAGE), value) for name, value in facts.items())
    return [
        Section(heading=say("visit_record.visit", LANGUAGE), facts=named),
        Section(heading=say("visit_record.products", LANGUAGE), items=record.products),
        Section(
            heading=say("visit_record.seen", LANGUAGE),
            items=record.seen,
            paragraphs=() if record.seen else (say("visit_record.nothing_seen", LANGUAGE),),
        ),
    ]


def _show(row: VisitSignature) -> HandSignature:
    return HandSignature(
        side=say(f"visit_side.{row.side}", LANGUAGE),
        name=row.name,
        words=row.words,
        strokes=row.strokes,
        signed=show_moment(row.signed_at, LANGUAGE),
    )

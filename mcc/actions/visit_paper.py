"""The record of a visit as a paper, with whatever signatures it has."""

from certificates import HandSignature, Record, Section, lay_out_records
from mcc.actions.permissions import require
from mcc.actions.visit import VisitRecord, compose_record, find_visit, list_valid
from mcc.actions.work import Work
from mcc.dates import show_day, show_moment
from mcc.db.tables import Application, VisitSignature
from mcc.phrases import say

LANGUAGE = "es"
"""Of papers: that of the administration."""


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

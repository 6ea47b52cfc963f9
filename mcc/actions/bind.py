"""The whole file of an application as one PDF with an index, every leaf numbered: for a court, an auditor, an archive.

What can be shown on pages is bound in: the records, the papers that were handed in, the published certificates. What cannot
(a file of a word processor, one that is broken or locked) is named with its SHA-256, by which it is found in the store.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from certificates import Part, Record, Section, bind, count_pages, lay_out_picture, lay_out_records
from mcc.actions import journal
from mcc.actions.bind_sections import (
    LANGUAGE,
    tell_application,
    tell_certificates,
    tell_decision,
    tell_evaluation,
    tell_history,
    word,
    write,
)
from mcc.actions.co_holders import name_holders
from mcc.actions.files import sha256
from mcc.actions.permissions import require
from mcc.actions.report import LETTER_STATES, REPORT_STATES, build_letter, build_report
from mcc.actions.visit_record import build_record
from mcc.actions.work import Work
from mcc.dates import show_day
from mcc.db.queries.bind import evidence_ever
from mcc.db.queries.certify import certificates_of
from mcc.db.queries.visit import visits_of
from mcc.db.tables import Application, EvidenceItem
from mcc.errors import Refused

LONGEST_TEXT = 200_000
"""Characters of a text document that are bound in; what is longer is named and kept out."""

Teller = Callable[[Work, Application], Iterator[Section]]
RECORDS: tuple[tuple[str, Teller], ...] = (
    ("part_application", tell_application),
    ("part_evaluation", tell_evaluation),
    ("part_decision", tell_decision),
    ("part_certificates", tell_certificates),
    ("part_history", tell_history),
)


@dataclass(frozen=True)
class Bound:
    pdf: bytes
    leaves: int
    kept_out: tuple[str, ...]
    """Codes of documents that no page could show."""


def bind_file(work: Work, application: Application) -> Bound:
    """For the office and whoever audits; that it was made is written down. Raises Refused for a draft."""
    role = require(work, "bind_file", application)
    if application.number is None:
        raise Refused("nothing_to_bind", where="application")
    papers, kept_out = _gather_papers(work, application)
    parts = [*_lay_out_told(work, application), *papers]
    lengths = [count_pages(part.pdf) or 0 for part in parts]
    front = count_pages(_lay_out_front(work, application, parts, lengths, kept_out, front=2)) or 0
    cover = _lay_out_front(work, application, parts, lengths, kept_out, front=front)
    leaves = front + sum(lengths)
    title = word("title", number=application.number)
    pdf = bind([Part(title, cover), *parts], word("stamp"), title)
    subject = f"application:{application.id}"
    journal.record(
        work, subject, "bind_file", role=role, application=application, leaves=leaves, digest=sha256(pdf)
    )
    return Bound(pdf, leaves, tuple(item.code for item in kept_out))


def _lay_out_told(work: Work, application: Application) -> Iterator[Part]:
    for code, tell in RECORDS:
        sections = tuple(tell(work, application))
        if sections:
            title = word(code)
            yield Part(title, lay_out_records(title, [_frame(work, application, title, sections)]))


def _frame(work: Work, application: Application, title: str, sections: tuple[Section, ...]) -> Record:
    return Record(
        title=title,
        caption=f"{application.number} · {application.expediente or '-'}",
        private=word("private"),
        sections=sections,
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )


def _gather_papers(work: Work, application: Application) -> tuple[list[Part], list[EvidenceItem]]:
    """The papers of the house, of the collective and of the certificates; and the items that no page can show."""
    parts = [Part(title, pdf) for title, pdf in _list_house_papers(work, application)]
    kept_out = []
    for item in evidence_ever(work.session, application.key):
        if item.digest is None:
            continue
        page = show_on_pages(work, item)
        if page is None:
            kept_out.append(item)
        else:
            parts.append(Part(word("document", item=item.code, title=item.title), page))
    for row in certificates_of(work.session, [application.key]):
        content = work.files.certificate(row.number).read_bytes()
        parts.append(Part(word("certificate", number=row.number), content))
    return parts, kept_out


def _list_house_papers(work: Work, application: Application) -> Iterator[tuple[str, bytes]]:
    if visits_of(work.session, application.key):
        yield word("visit_record"), build_record(work, application)
    if application.state in REPORT_STATES:
        yield word("report"), build_report(work, application)
    if application.state in LETTER_STATES:
        yield word("letter"), build_letter(work, application)


def show_on_pages(work: Work, item: EvidenceItem) -> bytes | None:
    """The document as PDF; None for what has no pages, cannot be read, or is not what was stored."""
    assert item.digest is not None, "asked for stored items only"
    try:
        content = work.files.evidence(item.digest).read_bytes()
    except OSError:
        return None
    if sha256(content) != item.digest:
        return None
    if content.startswith(b"%PDF-"):
        return content if count_pages(content) is not None else None
    try:
        if (item.media_type or "").startswith("image/"):
            return lay_out_picture(content)
        text = content.decode("utf-8")
    except ValueError:
        return None
    return _lay_out_text(work, item, text) if is_plain(text) else None


def is_plain(text: str) -> bool:
    """Whether it can be read as it stands: no control character but those that end lines or indent them."""
    readable = all(letter.isprintable() or letter in "\n\r\t" for letter in text)
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and readable


def _lay_out_text(work: Work, item: EvidenceItem, text: str) -> bytes:
    record = Record(
        title=f"{item.code} {item.title}",
        caption=item.filename or "",
        sections=(Section(heading=word("as_it_came"), paragraphs=tuple(text.splitlines())),),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )
    return lay_out_records(record.title, [record])


def _lay_out_front(
    work: Work,
    application: Application,
    parts: list[Part],
    lengths: list[int],
    kept_out: list[EvidenceItem],
    *,
    front: int,
) -> bytes:
    """Cover and index; with `front` leaves before the first part, and so many in each part."""
    starts = accumulate(lengths, initial=front + 1)
    index = tuple(f"{word('leaf')} {start}: {part.title}" for part, start in zip(parts, starts, strict=False))
    facts = (
        (word("number"), application.number or ""),
        (word("expediente"), write(application.expediente)),
        (word("holders"), name_holders(work, application, LANGUAGE)),
        (word("made_on"), show_day(work.today, LANGUAGE)),
        (word("leaves"), str(front + sum(lengths))),
    )
    sections = [Section(heading=word("cover"), facts=facts), Section(heading=word("index"), items=index)]
    if kept_out:
        lines = tuple(f"{row.code} {row.title} ({row.filename}): SHA-256 {row.digest}" for row in kept_out)
        sections.append(Section(heading=word("kept_out"), paragraphs=(word("kept_out_why"),), items=lines))
    title = word("title", number=application.number)
    return lay_out_records(title, [_frame(work, application, title, tuple(sections))])

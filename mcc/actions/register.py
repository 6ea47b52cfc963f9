"""The public register: who holds the mark, for what and where, as it stands today. No person, no score."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from mcc.actions.catalogue import CategoryCode
from mcc.actions.inputs import Input, Line
from mcc.actions.municipalities import Municipality
from mcc.actions.verify import PublicStatus, describe_status
from mcc.actions.work import Work
from mcc.db.queries.certify import certificate_by_number
from mcc.db.queries.co_holders import co_holders_by_application, co_holders_of
from mcc.db.queries.register import Published, public_page_of, published_certificates
from mcc.db.tables import Organisation, PublicPage
from mcc.errors import NotFound


class Standing(StrEnum):
    """What is asked of the register: who may use the mark today comes first."""

    GOOD = "good"
    SUSPENDED = "suspended"
    ENDED = "ended"
    ALL = "all"


class RegisterFilter(Input):
    text: Line | None = None
    """Words of the name, the products or the number; accents and capitals do not matter."""
    municipality: Municipality | None = None
    category: CategoryCode | None = None
    rut: str | None = Field(default=None, pattern=r"^\d{12}$")
    standing: Standing = Standing.GOOD


@dataclass(frozen=True)
class Entry:
    """One certificate of the register."""

    status: PublicStatus
    holders: tuple[Organisation, ...]
    """Whoever applied first."""
    category: str | None

    @property
    def ruts(self) -> tuple[str, ...]:
        return tuple(holder.rut for holder in self.holders if holder.rut)


@dataclass(frozen=True)
class Collective:
    """What the public page of one collective shows: its certificates, and what it tells about itself."""

    organisation_id: int
    name: str
    municipality: str
    founded: date
    rut: str | None
    entries: tuple[Entry, ...]
    page: PublicPage | None


def list_entries(work: Work, wanted: RegisterFilter | None = None) -> list[Entry]:
    """The certificates that fit, the newest first."""
    asked = wanted or RegisterFilter(standing=Standing.ALL)
    entries = _describe(work, published_certificates(work.session))
    return [entry for entry in entries if fits(entry, asked)]


def _describe(work: Work, rows: Sequence[Published]) -> list[Entry]:
    others = co_holders_by_application(work.session)
    return [
        Entry(
            status=describe_status(work, certificate, issuance),
            holders=(organisation, *others.get(application.key, ())),
            category=application.category,
        )
        for certificate, issuance, application, organisation in rows
    ]


def list_holders(work: Work, number: str) -> tuple[Organisation, ...]:
    """Whoever holds a published certificate: the collective that applied, then the others."""
    certificate = certificate_by_number(work.session, number)
    assert certificate is not None, "its status was asked for"
    others = (row.organisation_id for row in co_holders_of(work.session, certificate.application_id))
    keys = [certificate.organisation_id, *(key for key in others if key is not None)]
    return tuple(work.session.get_one(Organisation, key) for key in keys)


def fits(entry: Entry, asked: RegisterFilter) -> bool:
    status = entry.status
    if asked.municipality is not None and status.municipality != asked.municipality:
        return False
    if asked.category is not None and entry.category != asked.category:
        return False
    if asked.rut is not None and asked.rut not in entry.ruts:
        return False
    searched = plain(" ".join([status.holder, *status.products, status.number]))
    every_word = all(word in searched for word in plain(asked.text or "").split())
    return every_word and _stands(status, asked.standing)


def _stands(status: PublicStatus, asked: Standing) -> bool:
    if asked == Standing.ALL:
        return True
    standing = (
        Standing.GOOD
        if status.good
        else Standing.SUSPENDED
        if status.state == "suspended"
        else Standing.ENDED
    )
    return standing == asked


def plain(text: str) -> str:
    """Without accents and capitals: how people search."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def count_by_municipality(entries: Sequence[Entry]) -> Counter[str]:
    return Counter(entry.status.municipality for entry in entries)


def describe_collective(work: Work, organisation_id: int) -> Collective:
    """A collective that holds or held the mark. Raises NotFound for any other: who applies is nobody's business."""
    rows = published_certificates(work.session, organisation_id)
    if not rows:
        raise NotFound("collective_unknown", where="organisation", value=organisation_id)
    organisation = work.session.get_one(Organisation, organisation_id)
    page = public_page_of(work.session, organisation_id)
    return Collective(
        organisation_id=organisation_id,
        name=organisation.name,
        municipality=organisation.municipality,
        founded=organisation.founded,
        rut=organisation.rut,
        entries=tuple(_describe(work, rows)),
        page=page if page is not None and page.published else None,
    )

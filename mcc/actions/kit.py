"""What a collective prints: its receipt, and while it may use the mark, stickers and the sheet for its stand."""

from certificates import (
    Kit,
    Receipt,
    Record,
    Section,
    lay_out_labels,
    lay_out_receipt,
    lay_out_records,
    lay_out_stand,
)
from mcc.actions.apply import receipt_of
from mcc.actions.co_holders import name_holders
from mcc.actions.permissions import require
from mcc.actions.report import LANGUAGE
from mcc.actions.verify import PublicStatus, status_by_number
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.dates import show_day
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.certify import certificate_of
from mcc.db.tables import Application
from mcc.errors import NotFound, Refused
from mcc.phrases import say

MANUAL = (
    # The parts of the manual of use, each with how many items it has in the catalogues.
    ("covers", 3),
    ("says", 3),
    ("place", 4),
    ("where", 3),
    ("never", 3),
    ("change", 3),
    ("end", 3),
)


def build_receipt(work: Work, application: Application) -> bytes:
    """The receipt as PDF. Raises NotFound before the application is handed in."""
    require(work, "draft_application", application)
    if application.number is None or application.submitted_at is None:
        raise NotFound("application_unknown", where="number")
    return lay_out_receipt(
        Receipt(
            holder=name_holders(work, application),
            receipt=receipt_of(application),
            submitted_on=local_day(application.submitted_at),
            products=tuple(application.products),
            site=f"{application.site_address}, {application.site_municipality}",
            documents=tuple(item.title for item in evidence_of(work.session, application.key)),
            follow_address=f"{work.settings.public_url}/seguimiento",
            office=work.settings.office_contact,
            demonstration=work.demonstration,
        )
    )


def find_usable(work: Work, application: Application) -> PublicStatus:
    """The certificate whose mark may be used today. Raises Refused when there is none: nothing is printed for it."""
    require(work, "use_kit", application)
    certificate = certificate_of(work.session, application.key)
    status = None if certificate is None else status_by_number(work, certificate.number)
    if status is None or not status.good:
        raise Refused("mark_not_usable", where="certificate")
    return status


def build_labels(work: Work, application: Application) -> bytes:
    return lay_out_labels(_fill(work, find_usable(work, application)))


def build_stand(work: Work, application: Application) -> bytes:
    return lay_out_stand(_fill(work, find_usable(work, application)))


def build_manual(work: Work, application: Application) -> bytes:
    """How the mark is used, what it is valid for, and what to do when something changes, as PDF to print or to hand on."""
    status = find_usable(work, application)
    facts = {
        "number": status.number,
        "until": show_day(status.valid_until, LANGUAGE),
        "products": ", ".join(status.products),
        "municipality": status.municipality,
        "holder": status.holder,
    }
    manual = Record(
        title=say("manual.title", LANGUAGE),
        caption=say("manual.caption", LANGUAGE, **facts),
        sections=tuple(
            Section(
                heading=say(f"manual.{part}.heading", LANGUAGE),
                items=tuple(
                    say(f"manual.{part}.item_{number}", LANGUAGE, **facts) for number in range(1, count + 1)
                ),
            )
            for part, count in MANUAL
        ),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )
    return lay_out_records(say("manual.title", LANGUAGE), [manual])


def _fill(work: Work, status: PublicStatus) -> Kit:
    return Kit(
        holder=status.holder,
        municipality=status.municipality,
        products=status.products,
        number=status.number,
        address=f"{work.settings.public_url}/v/{status.code}",
        demonstration=status.demonstration,
    )

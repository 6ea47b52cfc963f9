"""What a collective that holds the mark tells the public about itself, in its own words."""

from datetime import date

from pydantic import Field

from mcc.actions import journal
from mcc.actions.inputs import Input, Line, Prose
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.register import public_page_of
from mcc.db.tables import Organisation, PublicPage


class PageInput(Input):
    story: Prose | None = None
    offers: Prose | None = Field(default=None, max_length=1000)
    next_fair: Line | None = None
    next_fair_on: date | None = None
    contact: Line | None = None
    published: bool = False


def find_page(work: Work, organisation: Organisation) -> PublicPage | None:
    require(work, "publish_page", organisation)
    return public_page_of(work.session, organisation.key)


def publish_page(work: Work, organisation: Organisation, given: PageInput) -> PublicPage:
    """Keep what they wrote; strangers see it only where it is published and the collective is in the register."""
    role = require(work, "publish_page", organisation)
    page = public_page_of(work.session, organisation.key) or PublicPage(
        organisation_id=organisation.key, updated_by=work.actor.key, updated_at=work.now
    )
    page.story, page.offers = given.story or "", given.offers or ""
    page.next_fair, page.next_fair_on = given.next_fair or "", given.next_fair_on
    page.contact, page.published = given.contact or "", given.published
    page.updated_by, page.updated_at = work.actor.key, work.now
    work.add(page)
    journal.record(
        work, f"public_page:{page.id}", "publish_page", role=role, published="yes" if page.published else "no"
    )
    return page

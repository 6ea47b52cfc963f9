"""A collective's own place: what it says about itself, its papers, its applications, its public page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import apply, follow, publish
from mcc.actions.apply import CollectiveKind
from mcc.actions.editions import find_state
from mcc.actions.folder import Freshness, find_folder, list_papers
from mcc.actions.municipalities import municipalities
from mcc.actions.permissions import require
from mcc.db.queries.register import published_certificates
from mcc.db.tables import Organisation
from mcc.web.apply import read_organisation
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/colectivos")
def list_collectives(request: Request, work: Look) -> Response:
    """Whoever acts for one collective is led to it."""
    require(work, "register_organisation")
    mine = sorted(work.actor.organisations)
    if len(mine) == 1:
        return go_to(f"/colectivos/{mine[0]}")
    found = [work.session.get(Organisation, key) for key in mine]
    return render(request, "collectives.html", organisations=found)


@router.get("/colectivos/{organisation_id:key}")
def show_own_collective(request: Request, work: Look, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    papers = list_papers(work, organisation)
    applications = [row for row, owner in follow.list_visible(work) if owner.key == organisation_id]
    return render(
        request,
        "own_collective.html",
        organisation=organisation,
        papers=papers,
        worn=[paper for paper in papers if paper.freshness != Freshness.GOOD],
        applications=applications,
        certificates=follow.find_marks(work, applications),
        states={row.key: find_state(row) for row in applications},
        in_register=bool(published_certificates(work.session, organisation_id)),
    )


@router.get("/colectivos/{organisation_id:key}/datos")
def ask_revision(request: Request, work: Look, form: Blank, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    known = organisation.model_dump(include=set(apply.OrganisationInput.model_fields))
    known["legal_status"] = "yes" if organisation.legal_status else "no"
    return render(
        request,
        "organisation.html",
        form=form if form != BLANK else prefill(**known),
        organisation=organisation,
        kinds=[kind.value for kind in CollectiveKind],
        municipalities=municipalities(),
    )


@router.post("/colectivos/{organisation_id:key}/datos")
def revise_organisation(
    form: Annotated[Form, form_on(ask_revision)], work: Change, organisation_id: int
) -> Response:
    organisation = find_folder(work, organisation_id)
    apply.revise_organisation(work, organisation, read_organisation(form, work))
    return go_to(f"/colectivos/{organisation_id}")


@router.get("/colectivos/{organisation_id:key}/pagina")
def ask_page(request: Request, work: Look, form: Blank, organisation_id: int) -> Response:
    organisation = find_folder(work, organisation_id)
    page = publish.find_page(work, organisation)
    known = BLANK
    if page is not None:
        kept = page.model_dump(include=set(publish.PageInput.model_fields))
        known = prefill(**(kept | {"published": "yes" if page.published else None}))
    return render(
        request,
        "own_page.html",
        form=form if form != BLANK else known,
        organisation=organisation,
        in_register=bool(published_certificates(work.session, organisation_id)),
    )


@router.post("/colectivos/{organisation_id:key}/pagina")
def publish_page(form: Annotated[Form, form_on(ask_page)], work: Change, organisation_id: int) -> Response:
    publish.publish_page(work, find_folder(work, organisation_id), form.parse(publish.PageInput))
    return go_to(f"/colectivos/{organisation_id}")

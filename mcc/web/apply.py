"""The applicant's forms: the collective, the scope, the declaration, the answers, the way out."""

from contextlib import suppress
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import apply
from mcc.actions.apply import CollectiveKind
from mcc.actions.catalogue import catalogue
from mcc.actions.finding import find_by_reference
from mcc.actions.follow import list_visible
from mcc.actions.inputs import parse_input
from mcc.actions.municipalities import municipalities
from mcc.actions.permissions import can, require
from mcc.actions.prepare import list_documents
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of, requests_of
from mcc.db.tables import Organisation
from mcc.errors import InputInvalid, NotFound, Problem
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.moves import address_of, open_move
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/colectivos/nuevo")
def ask_organisation(request: Request, work: Look, form: Blank) -> Response:
    require(work, "register_organisation")
    kinds = [kind.value for kind in CollectiveKind]
    return render(request, "organisation.html", form=form, kinds=kinds, municipalities=municipalities())


@router.post("/colectivos/nuevo")
def register_organisation(form: Annotated[Form, form_on(ask_organisation)], work: Change) -> Response:
    organisation = apply.register_organisation(work, read_organisation(form, work))
    return go_to(f"/colectivos/{organisation.id}/solicitud")


def read_organisation(form: Form, work: Work) -> apply.OrganisationInput:
    """Raises InputInvalid with everything that is wrong, also what only the date of today tells."""
    try:
        return form.parse(apply.OrganisationInput)
    except InputInvalid as error:
        with suppress(ValueError):
            founded = date.fromisoformat(form.text("founded"))
            raise InputInvalid(
                [*error.problems, *apply.list_founding_problems(founded, work.today)]
            ) from error
        raise


@router.get("/colectivos/{organisation_id:key}/solicitud")
def ask_scope(request: Request, work: Look, form: Blank, organisation_id: int) -> Response:
    require(work, "draft_application")
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None or not can(work, "draft_application", organisation):
        raise NotFound("organisation_unknown", organisation=organisation_id)
    return show_scope(request, form if form != BLANK else offer_last_scope(work, organisation), organisation)


def offer_last_scope(work: Work, organisation: Organisation) -> Form:
    """What the collective wrote the last time, to start from."""
    mine = [row for row, owner in list_visible(work) if owner.id == organisation.id]
    last = max(mine, key=lambda row: row.key, default=None)
    return BLANK if last is None else prefill(**last.model_dump(include=set(apply.ScopeInput.model_fields)))


@router.post("/colectivos/{organisation_id:key}/solicitud")
def draft_application(
    form: Annotated[Form, form_on(ask_scope)], work: Change, organisation_id: int
) -> Response:
    application = apply.draft_application(work, organisation_id, _parse_scope(form))
    return go_to(address_of(application))


def show_scope(request: Request, form: Form, organisation: Organisation, *, reference: str = "") -> Response:
    return render(
        request,
        "scope.html",
        form=form,
        organisation=organisation,
        reference=reference,
        categories=catalogue().categories,
        municipalities=municipalities(),
    )


def _parse_scope(form: Form) -> apply.ScopeInput:
    """Raises InputInvalid also without a category: it says which documents are asked for."""
    given = form.parse(apply.ScopeInput, lines=["products"])
    if given.category is None:
        raise InputInvalid([Problem("category", "missing")])
    return given


@router.get("/solicitudes/{reference}/alcance")
def ask_new_scope(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "draft_application", application)
    apply.refuse_submitted(application, "revise_application")
    organisation = work.session.get_one(Organisation, application.organisation_id)
    known = prefill(**application.model_dump(include=set(apply.ScopeInput.model_fields)))
    return show_scope(request, form if form != BLANK else known, organisation, reference=reference)


@router.post("/solicitudes/{reference}/alcance")
def revise_application(
    form: Annotated[Form, form_on(ask_new_scope)], work: Change, reference: str
) -> Response:
    apply.revise_application(work, find_by_reference(work, reference), _parse_scope(form))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/presentar")
def ask_declaration(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "submit")
    return render(
        request,
        "submit.html",
        form=form,
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        category=catalogue().category(application.category),
        evidence=evidence_of(work.session, application.key),
        missing=[item for item in list_documents(work, application) if item.missing],
    )


@router.post("/solicitudes/{reference}/presentar")
def submit(form: Annotated[Form, form_on(ask_declaration)], work: Change, reference: str) -> Response:
    application = find_by_reference(work, reference)
    apply.submit(work, application, declaration=form.ticked("declaration"))
    return go_to(f"{address_of(application)}/recibo")


@router.get("/solicitudes/{reference}/recibo")
def show_receipt(request: Request, work: Look, reference: str) -> Response:
    """For those who act for the collective: whoever has the receipt can follow the application without signing in."""
    application = find_by_reference(work, reference)
    require(work, "draft_application", application)
    if application.number is None:
        raise NotFound("application_unknown", where="number", value=reference)
    return render(request, "receipt.html", application=application, receipt=apply.receipt_of(application))


@router.get("/solicitudes/{reference}/responder")
def ask_answers(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "answer_request")
    open_request = requests_of(work.session, application.key)[-1]
    return render(request, "answer.html", form=form, reference=reference, open_request=open_request)


@router.post("/solicitudes/{reference}/responder")
def answer_request(form: Annotated[Form, form_on(ask_answers)], work: Change, reference: str) -> Response:
    names = [name for name in form.typed if name.startswith("answers.")]
    given = parse_input(apply.AnswersInput, {"answers": [form.text(name) for name in names]})
    apply.answer_request(work, find_by_reference(work, reference), given)
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/desistir")
def ask_withdrawal(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = open_move(work, reference, "withdraw_application")
    return render(request, "withdraw.html", form=form, reference=reference, application=application)


@router.post("/solicitudes/{reference}/desistir")
def withdraw_application(
    form: Annotated[Form, form_on(ask_withdrawal)], work: Change, reference: str
) -> Response:
    application = find_by_reference(work, reference)
    apply.withdraw_application(work, application, reason=form.text("reason"))
    return go_to(f"/solicitudes/{reference}")

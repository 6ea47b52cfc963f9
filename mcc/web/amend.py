"""Changes of what a certificate says: reported by its holder, decided by the office or the committee."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import amend
from mcc.actions.amend import AnswerInput, ChangeInput, ChangeKind
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.motion import SCOPE, count_votes, find_open, is_for_the_committee
from mcc.actions.municipalities import municipalities
from mcc.actions.permissions import application_of, require
from mcc.actions.work import Work
from mcc.db.queries.amend import open_amendment
from mcc.db.tables import Certificate
from mcc.errors import InputInvalid, Problem, Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render
from mcc.web.suspend import find_issued

router = APIRouter(prefix="/solicitudes/{reference}")
FIELDS = (*SCOPE, "name")


@router.get("/avisar-cambio")
def ask_change(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """Filled in with what the certificate says: whoever reports writes over what is not so any more."""
    application = find_by_reference(work, reference)
    require(work, "report_change", application)
    amend.find_amendable(work, application)
    known = amend.read_present(work, application)
    known["products"] = "\n".join(known["products"])
    return render(
        request,
        "change.html",
        form=prefill(happened_on=work.today, **known) if form == BLANK else form,
        reference=reference,
        kinds=[item.value for item in ChangeKind],
        municipalities=municipalities(),
        today=work.today.isoformat(),
    )


@router.post("/avisar-cambio")
def report_change(form: Annotated[Form, form_on(ask_change)], work: Change, reference: str) -> Response:
    application = find_by_reference(work, reference)
    amend.report_change(work, application, read_change(work, form, find_issued(work, reference)))
    return go_to(f"/solicitudes/{reference}#cambios")


def read_change(work: Work, form: Form, certificate: Certificate) -> ChangeInput:
    """What was left as it stands is no part of the change."""
    application = application_of(work, certificate)
    present = amend.read_present(work, application)
    typed = {field: form.text(field).strip() for field in FIELDS}
    raw: dict[str, object] = {
        field: form.text(field) for field in ("kind", "happened_on", "words") if form.text(field).strip()
    }
    products = [line.strip() for line in typed.pop("products").splitlines() if line.strip()]
    if products != present["products"]:
        raw["products"] = products
    raw |= {field: value for field, value in typed.items() if value != present[field]}
    given = parse_input(ChangeInput, raw)
    if given.kind == ChangeKind.SITE:
        # The place is both: whoever moves within the municipality changes one of them.
        return given.model_copy(
            update={
                "site_address": given.site_address or application.site_address,
                "site_municipality": given.site_municipality or application.site_municipality,
            }
        )
    return given


@router.get("/cambio")
def ask_answer(request: Request, work: Look, form: Blank, reference: str) -> Response:
    certificate = find_issued(work, reference)
    require(work, "accept_change", certificate)
    row = open_amendment(work.session, certificate.application_id)
    if row is None:
        raise Refused("no_change", where="application")
    motion = find_open(work, certificate)
    return render(
        request,
        "change_decide.html",
        form=form,
        reference=reference,
        certificate=certificate,
        row=row,
        late=amend.is_late(row),
        by_office=not is_for_the_committee(row.kind, row.wanted),
        carried=None if motion is None else count_votes(work, motion).carried,
    )


@router.post("/cambio")
def answer_change(form: Annotated[Form, form_on(ask_answer)], work: Change, reference: str) -> Response:
    application = find_by_reference(work, reference)
    given = form.without("outcome").parse(AnswerInput)
    acts = {"accept": amend.accept_change, "refuse": amend.refuse_change}
    if form.text("outcome") not in acts:
        raise InputInvalid([Problem("outcome", "missing")])
    acts[form.text("outcome")](work, application, given)
    return go_to(f"/solicitudes/{reference}#cambios")

"""Appeals on the site: the notification that starts the term, the collective's appeal, and what the panel resolves."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import appeal
from mcc.actions.appeal import AppealInput, Means, NotificationInput, Outcome, OutcomeInput
from mcc.actions.cases import open_case
from mcc.actions.editions import pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.inputs import parse_input
from mcc.actions.permissions import require
from mcc.actions.settle import final_answers
from mcc.db.queries.appeal import last_notification
from mcc.db.tables import Application
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/solicitudes/{reference}/notificar")
def ask_notification(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "record_notification", application)
    if application.state not in appeal.ACTS:
        raise Refused("nothing_to_appeal", where="application", state=application.state)
    return render(
        request,
        "notification.html",
        form=prefill(told_on=work.today) if form == BLANK else form,
        reference=reference,
        means=[item.value for item in Means],
        last=last_notification(work.session, application.key, appeal.ACTS[application.state]),
    )


@router.post("/solicitudes/{reference}/notificar")
def record_notification(
    form: Annotated[Form, form_on(ask_notification)], work: Change, reference: str
) -> Response:
    appeal.record_notification(work, find_by_reference(work, reference), form.parse(NotificationInput))
    return go_to(f"/solicitudes/{reference}")


@router.get("/solicitudes/{reference}/apelar")
def ask_appeal(request: Request, work: Look, form: Blank, reference: str) -> Response:
    application = find_by_reference(work, reference)
    require(work, "file_appeal", application)
    appeal.refuse_appeal(work, application)
    until = appeal.find_last_day(work, application)
    return render(
        request, "appeal.html", form=form, reference=reference, application=application, until=until
    )


@router.post("/solicitudes/{reference}/apelar")
def file_appeal(form: Annotated[Form, form_on(ask_appeal)], work: Change, reference: str) -> Response:
    appeal.file_appeal(work, find_by_reference(work, reference), form.parse(AppealInput))
    return go_to(f"/solicitudes/{reference}#recursos")


@router.get("/casos/{receipt}/resolver")
def ask_outcome(request: Request, work: Look, form: Blank, receipt: str) -> Response:
    """The level of each indicator as it stands, and room for another one with its reason."""
    case = open_case(work, receipt)
    require(work, "resolve", case)
    if case.kind != appeal.KIND or case.state != "under_investigation" or case.application_id is None:
        raise Refused("not_from_this_state", where="case", action="resolve", state=case.state)
    application = work.session.get_one(Application, case.application_id)
    evaluated = application.edition is not None
    return render(
        request,
        "appeal_resolve.html",
        form=form,
        case=case,
        application=application,
        rubric=pinned_rubric(application) if evaluated else None,
        levels=final_answers(work, application).scores if evaluated else {},
        outcomes=[item.value for item in Outcome],
    )


@router.post("/casos/{receipt}/resolver")
def resolve_appeal(form: Annotated[Form, form_on(ask_outcome)], work: Change, receipt: str) -> Response:
    appeal.resolve_appeal(work, open_case(work, receipt), read_outcome(form))
    return go_to(f"/casos/{receipt}")


def read_outcome(form: Form) -> OutcomeInput:
    """Indicators of which nothing was chosen are left as they are."""
    corrected: dict[str, Mapping[str, Any]] = {
        name.removesuffix(".level"): {
            "level": form.text(name),
            "reason": form.text(f"{name.removesuffix('.level')}.reason"),
        }
        for name in form.typed
        if name.endswith(".level") and form.text(name)
    }
    raw = {name: form.text(name) for name in ("outcome", "words") if form.text(name).strip()}
    return parse_input(OutcomeInput, {**raw, "corrected": corrected})

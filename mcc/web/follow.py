"""Where a file stands: the page of one application, and the public status."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from mcc.actions import cases, follow, improve, renew
from mcc.actions.authorise import waits_for_actor
from mcc.actions.co_holders import list_waiting
from mcc.actions.editions import find_state, pinned_rubric
from mcc.actions.finding import find_by_reference
from mcc.actions.follow import Standing
from mcc.actions.missing import list_asked
from mcc.actions.permissions import can
from mcc.actions.prepare import list_tasks
from mcc.actions.report import Outcome, describe_outcome
from mcc.actions.suspend import last_day_of_suspension
from mcc.actions.verify import since_on
from mcc.actions.work import Work
from mcc.api.inputs import ReceiptInput
from mcc.db.queries.amend import amendments_of
from mcc.db.queries.apply import evidence_of, requests_of
from mcc.db.queries.cases import cases_of
from mcc.db.queries.certify import certificate_of
from mcc.db.queries.co_holders import holders_of, names_of_holders
from mcc.db.queries.decide import decision_of
from mcc.db.queries.evaluate import assignments_of_person, dimensions_of, not_applicable_of
from mcc.db.queries.renew import continuation_of
from mcc.db.queries.visit import visits_of
from mcc.db.tables import Account, Application, Certificate, Organisation
from mcc.web.asking import Change, Look, PublicLook
from mcc.web.forms import Blank, Form, form_on
from mcc.web.languages import language_of
from mcc.web.moves import list_certificate_offers, list_offers
from mcc.web.pages import go_to, render
from mcc.web.profile import draw_profile
from mcc.web.queue import describe_seat, name_task
from mcc.web.report import list_papers
from mcc.web.story import gather_days

router = APIRouter()


@router.get("/solicitudes/{reference}")
def show_application(request: Request, work: Look, reference: str) -> Response:
    """Where it stands, what the person may do, and everything that is in the file."""
    application = find_by_reference(work, reference)
    if application.state == "draft" and can(work, "draft_application", application):
        return show_tasks(request, work, application, reference)
    certificate = certificate_of(work.session, application.key)
    is_mine = application.organisation_id in work.actor.organisations
    holds = bool(holders_of(work.session, application) & work.actor.organisations)
    outcome = describe_outcome(work, application, language_of(request)) if holds else None
    return render(
        request,
        "application.html",
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        state=find_state(application),
        standing=follow.describe_standing(work, application),
        offers=list_offers(work, application),
        certificate=certificate,
        **describe_halt(work, certificate),
        **describe_chain(work, application),
        certificate_offers=list_certificate_offers(work, certificate),
        evidence=evidence_of(work.session, application.key),
        may_see_on_site=bool(can(work, "see_on_site", application)) and application.state == "in_evaluation",
        requests=requests_of(work.session, application.key),
        asked=list_asked(work, application) if application.state == "in_evaluation" else [],
        story=gather_days(follow.tell_story(work, application)),
        rubric=None if application.edition is None else pinned_rubric(application),
        dimensions=dimensions_of(work.session, application.key),
        seats=list_seats_of(work, application),
        supported=list_supported(application),
        left_out=list_undecided(work, application),
        visits=visits_of(work.session, application.key),
        decision=decision_of(work.session, application.key),
        is_mine=is_mine,
        to_sign=waits_for_actor(work, application),
        to_agree=list_waiting(work, application),
        co_holders=names_of_holders(work.session, application)[1:],
        entered_by=work.session.get(Account, application.entered_by) if application.entered_by else None,
        today=work.today,
        **describe_filed(work, application, holds=holds),
        papers=list_papers(work, application),
        **describe_result(outcome),
        **describe_beside(work, application, holds=holds),
    )


def describe_halt(work: Work, certificate: Certificate | None) -> dict[str, Any]:
    """Since when the certificate is what it is, and until when a suspended one can be put right."""
    if certificate is None:
        return {"since": None, "last_day": None}
    suspended = certificate.state == "suspended"
    return {
        "since": since_on(certificate, work.today),
        "last_day": min(last_day_of_suspension(certificate), certificate.last_day) if suspended else None,
    }


def describe_chain(work: Work, application: Application) -> dict[str, Any]:
    """The file that this one renews or tries again, and the one that goes on from it, for whoever may see them."""
    before = continuation_of(work.session, application.key)
    follows = None if before is None else work.session.get_one(Application, before.follows_id)
    running = renew.find_running(work, application)
    return {
        "follows": follows if follows and can(work, "view_application", follows) else None,
        "running": running if running and can(work, "view_application", running) else None,
    }


def describe_filed(work: Work, application: Application, *, holds: bool) -> dict[str, Any]:
    """Appeals and challenges, for whoever filed them, and changes that were reported."""
    filed = cases_of(work.session, application.key, "appeal", "challenge") if holds else []
    may_see = can(work, "view_changes", application)
    return {
        "appeals": [(row, cases.tell_outcome(work, row)) for row in filed],
        "changes": amendments_of(work.session, application.key) if may_see else [],
    }


def describe_beside(work: Work, application: Application, *, holds: bool) -> dict[str, Any]:
    """What goes along with a file: its plan (whoever holds it reads that on the page), the one before, a copy of all of it."""
    may_see = not holds and improve.has_plan(work, application) and can(work, "view_plan", application)
    return {
        "may_see_plan": bool(may_see and improve.list_steps(work, application)),
        "earlier": improve.list_earlier(work, application),
        "may_view_scores": bool(can(work, "view_scores", application)),
        "may_bind": application.number is not None and bool(can(work, "bind_file", application)),
    }


def describe_result(outcome: Outcome | None) -> dict[str, Any]:
    """Score, profile and plan, for those who hold the mark or asked for it."""
    if outcome is None:
        return {"profile": None, "total": None, "plan": (), "support": ()}
    return {
        "profile": draw_profile(outcome.rubric, outcome.assessment),
        "total": outcome.assessment.total,
        "plan": outcome.plan,
        "support": outcome.support,
    }


def show_tasks(request: Request, work: Work, application: Application, reference: str) -> Response:
    """A draft is a list of what is still to do."""
    return render(
        request,
        "tasks.html",
        reference=reference,
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        tasks=list_tasks(work, application),
        earlier=improve.list_earlier(work, application),
        at_counter=application.organisation_id not in work.actor.organisations,
    )


def list_supported(application: Application) -> dict[str, list[str]]:
    """Which indicators each kind of evidence can speak for, by the edition that the file is judged by."""
    found: dict[str, list[str]] = {}
    if application.edition is not None:
        for item in pinned_rubric(application).indicators.values():
            for kind in item.evidence:
                found.setdefault(kind, []).append(item.id)
    return found


def list_seats_of(work: Work, application: Application) -> list[dict[str, Any]]:
    """The person's own seats in this application, each with what it waits for."""
    return [
        {"seat": seat, "task": name_task(work, seat), **describe_seat(work, seat)}
        for seat in assignments_of_person(work.session, work.actor.key)
        if seat.application_id == application.id and can(work, "view_sheet", seat)
    ]


def list_undecided(work: Work, application: Application) -> list[Any]:
    """Requests to leave an indicator out that wait for the coordinator."""
    if not can(work, "decide_not_applicable", application):
        return []
    asked = not_applicable_of(work.session, application.key).values()
    return [row for row in asked if row.approved is None]


@router.get("/seguimiento")
def ask_receipt(request: Request, work: PublicLook, form: Blank) -> Response:  # noqa: ARG001 - every page with a form is shown again alike
    return render(request, "follow.html", form=form)


@router.post("/seguimiento")
def show_by_receipt(
    request: Request, form: Annotated[Form, form_on(ask_receipt)], work: PublicLook
) -> Response:
    """The status of an application for whoever holds its receipt: no name of a person, no sign-in."""
    given = form.parse(ReceiptInput)
    case = cases.find_by_receipt(work, given.receipt)
    if case is not None:
        return go_to(f"/uso-indebido/{case.receipt}")
    return show_status(request, work, *follow.status_by_receipt(work, given.receipt))


@router.get("/seguimiento/{word}")
def show_by_link(request: Request, work: PublicLook, word: str) -> Response:
    """The same for whoever has the link that the collective shares."""
    return show_status(request, work, *follow.status_by_link(work, word))


def show_status(request: Request, work: Work, application: Application, standing: Standing) -> Response:
    return render(
        request,
        "follow_status.html",
        application=application,
        organisation=work.session.get_one(Organisation, application.organisation_id),
        state=find_state(application),
        standing=standing,
        rubric=None if application.edition is None else pinned_rubric(application),
        as_of=work.now,
    )


@router.post("/solicitudes/{reference}/compartir")
def share_status(work: Change, reference: str) -> Response:
    follow.share_status(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}#compartir")


@router.post("/solicitudes/{reference}/dejar-de-compartir")
def stop_sharing(work: Change, reference: str) -> Response:
    follow.stop_sharing(work, find_by_reference(work, reference))
    return go_to(f"/solicitudes/{reference}#compartir")

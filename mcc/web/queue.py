"""The list of files: everything that a person may see, and first what waits for them."""

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from mcc.actions import cases, challenge, follow, motion
from mcc.actions.appeal import find_last_day
from mcc.actions.authorise import waits_for_actor
from mcc.actions.compare import find_dimension
from mcc.actions.editions import find_state, known_states, pinned_rubric
from mcc.actions.permissions import application_of, can
from mcc.actions.terms import find_running
from mcc.actions.vote import find_seat, waits_for_vote
from mcc.actions.work import Role, Work
from mcc.db.queries.certify import FINAL
from mcc.db.queries.evaluate import assignments_of_person
from mcc.db.tables import Application, Assignment, Certificate, Motion, Organisation
from mcc.web.asking import Look
from mcc.web.moves import may_renew
from mcc.web.pages import render

router = APIRouter()
FileRow = tuple[Application, Organisation]
NOT_GRANTED = ("inadmissible", "on_the_way", "denied")


@router.get("/solicitudes")
def list_applications(request: Request, work: Look, estado: str = "") -> Response:
    """Everything that the person may see; first what waits for them."""
    states = known_states()
    found = follow.list_visible(work)
    shown = [row for row in found if estado in {"", row[0].state}]
    certificates = follow.find_marks(work, [application for application, _ in found])
    dues = {application.key: find_running(work, application) for application, _ in found}
    voting = find_voting(work)
    counts: dict[str, int] = {}
    for application, _ in found:
        counts[application.state] = counts.get(application.state, 0) + 1
    return render(
        request,
        "applications.html",
        states=states,
        shown=shown,
        certificates=certificates,
        waiting=sort_by_term(
            [
                row
                for row in found
                if is_waiting_for(work, row[0])
                or is_to_be_hurried(work, row[0], dues)
                or is_to_be_told(work, row[0])
                or is_certificate_waiting(work, row[0], certificates.get(row[0].key), voting)
            ],
            dues,
        ),
        dues=dues,
        today=work.today,
        seats=list_open_seats(work),
        cases=cases.list_waiting(work),
        counts=counts,
        chosen=estado if estado in states else "",
        organisations=[work.session.get(Organisation, key) for key in sorted(work.actor.organisations)],
        may_apply=Role.APPLICANT in work.actor.roles,
        memoria=[work.today.year, work.today.year - 1] if can(work, "view_annual_report") else [],
        may_register=bool(can(work, "register_organisation")),
    )


def sort_by_term(rows: list[FileRow], dues: Mapping[int, date | None]) -> list[FileRow]:
    """The term that ends first comes first; what has none, last."""
    return sorted(rows, key=lambda row: dues[row[0].key] or date.max)


def is_certificate_waiting(
    work: Work, application: Application, mark: follow.Mark | None, voting: Container[int]
) -> bool:
    """Whether something has to be done about the certificate: by its holder, the review or the committee."""
    if mark is None or mark.state in FINAL:
        return False
    certificate = mark.certificate
    if application.organisation_id in work.actor.organisations:
        return mark.state == "suspended" or may_renew(work, certificate) or may_answer(work, certificate)
    to_be_rechecked = mark.state == "surveillance" and Role.REVIEWER in work.actor.roles
    if to_be_rechecked and can(work, "close_surveillance", certificate):
        return True
    return certificate.key in voting or is_to_be_ratified(work, certificate)


def may_answer(work: Work, certificate: Certificate) -> bool:
    """Whether the holder can still say something about what is put to the committee."""
    row = motion.find_open(work, certificate)
    return (
        row is not None and not motion.is_heard(work, row) and bool(can(work, "answer_motion", certificate))
    )


def find_voting(work: Work) -> set[int]:
    """Certificates about which the actor's institution has a motion to vote, or whose votes are complete."""
    if Role.COMMITTEE not in work.actor.roles:
        return set()
    return {
        certificate.key
        for row, certificate in motion.list_open(work)
        if waits_for_vote_on(work, row, certificate)
    }


def waits_for_vote_on(work: Work, row: Motion, certificate: Certificate) -> bool:
    if not motion.is_heard(work, row) or not can(work, "vote_motion", certificate):
        return False
    counted = motion.count_votes(work, row)
    return counted.carried is not None or find_seat(work).institution in counted.waiting


def is_to_be_ratified(work: Work, certificate: Certificate) -> bool:
    """Whether the office suspended it, and nothing was put to the committee yet."""
    provisional = certificate.state == "suspended" and certificate.provisional_until is not None
    return (
        provisional
        and Role.COMMITTEE in work.actor.roles
        and bool(can(work, "open_motion", certificate))
        and motion.find_open(work, certificate) is None
    )


def is_to_be_told(work: Work, application: Application) -> bool:
    """Whether nobody recorded yet that the collective was formally told: until then its term to appeal does not run."""
    adverse = application.state in NOT_GRANTED and Role.COORDINATOR in work.actor.roles
    return (
        adverse
        and find_last_day(work, application) is None
        and bool(can(work, "record_notification", application))
    )


def is_to_be_hurried(work: Work, application: Application, dues: Mapping[int, date | None]) -> bool:
    """Whether the term of somebody of the house is over: the office runs it all, and asks them."""
    due = dues[application.key]
    late = due is not None and due < work.today and find_state(application).holder != Role.APPLICANT
    return late and Role.COORDINATOR in work.actor.roles


def is_waiting_for(work: Work, application: Application) -> bool:
    """Whether one of the person's roles holds the file; evaluators have their seats instead."""
    holder = follow.find_holder(work, application)
    mine = application.organisation_id in work.actor.organisations
    if mine and challenge.is_waiting(work, application):
        return True
    if holder == Role.APPLICANT:
        return mine
    if holder == Role.SIGNATORY:
        return waits_for_actor(work, application)
    if holder == Role.COMMITTEE and Role.COMMITTEE in work.actor.roles:
        return waits_for_vote(work, application)
    return holder in work.actor.roles and holder != Role.EVALUATOR and not mine


def list_open_seats(work: Work) -> list[dict[str, Any]]:
    """The person's seats that wait for something: to be accepted, filled in, or talked over."""
    seats = assignments_of_person(work.session, work.actor.key)
    tasks = [(seat, name_task(work, seat)) for seat in seats if can(work, "view_sheet", seat)]
    return [{"seat": seat, "task": task, **describe_seat(work, seat)} for seat, task in tasks if task]


def name_task(work: Work, seat: Assignment) -> str | None:
    """What the seat waits for, by the name of its words; None when it waits for others."""
    application = application_of(work, seat)
    if application.state not in {"admitted", "in_evaluation"}:
        return None
    if seat.state in {"assigned", "in_progress", "awaiting_evidence"}:
        return seat.state
    state = find_dimension(work, application, seat.dimension).state
    return "consensus" if state == "consensus" and seat.seat != "third" else None


def describe_seat(work: Work, seat: Assignment) -> dict[str, Any]:
    application = application_of(work, seat)
    return {
        "application": application,
        "organisation": work.session.get_one(Organisation, application.organisation_id),
        "dimension": pinned_rubric(application).dimension(seat.dimension),
    }

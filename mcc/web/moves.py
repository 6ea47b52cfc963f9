"""Which forms a page offers: the moves of the workflow and the actions beside them, each with its address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from mcc.actions import amend, appeal, challenge, renew, staff
from mcc.actions.accept_rules import is_waiting_for_rules
from mcc.actions.assign import Seat, list_relievable
from mcc.actions.correct import may_correct
from mcc.actions.editions import workflow_of
from mcc.actions.evidence import is_open
from mcc.actions.finding import find_by_reference
from mcc.actions.follow import list_moves
from mcc.actions.hear import has_new_evidence, is_voted_adverse, may_go_on
from mcc.actions.motion import (
    Measure,
    find_carried,
    find_open,
    is_for_the_committee,
    is_heard,
    is_possible,
)
from mcc.actions.permissions import application_of, can, require
from mcc.actions.vote import RETURN, count_votes
from mcc.actions.work import Role, Work
from mcc.db.queries.amend import open_amendment
from mcc.db.queries.evaluate import active_assignments, dimensions_of
from mcc.db.tables import Application, Assignment, Certificate
from mcc.errors import Refused
from workflows import moves_from

Subject = TypeVar("Subject", Application, Certificate)

MOVE_PAGES = {
    # The address of a move's form, below the address of its application; several moves may share one.
    "submit": "presentar",
    "answer_request": "responder",
    "take_up": "tomar",
    "admit": "admitir",
    "request_information": "pedir",
    "refuse_admission": "no-admitir",
    "archive": "archivar",
    "reopen": "reabrir",
    "begin_evaluation": "comenzar",
    "open_hearing": "revision",
    "reevaluate_after_hearing": "revision",
    "require_correction": "pedir-correcciones",
    "finish_correction": "correcciones",
    "send_to_decision": "revision",
    "return_to_evaluation": "revision",
    "grant": "decision",
    "set_on_the_way": "decision",
    "deny": "decision",
    "return_to_review": "devolver",
    "withdraw_application": "desistir",
}
CERTIFICATE_MOVE_PAGES = {
    "accept_change": "cambio",
    "report_change": "avisar-cambio",
    "answer_motion": "medida/respuesta",
    "vote_motion": "medida/voto",
    "open_motion": "medida",
    "close_surveillance": "vigilancia",
    "open_surveillance": "abrir-vigilancia",
    "begin_renewal": "renovar",
    "suspend": "certificado/suspender",
    "ratify_suspension": "certificado/ratificar",
    "reinstate": "certificado/reponer",
    "withdraw": "certificado/retirar",
    "relinquish": "certificado/renunciar",
}
BESIDE = {
    # Actions that change no state: address, and the states in which the page offers them.
    "draft_application": ("alcance", ("draft", "info_requested")),
    "remind_applicant": ("recordar", ("info_requested",)),
    "assign_evaluator": ("evaluadores", ("admitted", "in_evaluation")),
    "plan_visit": ("visita", ("admitted", "in_evaluation")),
    "vote": ("voto", ("in_decision",)),
    "step_aside": ("excusarme", ("in_review", "in_decision")),
    "answer_hearing": ("vista", ("in_hearing",)),
    "file_appeal": ("apelar", tuple(appeal.ACTS)),
    "record_notification": ("notificar", tuple(appeal.ACTS)),
    "answer_visit": ("visita", ("admitted", "in_evaluation")),
}


@dataclass(frozen=True)
class Offer:
    """One thing that the person may do now: the end of its address, which is also its name in `words.html`."""

    page: str


def list_offers(work: Work, application: Application) -> list[Offer]:
    """What the actor may do now with an application: the way forward first, the way out last."""
    moves = [MOVE_PAGES[move] for move in list_moves(work, application) if move in MOVE_PAGES]
    beside = [
        page
        for action, (page, states) in BESIDE.items()
        if application.state in states and can(work, action, application)
    ]
    if "revision" in moves and not can_review_go_on(work, application):
        moves = [page for page in moves if page != "revision"]
    if "pedir-correcciones" in moves and not may_correct(work, application):
        moves.remove("pedir-correcciones")
    if application.state == "in_decision":
        moves = keep_voted(work, application, moves)
    if not has_vacant_seat(work, application):
        beside = [page for page in beside if page != "evaluadores"]
    if is_waiting_for_rules(work, application) and can(work, "accept_rules", application):
        moves.append("reglamento")
    if "apelar" in beside and is_refused(appeal.refuse_appeal, work, application):
        beside.remove("apelar")
    if list_relievable(work, application):
        beside.append("relevar")
    if may_add_evidence(work, application):
        beside.append("evidencia")
    beside += list_continuations(work, application)
    if application.state in staff.OPEN and can(work, "set_safeguard", application):
        beside += [] if staff.is_staffed(work, application) else ["salvaguarda"]
    pages = dict.fromkeys([*list_team_offers(work, application), *moves, *beside])
    return [Offer(page) for page in sorted(pages, key=lambda page: page == "desistir")]


def keep_voted(work: Work, application: Application, moves: list[str]) -> list[str]:
    """Of what the committee could do with a file, what its votes come to; nothing while they come to nothing."""
    voted = count_votes(work, application).award
    shown = None if voted is None else "devolver" if voted == RETURN else "decision"
    if is_voted_adverse(work, application):
        shown = "dar-vista"
    pages = ["dar-vista" if page == "revision" else page for page in moves]
    return [page for page in pages if page == shown or page not in {"devolver", "decision", "dar-vista"}]


def list_team_offers(work: Work, application: Application) -> list[str]:
    """What a collective may say about those who evaluate it."""
    found = []
    if challenge.is_waiting(work, application) and can(work, "accept_team", application):
        found.append("equipo")
    if can(work, "file_challenge", application) and challenge.list_challengeable(work, application):
        found.append("recusar")
    return found


def list_continuations(work: Work, application: Application) -> list[str]:
    """Ways to ask for the mark again, and the office's way to evaluate less of it."""
    found = []
    if application.state in renew.ENDED and can(work, "begin_another", application):
        found += [] if renew.find_running(work, application) else ["volver-a-pedir"]
    if application.state == "in_admissibility" and can(work, "shorten_evaluation", application):
        found += [] if renew.find_obstacle(work, application) else ["abreviar"]
    return found


def can_review_go_on(work: Work, application: Application) -> bool:
    """While a collective is heard, the review waits for its answer, or for something new to look at."""
    if application.state != "in_hearing":
        return True
    return may_go_on(work, application) or has_new_evidence(work, application)


def has_vacant_seat(work: Work, application: Application) -> bool:
    """Whether somebody is still to be seated; the third seat counts where a difference calls for it."""
    taken = {(row.dimension, row.seat) for row in active_assignments(work.session, application.key)}
    return any(
        (row.dimension, seat) not in taken
        for row in dimensions_of(work.session, application.key)
        for seat in seats_open(row.state)
    )


def seats_open(dimension_state: str) -> list[Seat]:
    return list(Seat) if dimension_state == "divergent" else [Seat.FIRST, Seat.SECOND]


def may_add_evidence(work: Work, application: Application) -> bool:
    role = can(work, "add_evidence", application).role
    return role is not None and is_open(work, application, role)


def list_certificate_offers(work: Work, certificate: Certificate | None) -> list[Offer]:
    if certificate is None:
        return []
    moves = keep_carried(work, certificate, list_moves(work, certificate))
    moves += list_motion_offers(work, certificate)
    moves += list_change_offers(work, certificate)
    if may_renew(work, certificate):
        moves.append("begin_renewal")
    return [Offer(page) for move, page in CERTIFICATE_MOVE_PAGES.items() if move in moves]


def may_renew(work: Work, certificate: Certificate) -> bool:
    allowed = bool(can(work, "begin_renewal", certificate))
    return allowed and not is_refused(renew.refuse_renewal, work, certificate)


def open_move(work: Work, reference: str, action: str) -> Application:
    """The application, when this form is open to the actor now.

    Raises NotFound, NotAllowed, or Refused when the application is in another state: somebody was faster, or
    it was a second click.
    """
    application = find_by_reference(work, reference)
    refuse_closed_move(application, action)
    require(work, action, application)
    return application


def refuse_closed_move(subject: Application | Assignment | Certificate, action: str) -> None:
    if all(move.action != action for move in moves_from(workflow_of(subject), subject.state)):
        raise Refused("not_from_this_state", where=subject.life, action=action, state=subject.state)


def address_of(application: Application) -> str:
    """Of the page of one application: by its number, or by its key while it is a draft."""
    return f"/solicitudes/{application.number or application.id}"


def keep_carried(work: Work, certificate: Certificate, moves: list[str]) -> list[str]:
    """Of the measures, what the committee voted; the office's own suspension needs no vote, for it is provisional."""
    kept = [move for move in moves if move not in set(Measure)]
    carried = find_carried(work, certificate)
    if carried is not None and can(work, carried.value, certificate):
        kept.append(carried.value)
    provisional = can(work, Measure.SUSPEND.value, certificate).role == Role.COORDINATOR
    if provisional and is_possible(work, certificate, Measure.SUSPEND):
        kept.append(Measure.SUSPEND.value)
    return kept


def list_motion_offers(work: Work, certificate: Certificate) -> list[str]:
    """To put something to the committee, to answer it, to vote it."""
    motion = find_open(work, certificate)
    if motion is None:
        possible = any(is_possible(work, certificate, measure) for measure in Measure)
        return ["open_motion"] if possible and can(work, "open_motion", certificate) else []
    heard = is_heard(work, motion)
    offers = {"answer_motion": not heard, "vote_motion": heard}
    return [action for action, open_now in offers.items() if open_now and can(work, action, certificate)]


def list_change_offers(work: Work, certificate: Certificate) -> list[str]:
    """To report a change; or to decide on one that is for the office."""
    application = application_of(work, certificate)
    change = open_amendment(work.session, application.key)
    if change is not None:
        own = not is_for_the_committee(change.kind, change.wanted) and can(work, "accept_change", certificate)
        return ["accept_change"] if own else []
    usable = application.state == "issued" and certificate.state in amend.IN_USE
    offered = usable and can(work, "report_change", application)
    return ["report_change"] if offered and not is_refused(amend.find_amendable, work, application) else []


def is_refused(ask: Callable[[Work, Subject], object], work: Work, subject: Subject) -> bool:
    """Whether something that could be offered would be refused."""
    try:
        ask(work, subject)
    except Refused:
        return True
    return False

"""What is put to the committee about a certificate: proposed, answered by its holder, voted."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import motion
from mcc.actions.hear import HeardInput
from mcc.actions.mandates import committee
from mcc.actions.motion import Measure, MotionInput, MotionVoteInput
from mcc.actions.permissions import can, require
from mcc.actions.work import Work
from mcc.db.queries.mandates import mandate_of
from mcc.db.tables import Certificate, Motion
from mcc.errors import Refused
from mcc.web.asking import Change, Look
from mcc.web.forms import Blank, Form, form_on
from mcc.web.pages import go_to, render
from mcc.web.suspend import MOVES, find_issued

router = APIRouter(prefix="/solicitudes/{reference}/medida")
PAGES = {action: f"certificado/{page}" for page, (action, _) in MOVES.items()} | {"accept_change": "cambio"}
"""Where each measure is carried out, below the address of the file."""


@router.get("")
def ask_motion(request: Request, work: Look, form: Blank, reference: str) -> Response:
    """A form while nothing is put to the committee; else what is, and how it stands."""
    certificate = find_issued(work, reference)
    open_now = motion.find_open(work, certificate)
    if open_now is not None:
        return show_motion(request, work, certificate, open_now, reference)
    require(work, "open_motion", certificate)
    possible = [item.value for item in Measure if motion.is_possible(work, certificate, item)]
    if not possible:
        raise Refused("motion_impossible", where="measure", state=certificate.state)
    return render(
        request,
        "motion_open.html",
        form=form,
        reference=reference,
        certificate=certificate,
        measures=possible,
    )


def show_motion(
    request: Request, work: Work, certificate: Certificate, row: Motion, reference: str
) -> Response:
    require(work, "view_motion", certificate)
    heard = motion.is_heard(work, row)
    carried = motion.count_votes(work, row).carried
    executes = carried and can(work, row.measure, certificate)
    return render(
        request,
        "motion.html",
        reference=reference,
        certificate=certificate,
        motion=row,
        heard=heard,
        counted=motion.show_count(work, certificate, row),
        institutions={item.code: item.label for item in committee().institutions},
        may_vote=heard and bool(can(work, "vote_motion", certificate)),
        carried_page=PAGES[row.measure] if executes else None,
        may_reject=carried is False and bool(can(work, "reject_motion", certificate)),
    )


@router.post("")
def open_motion(form: Annotated[Form, form_on(ask_motion)], work: Change, reference: str) -> Response:
    motion.open_motion(work, find_issued(work, reference), form.parse(MotionInput))
    return go_to(f"/solicitudes/{reference}/medida")


@router.get("/voto")
def ask_vote(request: Request, work: Look, form: Blank, reference: str) -> Response:
    certificate = find_issued(work, reference)
    require(work, "vote_motion", certificate)
    row = find_voted(work, certificate)
    mandate = mandate_of(work.session, work.actor.key, work.today)
    return render(
        request,
        "motion_vote.html",
        form=form,
        reference=reference,
        certificate=certificate,
        motion=row,
        heard=True,
        institution=None if mandate is None else committee().institution(mandate.institution),
    )


def find_voted(work: Work, certificate: Certificate) -> Motion:
    """The motion that can be voted now. Raises Refused."""
    row = motion.find_open(work, certificate)
    if row is None:
        raise Refused("no_motion", where="certificate")
    if not motion.is_heard(work, row):
        raise Refused("motion_unheard", where="motion", until=str(row.hearing_until))
    return row


@router.post("/voto")
def vote_motion(form: Annotated[Form, form_on(ask_vote)], work: Change, reference: str) -> Response:
    motion.vote_motion(work, find_issued(work, reference), form.parse(MotionVoteInput))
    return go_to(f"/solicitudes/{reference}/medida")


@router.get("/respuesta")
def ask_answer(request: Request, work: Look, form: Blank, reference: str) -> Response:
    certificate = find_issued(work, reference)
    require(work, "answer_motion", certificate)
    row = motion.find_open(work, certificate)
    if row is None or motion.is_heard(work, row):
        raise Refused("nothing_to_answer", where="motion")
    return render(request, "motion_answer.html", form=form, reference=reference, motion=row)


@router.post("/respuesta")
def answer_motion(form: Annotated[Form, form_on(ask_answer)], work: Change, reference: str) -> Response:
    motion.answer_motion(work, find_issued(work, reference), form.parse(HeardInput))
    return go_to(f"/solicitudes/{reference}")


@router.post("/rechazo")
def reject_motion(work: Change, reference: str) -> Response:
    motion.reject_motion(work, find_issued(work, reference))
    return go_to(f"/solicitudes/{reference}")

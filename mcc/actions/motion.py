"""What the committee does about a certificate, it votes: to suspend, ratify, reinstate or withdraw (ISO/IEC 17065, 7.6 and 7.11).

The office or a member puts a motion; where it is adverse, the holder is heard before anybody votes. Once enough institutions
are in favour, a member carries it out (`suspend.py`); where they are not, a member records that it was rejected.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mcc.actions import journal
from mcc.actions.hear import HeardInput
from mcc.actions.impartiality import find_voice
from mcc.actions.inputs import Input, Prose
from mcc.actions.mandates import committee
from mcc.actions.permissions import application_of, can, require
from mcc.actions.vote import find_seat, is_majority, list_able
from mcc.actions.work import Role, Work
from mcc.db.queries.amend import open_amendment
from mcc.db.queries.mandates import mandate_of
from mcc.db.queries.motion import motions_of, motions_open, votes_on
from mcc.db.tables import Account, Certificate, Mandate, Motion, MotionVote
from mcc.errors import Refused
from workflows import load_workflow, moves_from

HEARING = timedelta(days=10)
"""As before any other adverse decision."""


class Measure(StrEnum):
    SUSPEND = "suspend"
    RATIFY = "ratify_suspension"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    ACCEPT_CHANGE = "accept_change"


FOR_THE_COMMITTEE = ("extension", "reduction", "process", "site")
"""Kinds of changes that touch what was evaluated."""
SCOPE = ("products", "process", "site_address", "site_municipality")
ADVERSE = {Measure.SUSPEND, Measure.RATIFY, Measure.WITHDRAW}


class Outcome(StrEnum):
    CARRIED = "carried"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    """What it was about had changed before it was voted."""


class MotionInput(Input):
    measure: Measure
    reason: Prose


class MotionVoteInput(Input):
    in_favour: bool
    reasons: Prose


@dataclass(frozen=True)
class Ballot:
    vote: MotionVote
    mandate: Mandate
    person: Account


@dataclass(frozen=True)
class Count:
    """How a motion stands."""

    ballots: tuple[Ballot, ...]
    waiting: tuple[str, ...]
    """Institutions that have not voted and for which somebody could."""
    carried: bool | None
    """None while the quorum is missing."""


def find_open(work: Work, certificate: Certificate) -> Motion | None:
    """The one that can still be voted: what it asks for is possible in the certificate's present state."""
    rows = [row for row in motions_of(work.session, certificate.key) if row.outcome is None]
    return rows[-1] if rows and is_possible(work, certificate, Measure(rows[-1].measure)) else None


def is_possible(work: Work, certificate: Certificate, measure: Measure) -> bool:
    """In the state in which the certificate is; a change only where one was reported that is not for the office alone."""
    if measure == Measure.ACCEPT_CHANGE:
        change = open_amendment(work.session, certificate.application_id)
        in_use = certificate.state == "valid"
        return change is not None and in_use and is_for_the_committee(change.kind, change.wanted)
    if measure == Measure.RATIFY:
        return certificate.state == "suspended" and certificate.provisional_until is not None
    return measure.value in {
        row.action for row in moves_from(load_workflow("certificate"), certificate.state)
    }


def is_for_the_committee(kind: str, fields: Container[str]) -> bool:
    """Whether a change touches what was evaluated: by its kind, or as a correction of more than a name."""
    return kind in FOR_THE_COMMITTEE or (kind == "correction" and any(field in fields for field in SCOPE))


def list_open(work: Work) -> list[tuple[Motion, Certificate]]:
    """What the actor may vote or see, the oldest first."""
    require(work, "view_agenda")
    return [
        (motion, certificate)
        for motion, certificate in motions_open(work.session)
        if is_possible(work, certificate, Measure(motion.measure)) and can(work, "view_motion", certificate)
    ]


def open_motion(work: Work, certificate: Certificate, given: MotionInput) -> Motion:
    """Put it to the committee; an adverse one is told to the holder, who has ten days to answer.

    Raises Refused where the measure is not possible now, or another motion about the certificate is open.
    """
    role = require(work, "open_motion", certificate)
    if not is_possible(work, certificate, given.measure):
        raise Refused("motion_impossible", where="measure", state=certificate.state)
    if find_open(work, certificate) is not None:
        raise Refused("motion_is_open", where="certificate")
    for row in motions_of(work.session, certificate.key):
        if row.outcome is None:
            _close(work, row, Outcome.LAPSED, role)
    adverse = given.measure in ADVERSE
    motion = Motion(
        certificate_id=certificate.key,
        application_id=certificate.application_id,
        measure=given.measure.value,
        reason=given.reason,
        opened_by=work.actor.key,
        opened_at=work.now,
        hearing_until=work.today + HEARING if adverse else None,
    )
    work.add(motion)
    due = {"due": str(motion.hearing_until)} if adverse else {}
    _record(
        work, motion, "open_adverse_motion" if adverse else "open_motion", role, words=given.reason, **due
    )
    return motion


def answer_motion(work: Work, certificate: Certificate, given: HeardInput) -> None:
    """The holder's answer, once, while its days run. Raises Refused otherwise."""
    role = require(work, "answer_motion", certificate)
    motion = _find(work, certificate)
    if motion.hearing_until is None or motion.answered_at is not None:
        raise Refused("nothing_to_answer", where="motion")
    if motion.hearing_until < work.today:
        raise Refused("answer_too_late", where="motion", due=str(motion.hearing_until))
    motion.answer, motion.answered_by, motion.answered_at = given.answer, work.actor.key, work.now
    work.session.add(motion)
    _record(work, motion, "answer_motion", role)


def is_heard(work: Work, motion: Motion) -> bool:
    """Whether its holder answered, let its days pass, or has nothing to fear from it."""
    until = motion.hearing_until
    return until is None or motion.answered_at is not None or until < work.today


def vote_motion(work: Work, certificate: Certificate, given: MotionVoteInput) -> MotionVote:
    """The vote of the actor's institution; it may be changed until the motion is closed.

    Raises Refused while the holder is heard, and where somebody else has voted for the institution.
    """
    role = require(work, "vote_motion", certificate)
    motion, mandate = _find(work, certificate), find_seat(work)
    if not is_heard(work, motion):
        raise Refused("motion_unheard", where="motion", until=str(motion.hearing_until))
    row = _find_vote(work, certificate, motion, mandate)
    row.account_id, row.mandate_id = work.actor.key, mandate.key
    row.in_favour, row.reasons, row.cast_at = given.in_favour, given.reasons, work.now
    work.add(row)
    _record(work, motion, "vote_motion", role, institution=mandate.institution)
    return row


def _find_vote(work: Work, certificate: Certificate, motion: Motion, mandate: Mandate) -> MotionVote:
    """The institution's row: a new one, the actor's own, or one of somebody whose vote counts no more."""
    cast = [Ballot(*row) for row in votes_on(work.session, motion.key)]
    application = application_of(work, certificate)
    for ballot in cast:
        own = ballot.person.key == work.actor.account_id
        if own and ballot.vote.institution != mandate.institution:
            raise Refused("voted_for_another", where="institution")
        if ballot.vote.institution != mandate.institution:
            continue
        if not own and find_voice(work, application, ballot.person.key) is None:
            raise Refused("institution_voted", where="institution", name=ballot.person.name)
        return ballot.vote
    return MotionVote(
        motion_id=motion.key,
        institution=mandate.institution,
        account_id=work.actor.key,
        mandate_id=mandate.key,
        in_favour=False,
        reasons="",
        cast_at=work.now,
    )


def count_votes(work: Work, motion: Motion) -> Count:
    """The votes that count now. One of somebody who stepped aside, or became partial, after voting does not."""
    application = application_of(work, work.session.get_one(Certificate, motion.certificate_id))
    cast = [Ballot(*row) for row in votes_on(work.session, motion.key)]
    ballots = tuple(row for row in cast if find_voice(work, application, row.person.key) is None)
    voted = {row.vote.institution for row in ballots}
    able = list_able(work, application)
    rules = committee()
    votes = {row.vote.institution: row.vote.in_favour for row in ballots}
    return Count(
        ballots=ballots,
        waiting=tuple(row.code for row in rules.institutions if row.code in able - voted),
        carried=find_outcome(votes, rules.casting, rules.quorum),
    )


def find_outcome(votes: Mapping[str, bool], casting: str, quorum: int) -> bool | None:
    """Whether more than half are in favour, or half with the institution that settles ties; None below the quorum."""
    if len(votes) < quorum:
        return None
    return is_majority({institution for institution, favour in votes.items() if favour}, votes, casting)


def show_count(work: Work, certificate: Certificate, motion: Motion) -> Count | None:
    """The votes, for those who may see them: of the committee nothing before its own is cast."""
    role = can(work, "view_motion", certificate).role
    counted = count_votes(work, motion)
    if role == Role.COMMITTEE:
        mandate = mandate_of(work.session, work.actor.account_id, work.today)
        spoken = {row.vote.institution for row in counted.ballots}
        return counted if mandate is not None and mandate.institution in spoken else None
    return counted if role == Role.AUDITOR else None


def find_carried(work: Work, certificate: Certificate) -> Measure | None:
    """What the committee voted for; only that may a member do."""
    motion = find_open(work, certificate)
    carried = motion is not None and count_votes(work, motion).carried
    return Measure(motion.measure) if motion is not None and carried else None


def close_carried(work: Work, certificate: Certificate, role: Role) -> None:
    """What was voted is done."""
    _close(work, _find(work, certificate), Outcome.CARRIED, role)


def reject_motion(work: Work, certificate: Certificate) -> None:
    """Record that the committee did not want it. Raises Refused unless the votes come to that."""
    role = require(work, "reject_motion", certificate)
    reject_open(work, certificate, Measure(_find(work, certificate).measure), role)


def reject_open(work: Work, certificate: Certificate, measure: Measure, role: Role) -> None:
    """Close what was voted against, for the action that says so. Raises Refused unless the votes come to that."""
    motion = find_open(work, certificate)
    if motion is None or motion.measure != measure or count_votes(work, motion).carried is not False:
        raise Refused("motion_not_rejected", where="motion")
    _close(work, motion, Outcome.REJECTED, role)


def _close(work: Work, motion: Motion, outcome: Outcome, role: Role) -> None:
    motion.outcome, motion.closed_at = outcome.value, work.now
    motion.votes = [
        {
            "institution": row.vote.institution,
            "in_favour": row.vote.in_favour,
            "account": row.person.key,
            "substitute": row.mandate.substitute,
        }
        for row in count_votes(work, motion).ballots
    ]
    work.session.add(motion)
    _record(work, motion, "close_motion", role, outcome=outcome.value)


def _find(work: Work, certificate: Certificate) -> Motion:
    motion = find_open(work, certificate)
    if motion is None:
        raise Refused("no_motion", where="certificate")
    return motion


def _record(
    work: Work, motion: Motion, action: str, role: Role, *, words: str | None = None, **facts: str
) -> None:
    certificate = work.session.get_one(Certificate, motion.certificate_id)
    application = application_of(work, certificate)
    journal.record(
        work, f"motion:{motion.id}", action, role=role, application=application, words=words, **facts
    )

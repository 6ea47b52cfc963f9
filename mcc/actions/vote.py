"""Votes of the committee: each institution has one, and the committee can decide only what they add up to.

A vote is for an award, or to return the file to the review with questions, once.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from mcc.actions import journal
from mcc.actions.editions import pinned_rubric
from mcc.actions.impartiality import find_voice
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.mandates import committee
from mcc.actions.permissions import require
from mcc.actions.settle import compute_assessment
from mcc.actions.unseat import list_partial
from mcc.actions.work import Role, Work
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.mandates import mandate_of, mandates_on
from mcc.db.queries.vote import vote_of, votes_cast
from mcc.db.tables import Account, Application, Mandate, Recusal, Vote
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Rubric

RETURN = "return"
"""Stands where a vote has its award: back to the review, with the questions as its reasons."""


class VoteInput(Input):
    award: Code
    reasons: Prose
    cast: bool = True
    """Without it a draft is kept: it counts for nothing and nobody else sees it."""


class StepAsideInput(Input):
    reason: Prose = Field(max_length=500)


@dataclass(frozen=True)
class Ballot:
    vote: Vote
    mandate: Mandate
    person: Account


@dataclass(frozen=True)
class Count:
    """How the vote on one application stands."""

    ballots: tuple[Ballot, ...]
    waiting: tuple[str, ...]
    """Institutions that have not voted and for which somebody could."""
    absent: tuple[str, ...]
    """Institutions for which nobody can: no one is seated, or all of them stepped aside."""
    award: str | None
    """What the votes add up to; None while the quorum is missing."""

    @property
    def has_quorum(self) -> bool:
        return len(self.ballots) >= committee().quorum


def is_supported(rubric: Rubric, award: str, computed: str) -> bool:
    """Whether the award is the computed one or a lower one."""
    order = [item.code for item in rubric.awards]
    return order.index(award) >= order.index(computed)


def is_majority(supporters: Container[str], votes: Mapping[str, object], casting: str) -> bool:
    """Whether these are more than half of those that voted, or half of them with the one that settles ties."""
    support = sum(institution in supporters for institution in votes)
    settled = casting in votes and casting in supporters
    return 2 * support > len(votes) or (2 * support == len(votes) and settled)


def tally(order: Sequence[str], votes: Mapping[str, str], casting: str) -> str:
    """What the votes add up to: the highest award that more than half of them support.

    `order` goes from the highest award to the lowest; `votes` are awards by institution, at least one. A vote
    for an award supports every lower one too. At exactly half, the institution that settles ties decides; where it
    did not vote, the lower award stands.
    """
    rank = {award: place for place, award in enumerate(order)}
    for place, award in enumerate(order):
        supporters = {institution for institution, vote in votes.items() if rank[vote] <= place}
        if is_majority(supporters, votes, casting):
            return award
    raise AssertionError("the lowest award is supported by every vote")


def find_outcome(order: Sequence[str], votes: Mapping[str, str], casting: str, quorum: int) -> str | None:
    """What was voted: RETURN where more than half want it, or half with the casting vote; else an award of the rest.

    None as long as fewer than the quorum voted, or voted for an award.
    """
    if len(votes) < quorum:
        return None
    if is_majority({institution for institution, award in votes.items() if award == RETURN}, votes, casting):
        return RETURN
    awards = {institution: award for institution, award in votes.items() if award != RETURN}
    return tally(order, awards, casting) if len(awards) >= quorum else None


def list_able(work: Work, application: Application) -> set[str]:
    """Institutions for which somebody who is impartial could vote today."""
    return {
        mandate.institution
        for mandate, person in mandates_on(work.session, work.today)
        if find_voice(work, application, person.key) is None
    }


def count_votes(work: Work, application: Application) -> Count:
    """The votes that count now. One of somebody who stepped aside, or became partial, after voting does not."""
    cast = [Ballot(*row) for row in votes_cast(work.session, application.key)]
    ballots = tuple(row for row in cast if find_voice(work, application, row.person.key) is None)
    voted = {row.vote.institution for row in ballots}
    able = list_able(work, application)
    rules = committee()
    missing = [item.code for item in rules.institutions if item.code not in voted]
    rubric = pinned_rubric(application)
    votes = {row.vote.institution: row.vote.award for row in ballots}
    order = [item.code for item in rubric.awards]
    return Count(
        ballots=ballots,
        waiting=tuple(code for code in missing if code in able),
        absent=tuple(code for code in missing if code not in able),
        award=find_outcome(order, votes, rules.casting, rules.quorum),
    )


def show_count(work: Work, application: Application) -> Count | None:
    """What the actor may see of the votes: of the committee nothing before its own is cast, so that nobody is anchored."""
    role = require(work, "view_votes", application)
    counted = count_votes(work, application)
    if role == Role.COMMITTEE and application.state == "in_decision":
        spoken = {row.vote.institution for row in counted.ballots}
        return counted if find_seat(work).institution in spoken else None
    return counted


def find_own(work: Work, application: Application) -> Vote | None:
    return vote_of(work.session, application.key, work.actor.key)


def waits_for_vote(work: Work, application: Application) -> bool:
    """Whether the actor's institution has not voted on it yet, or its decision can be recorded."""
    counted = count_votes(work, application)
    mandate = mandate_of(work.session, work.actor.account_id, work.today)
    return counted.award is not None or (mandate is not None and mandate.institution in counted.waiting)


def vote(work: Work, application: Application, given: VoteInput) -> Vote:
    """Keep a draft, or cast the vote of the actor's institution; it may be changed until the decision is recorded.

    Raises Refused when the institution has voted through somebody else, the person for another institution, or the
    award is above the computed one; and for a draft once the vote is cast.
    """
    role = require(work, "vote", application)
    mandate = find_seat(work)
    _refuse_unsupported(work, application, given)
    _refuse_spoken(work, application, mandate)
    own = find_own(work, application)
    _refuse_recast(own, mandate, given)
    if (
        own is not None
        and own.cast_at is not None
        and (own.award, own.reasons) == (given.award, given.reasons)
    ):
        return own
    row = own or Vote(
        application_id=application.key,
        account_id=work.actor.key,
        mandate_id=mandate.key,
        institution=mandate.institution,
        award=given.award,
        reasons=given.reasons,
    )
    row.mandate_id, row.institution = mandate.key, mandate.institution
    row.award, row.reasons = given.award, given.reasons
    if given.cast:
        row.cast_at = work.now
    work.add(row)
    journal.record(
        work,
        f"vote:{row.id}",
        "cast_vote" if row.cast_at else "draft_vote",
        role=role,
        application=application,
        institution=row.institution,
    )
    return row


def _refuse_recast(own: Vote | None, mandate: Mandate, given: VoteInput) -> None:
    """A vote that was cast stays one of the institution that it was cast for, and is not made a draft again."""
    if own is None or own.cast_at is None:
        return
    if own.institution != mandate.institution:
        raise Refused("voted_for_another", where="institution")
    if not given.cast:
        raise Refused("already_cast", where="cast")


def find_seat(work: Work) -> Mandate:
    """By which the actor votes today. Raises Refused without one."""
    mandate = mandate_of(work.session, work.actor.account_id, work.today)
    if mandate is None:
        raise Refused("no_mandate", where="mandate")
    return mandate


def _refuse_unsupported(work: Work, application: Application, given: VoteInput) -> None:
    if application.state != "in_decision":
        raise Refused("not_from_this_state", where="application", action="vote", state=application.state)
    rubric = pinned_rubric(application)
    if given.award == RETURN:
        if not may_return(work, application):
            raise Refused("guard_failed", where="award", guard="first_return_from_decision")
        return
    if given.award not in {item.code for item in rubric.awards}:
        raise InputInvalid([Problem("award", "award_unknown", {"value": given.award})])
    _, assessment = compute_assessment(work, application)
    if not is_supported(rubric, given.award, assessment.award):
        raise Refused("guard_failed", where="award", guard="award_supported")


def may_return(work: Work, application: Application) -> bool:
    """Once; again only when somebody who evaluated became partial."""
    events = events_of_application(work.session, application.key)
    returned = any(event.action == "return_to_review" for event, _ in events)
    return not returned or bool(list_partial(work, application))


def _refuse_spoken(work: Work, application: Application, mandate: Mandate) -> None:
    """Raises Refused where somebody else has voted for the institution; a vote that counts no more makes way."""
    for spoken, _, person in votes_cast(work.session, application.key):
        if spoken.institution != mandate.institution or person.key == work.actor.account_id:
            continue
        if find_voice(work, application, person.key) is None:
            raise Refused("institution_voted", where="institution", name=person.name)
        spoken.cast_at = None
        work.session.add(spoken)
        work.session.flush()


def step_aside(work: Work, application: Application, given: StepAsideInput) -> None:
    """Take no part in this file, for good: from now on it is in nothing that the person sees."""
    role = require(work, "step_aside", application)
    refuse_settled(application)
    recusal = Recusal(
        application_id=application.key,
        account_id=work.actor.key,
        reason=given.reason,
        declared_at=work.now,
    )
    work.add(recusal)
    journal.record(work, f"recusal:{recusal.id}", "step_aside", role=role, application=application)


def refuse_settled(application: Application) -> None:
    """Raises Refused where there is nothing left to step aside from."""
    if application.state not in {"in_review", "in_decision"}:
        raise Refused(
            "not_from_this_state", where="application", action="step_aside", state=application.state
        )

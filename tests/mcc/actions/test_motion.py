"""What the committee does about a certificate is put to it, answered, and voted by its institutions."""

import pytest

from mcc.actions import hear, mandates, motion, suspend
from mcc.actions.accounts import change_roles, join_organisation
from mcc.actions.check import check_installation
from mcc.actions.motion import Measure, MotionInput, MotionVoteInput, find_outcome
from mcc.actions.notify import list_own
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.motion import motions_of
from mcc.db.tables import Motion
from mcc.errors import NotAllowed, Refused
from tests.office import Office

REASON = suspend.ReasonInput(reason="Fraude.")


@pytest.fixture
def number(office: Office) -> str:
    return office.issued()


def propose(office: Office, number: str, measure: Measure, username: str = "coord") -> None:
    with office.work(username) as work:
        given = MotionInput(measure=measure, reason="Fraude.")
        motion.open_motion(work, office.certificate(work, number), given)


def answer(office: Office, number: str, username: str = "coop") -> None:
    with office.work(username) as work:
        given = hear.HeardInput(answer="No fue así.")
        motion.answer_motion(work, office.certificate(work, number), given)


def vote(office: Office, number: str, username: str, *, in_favour: bool = True) -> None:
    with office.work(username) as work:
        given = MotionVoteInput(in_favour=in_favour, reasons="Según lo visto.")
        motion.vote_motion(work, office.certificate(work, number), given)


def withdraw(office: Office, number: str) -> None:
    with office.work("comite") as work:
        suspend.withdraw(work, office.certificate(work, number), REASON)


def closed(office: Office, number: str) -> list[Motion]:
    with office.look("audita") as work:
        return list(motions_of(work.session, office.certificate(work, number).key))


def state_of(office: Office, number: str) -> str:
    with office.look("audita") as work:
        return office.certificate(work, number).state


def test_a_mark_is_withdrawn_after_its_holder_was_heard_and_two_institutions_voted(
    office: Office, number: str
) -> None:
    propose(office, number, Measure.WITHDRAW)
    with office.look("coop") as work:
        told = list_own(work)[0]
        assert (told.code, told.facts["due"]) == ("motion_hearing", "2026-08-13")
    answer(office, number)
    for username in ("comite", "comite.2"):
        vote(office, number, username)
    withdraw(office, number)
    assert state_of(office, number) == "withdrawn"
    (row,) = closed(office, number)
    assert (row.outcome, [item["institution"] for item in row.votes or ()]) == (
        "carried",
        ["intendencia", "mesa_intercooperativa"],
    )
    with office.look("audita") as work:
        assert list(check_installation(work)) == []


@pytest.mark.parametrize(
    ("measure", "act"), [(Measure.SUSPEND, suspend.suspend), (Measure.WITHDRAW, suspend.withdraw)]
)
def test_no_member_does_alone_what_nobody_voted(
    office: Office, number: str, measure: Measure, act: object
) -> None:
    assert callable(act)
    with pytest.raises(Refused) as refused, office.work("comite") as work:
        act(work, office.certificate(work, number), REASON)
    propose(office, number, measure)
    answer(office, number)
    vote(office, number, "comite")
    with pytest.raises(Refused) as alone, office.work("comite") as work:
        act(work, office.certificate(work, number), REASON)
    guards = {"suspend": "voted_or_provisional", "withdraw": "measure_voted"}
    assert alone.value.facts["guard"] == guards[measure.value]
    assert refused.value.code == "guard_failed"
    assert state_of(office, number) == "valid"


def test_nobody_votes_before_the_holder_answered_or_its_ten_days_are_over(
    office: Office, number: str
) -> None:
    propose(office, number, Measure.SUSPEND)
    office.pass_days(10)
    with pytest.raises(Refused) as refused:
        vote(office, number, "comite")
    assert (refused.value.code, refused.value.facts["until"]) == ("motion_unheard", "2026-08-13")
    office.pass_days(1)
    with pytest.raises(Refused) as late:
        answer(office, number)
    assert late.value.code == "answer_too_late"
    for username in ("comite", "comite.2"):
        vote(office, number, username)
    with office.work("comite") as work:
        suspend.suspend(work, office.certificate(work, number), REASON)
    assert state_of(office, number) == "suspended"


def test_the_holder_answers_once(office: Office, number: str) -> None:
    propose(office, number, Measure.SUSPEND)
    answer(office, number)
    with pytest.raises(Refused) as refused:
        answer(office, number)
    assert refused.value.code == "nothing_to_answer"


def test_to_lift_a_suspension_is_voted_without_a_hearing(office: Office, number: str) -> None:
    office.carry(number, suspend.suspend)
    propose(office, number, Measure.REINSTATE, "comite")
    for username in ("comite", "comite.2"):
        vote(office, number, username)
    with office.work("comite.2") as work:
        suspend.reinstate(work, office.certificate(work, number), REASON)
    assert state_of(office, number) == "valid"


def test_what_was_voted_for_one_thing_does_not_carry_another(office: Office, number: str) -> None:
    office.put(number, "suspend")
    office.vote_on_motion(number)
    with pytest.raises(Refused) as refused:
        withdraw(office, number)
    assert refused.value.facts["guard"] == "holder_heard"
    assert state_of(office, number) == "valid"


def test_what_most_voted_against_is_recorded_and_may_be_put_again(office: Office, number: str) -> None:
    office.put(number, "withdraw")
    with pytest.raises(Refused) as early, office.work("comite") as work:
        motion.reject_motion(work, office.certificate(work, number))
    assert early.value.code == "motion_not_rejected"
    office.vote_on_motion(number, in_favour=False)
    with office.work("comite") as work:
        motion.reject_motion(work, office.certificate(work, number))
    assert [row.outcome for row in closed(office, number)] == ["rejected"]
    propose(office, number, Measure.SUSPEND)


def test_one_motion_about_a_certificate_at_a_time(office: Office, number: str) -> None:
    propose(office, number, Measure.SUSPEND)
    with pytest.raises(Refused) as refused:
        propose(office, number, Measure.WITHDRAW)
    assert refused.value.code == "motion_is_open"


def test_a_motion_that_came_too_late_lapses_when_the_next_is_put(office: Office, number: str) -> None:
    propose(office, number, Measure.SUSPEND)
    with office.work("coord") as work:
        suspend.suspend(work, office.certificate(work, number), REASON)
    propose(office, number, Measure.RATIFY)
    assert [row.outcome for row in closed(office, number)] == ["lapsed", None]


@pytest.mark.parametrize("measure", [Measure.REINSTATE, Measure.RATIFY])
def test_what_is_not_possible_now_is_not_put(office: Office, number: str, measure: Measure) -> None:
    with pytest.raises(Refused) as refused:
        propose(office, number, measure)
    assert refused.value.code == "motion_impossible"


def test_a_vote_of_somebody_who_became_partial_counts_no_more(office: Office, number: str) -> None:
    office.put(number, "withdraw")
    office.vote_on_motion(number)
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "comite.2", office.application(work, number).organisation_id)
    with pytest.raises(Refused):
        withdraw(office, number)
    with office.look("audita") as work:
        counted = motion.count_votes(work, closed(office, number)[0])
        assert (len(counted.ballots), counted.carried) == (1, None)


def test_who_evaluated_or_reviewed_the_file_has_no_vote_about_its_certificate(
    office: Office, number: str
) -> None:
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.1", [Role.COMMITTEE])
        given = mandates.MandateInput(
            username="eval.1", institution="inacoop", since=work.today, act="Nota 2/2026"
        )
        mandates.name_member(work, given)
    office.put(number, "suspend")
    with pytest.raises(NotAllowed) as refused:
        vote(office, number, "eval.1")
    assert refused.value.code == "already_evaluated"


def test_without_a_mandate_nobody_votes(office: Office, number: str) -> None:
    office.put(number, "suspend")
    with office.installation.work(SYSTEM) as work:
        (held,) = [row for row in mandates.list_mandates(work) if row.person.username == "comite"]
        mandates.end_mandate(work, held.mandate.key)
    with pytest.raises(NotAllowed) as refused:
        vote(office, number, "comite")
    assert refused.value.code == "no_mandate"


def test_an_institution_has_one_vote_also_through_its_substitute(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "admin", [Role.ADMINISTRATOR, Role.COMMITTEE])
        given = mandates.MandateInput(
            username="admin", institution="intendencia", substitute=True, since=work.today, act="Nota 3"
        )
        mandates.name_member(work, given)
    office.put(number, "suspend")
    vote(office, number, "comite")
    with pytest.raises(Refused) as refused:
        vote(office, number, "admin")
    assert refused.value.code == "institution_voted"


def test_a_member_sees_no_vote_before_its_own(office: Office, number: str) -> None:
    office.put(number, "suspend")
    vote(office, number, "comite")
    seen = {}
    for username in ("comite", "comite.2", "coop", "coord", "audita"):
        with office.look(username) as work:
            certificate = office.certificate(work, number)
            row = motion.find_open(work, certificate)
            assert row is not None
            seen[username] = motion.show_count(work, certificate, row) is not None
    assert seen == {"comite": True, "comite.2": False, "coop": False, "coord": False, "audita": True}


@pytest.mark.parametrize(
    ("votes", "carried"),
    [
        ({}, None),
        ({"a": True}, None),
        ({"a": True, "b": True}, True),
        ({"a": False, "b": True}, False),
        ({"a": True, "b": False}, True),
        ({"b": True, "c": False}, False),
        ({"a": False, "b": True, "c": True}, True),
        ({"a": True, "b": False, "c": False}, False),
    ],
)
def test_more_than_half_carries_it_and_a_tie_is_for_one_institution_to_settle(
    votes: dict[str, bool], carried: bool | None
) -> None:
    assert find_outcome(votes, "a", 2) is carried

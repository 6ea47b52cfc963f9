"""The committee votes: one vote for each institution, a quorum, and a decision that is what the votes add up to."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcc.actions import mandates, vote
from mcc.actions.accounts import change_roles, find_account
from mcc.actions.committee import list_agenda
from mcc.actions.follow import list_visible
from mcc.actions.mandates import committee
from mcc.actions.notify import Audience, list_readers
from mcc.actions.permissions import can
from mcc.actions.vote import RETURN, find_outcome, tally
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.decide import decision_of
from mcc.errors import NotAllowed, Refused
from tests.office import Office

ORDER = ("distinction", "granted", "on_the_way", "not_granted")
VOTES = st.dictionaries(
    st.sampled_from([item.code for item in committee().institutions]), st.sampled_from(ORDER), min_size=1
)


def cast(office: Office, number: str, username: str, award: str, *, final: bool = True) -> None:
    with office.work(username) as work:
        wanted = vote.VoteInput(award=award, reasons="Según el informe.", cast=final)
        vote.vote(work, office.application(work, number), wanted)


def count(office: Office, number: str) -> vote.Count:
    with office.installation.look(SYSTEM) as work:
        return vote.count_votes(work, office.application(work, number))


def seat_third(office: Office, *, substitute: bool = False, institution: str = "inacoop") -> None:
    """eval.4, who evaluates nothing here, sits in the committee as well."""
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.4", [Role.COMMITTEE])
        wanted = mandates.MandateInput(
            username="eval.4", institution=institution, since=work.today, act="Nota 3", substitute=substitute
        )
        mandates.name_member(work, wanted)


@given(votes=VOTES)
def test_the_outcome_is_one_that_at_least_half_support_and_no_higher_one_has_a_majority(
    votes: dict[str, str],
) -> None:
    outcome = tally(ORDER, votes, "intendencia")
    rank = {award: place for place, award in enumerate(ORDER)}
    support = [sum(rank[award] <= place for award in votes.values()) for place in range(len(ORDER))]
    assert 2 * support[rank[outcome]] >= len(votes)
    assert all(2 * support[place] <= len(votes) for place in range(rank[outcome]))


@given(votes=VOTES)
def test_the_order_of_the_votes_does_not_matter(votes: dict[str, str]) -> None:
    outcomes = {tally(ORDER, dict(order), "intendencia") for order in permutations(votes.items())}
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ({"intendencia": "granted", "inacoop": "on_the_way"}, "granted"),
        ({"intendencia": "on_the_way", "inacoop": "granted"}, "on_the_way"),
        ({"mesa_intercooperativa": "granted", "inacoop": "on_the_way"}, "on_the_way"),
        (
            {"intendencia": "granted", "mesa_intercooperativa": "not_granted", "inacoop": "on_the_way"},
            "on_the_way",
        ),
        ({"intendencia": "not_granted", "mesa_intercooperativa": "granted", "inacoop": "granted"}, "granted"),
    ],
)
def test_a_tie_is_settled_by_the_vote_that_counts_for_it(votes: dict[str, str], outcome: str) -> None:
    assert tally(ORDER, votes, "intendencia") == outcome


VOTES_OR_RETURN = st.dictionaries(
    st.sampled_from([item.code for item in committee().institutions]), st.sampled_from((*ORDER, RETURN))
)


@given(votes=VOTES_OR_RETURN)
def test_a_file_is_returned_by_half_of_the_votes_at_least_and_an_award_needs_its_own_quorum(
    votes: dict[str, str],
) -> None:
    outcome = find_outcome(ORDER, votes, "intendencia", 2)
    back = sum(award == RETURN for award in votes.values())
    if outcome == RETURN:
        assert len(votes) >= 2
        assert 2 * back >= len(votes)
    elif outcome is None:
        assert len(votes) - back < 2
    else:
        awards = {key: award for key, award in votes.items() if award != RETURN}
        assert (2 * back <= len(votes), outcome) == (True, tally(ORDER, awards, "intendencia"))


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ({"intendencia": "return", "inacoop": "granted"}, "return"),
        ({"intendencia": "granted", "inacoop": "return"}, None),
        ({"intendencia": "granted", "mesa_intercooperativa": "granted", "inacoop": "return"}, "granted"),
        ({"intendencia": "granted", "mesa_intercooperativa": "return", "inacoop": "return"}, "return"),
        ({"intendencia": "return"}, None),
    ],
)
def test_half_of_the_votes_return_a_file_with_the_vote_that_settles_ties(
    votes: dict[str, str], outcome: str | None
) -> None:
    assert find_outcome(ORDER, votes, "intendencia", 2) == outcome


def test_below_the_quorum_nothing_is_decided(office: Office) -> None:
    number = office.in_decision()
    cast(office, number, "comite", "granted")
    with pytest.raises(Refused) as refused:
        office.record_decision(number)
    assert refused.value.facts["guard"] == "quorum_met"


def test_a_draft_counts_for_nothing_and_nobody_else_sees_it(office: Office) -> None:
    number = office.in_decision()
    cast(office, number, "comite", "granted")
    cast(office, number, "comite.2", "on_the_way", final=False)
    counted = count(office, number)
    assert ([row.vote.institution for row in counted.ballots], counted.award) == (["intendencia"], None)
    cast(office, number, "comite.2", "granted")
    assert count(office, number).award == "granted"


def test_only_what_was_voted_can_be_decided(office: Office) -> None:
    number = office.in_decision()
    office.vote(number, "on_the_way")
    with pytest.raises(Refused) as refused:
        office.record_decision(number)
    assert refused.value.facts["guard"] == "award_voted"
    office.decide(number, "on_the_way")
    with office.look("audita") as work:
        application = office.application(work, number)
        decision = decision_of(work.session, application.key)
        assert decision is not None
        assert decision.votes is not None
        assert (application.state, [row["institution"] for row in decision.votes]) == (
            "on_the_way",
            ["intendencia", "mesa_intercooperativa"],
        )


def test_nobody_votes_for_more_than_was_computed(office: Office) -> None:
    number = office.in_decision()
    with pytest.raises(Refused) as refused:
        cast(office, number, "comite", "distinction")
    assert refused.value.facts["guard"] == "award_supported"


def test_an_institution_votes_once_and_may_change_its_vote(office: Office) -> None:
    number = office.in_decision()
    seat_third(office, substitute=True, institution="intendencia")
    cast(office, number, "eval.4", "on_the_way")
    with pytest.raises(Refused) as refused:
        cast(office, number, "comite", "granted")
    assert refused.value.code == "institution_voted"
    cast(office, number, "eval.4", "granted")
    (ballot,) = count(office, number).ballots
    assert (ballot.vote.award, ballot.mandate.substitute) == ("granted", True)


def test_a_member_whose_mandate_ended_yesterday_cannot_vote(office: Office) -> None:
    number = office.in_decision()
    with office.work("admin") as work:
        person = find_account(work, "comite")
        (seat,) = [row for row in mandates.list_mandates(work) if row.person.key == person.key]
        mandates.end_mandate(work, seat.mandate.key)
    with pytest.raises(NotAllowed) as denied:
        cast(office, number, "comite", "granted")
    assert denied.value.code == "no_mandate"
    with office.installation.work(SYSTEM) as work:
        wanted = mandates.MandateInput(
            username="comite", institution="intendencia", since=work.today, until=work.today, act="Nota 4"
        )
        mandates.name_member(work, wanted)
    cast(office, number, "comite", "granted")
    office.pass_days(1)
    with pytest.raises(NotAllowed) as over:
        cast(office, number, "comite", "on_the_way")
    assert over.value.code == "no_mandate"


def test_a_quorum_that_is_lost_by_stepping_aside_stops_the_decision(office: Office) -> None:
    number = office.in_decision()
    office.vote(number)
    with office.work("comite.2") as work:
        reason = vote.StepAsideInput(reason="Es de mi familia.")
        vote.step_aside(work, office.application(work, number), reason)
    counted = count(office, number)
    assert (len(counted.ballots), counted.award, counted.absent) == (
        1,
        None,
        ("mesa_intercooperativa", "inacoop"),
    )
    with pytest.raises(Refused) as refused:
        office.record_decision(number)
    assert refused.value.facts["guard"] == "quorum_met"


def test_the_substitute_votes_in_the_place_of_a_titular_who_stepped_aside(office: Office) -> None:
    number = office.in_decision()
    office.vote(number)
    seat_third(office, substitute=True, institution="mesa_intercooperativa")
    with office.work("comite.2") as work:
        vote.step_aside(work, office.application(work, number), vote.StepAsideInput(reason="Vínculo."))
    assert count(office, number).waiting == ("mesa_intercooperativa",)
    cast(office, number, "eval.4", "granted")
    counted = count(office, number)
    assert [row.person.username for row in counted.ballots] == ["comite", "eval.4"]
    office.record_decision(number)


def test_who_stepped_aside_finds_no_trace_of_the_file(office: Office) -> None:
    number = office.in_decision()
    with office.work("comite.2") as work:
        vote.step_aside(work, office.application(work, number), vote.StepAsideInput(reason="Vínculo."))
    with office.look("comite.2") as work:
        application = office.application(work, number)
        assert (list_visible(work), list_agenda(work)) == ([], [])
        assert can(work, "view_application", application).refusal == "conflict_declared"
        assert find_account(work, "comite.2").key not in list_readers(work, Audience.COMMITTEE, application)


def test_the_votes_of_others_are_seen_once_the_own_is_cast(office: Office) -> None:
    number = office.in_decision()
    cast(office, number, "comite", "granted")
    with office.look("comite.2") as work:
        assert vote.show_count(work, office.application(work, number)) is None
    cast(office, number, "comite.2", "granted")
    with office.look("comite.2") as work:
        counted = vote.show_count(work, office.application(work, number))
        assert counted is not None
        assert len(counted.ballots) == 2


def test_two_titulars_never_sit_at_once_and_a_person_sits_once(office: Office) -> None:
    with pytest.raises(Refused) as taken:
        seat_third(office, institution="intendencia")
    assert taken.value.code == "titular_present"
    with pytest.raises(Refused) as twice, office.installation.work(SYSTEM) as work:
        wanted = mandates.MandateInput(
            username="comite", institution="inacoop", since=work.today, act="Nota", substitute=True
        )
        mandates.name_member(work, wanted)
    assert twice.value.code == "already_seated"


def test_a_vote_stays_with_the_institution_that_it_was_cast_for(office: Office) -> None:
    """Its voter is named by another institution afterwards: the vote neither moves nor is given twice."""
    number = office.in_decision()
    cast(office, number, "comite.2", "granted")
    with office.installation.work(SYSTEM) as work:
        (held,) = [row for row in mandates.list_mandates(work) if row.person.username == "comite.2"]
        mandates.end_mandate(work, held.mandate.key)
        wanted = mandates.MandateInput(
            username="comite.2", institution="inacoop", since=work.today, act="Nota 4"
        )
        mandates.name_member(work, wanted)
    with pytest.raises(Refused) as refused:
        cast(office, number, "comite.2", "on_the_way")
    assert refused.value.code == "voted_for_another"
    assert [row.vote.institution for row in count(office, number).ballots] == ["mesa_intercooperativa"]


def test_a_draft_moves_with_its_writer_to_another_institution(office: Office) -> None:
    number = office.in_decision()
    cast(office, number, "comite.2", "granted", final=False)
    with office.installation.work(SYSTEM) as work:
        (held,) = [row for row in mandates.list_mandates(work) if row.person.username == "comite.2"]
        mandates.end_mandate(work, held.mandate.key)
        wanted = mandates.MandateInput(
            username="comite.2", institution="inacoop", since=work.today, act="Nota 4"
        )
        mandates.name_member(work, wanted)
    cast(office, number, "comite.2", "granted")
    assert [row.vote.institution for row in count(office, number).ballots] == ["inacoop"]


def test_a_vote_that_was_cast_is_changed_but_not_made_a_draft(office: Office) -> None:
    number = office.in_decision()
    cast(office, number, "comite", "granted")
    with pytest.raises(Refused) as refused:
        cast(office, number, "comite", "on_the_way", final=False)
    assert refused.value.code == "already_cast"
    assert [row.vote.award for row in count(office, number).ballots] == ["granted"]
    cast(office, number, "comite", "on_the_way")
    assert [row.vote.award for row in count(office, number).ballots] == ["on_the_way"]


def test_an_institution_whose_member_lost_the_role_is_not_waited_for(office: Office) -> None:
    number = office.in_decision()
    assert count(office, number).waiting == ("intendencia", "mesa_intercooperativa")
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "comite.2", [Role.AUDITOR])
        assert "mesa_intercooperativa" in mandates.list_vacant(work)
    counted = count(office, number)
    assert (counted.waiting, counted.absent) == (("intendencia",), ("mesa_intercooperativa", "inacoop"))


def test_the_same_vote_again_keeps_its_day(office: Office) -> None:
    number = office.in_decision()
    for _ in range(2):
        with office.work("comite") as work:
            said = vote.VoteInput(award="granted", reasons="Bien.")
            row = vote.vote(work, office.application(work, number), said)
            assert row.cast_at is not None
            assert str(row.cast_at.date()) == "2026-08-03"
        office.pass_days(3)

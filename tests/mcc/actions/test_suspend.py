"""Suspensions: by the office for ten working days, by the committee for six months, and then they end by themselves."""

from datetime import timedelta

import pytest

from mcc.actions import mandates, suspend
from mcc.actions.accounts import change_roles
from mcc.actions.check import check_states
from mcc.actions.notify import list_own, remind
from mcc.actions.suspend import ReasonInput, last_day_of_suspension
from mcc.actions.verify import status_by_number
from mcc.actions.work import SYSTEM, Role
from mcc.db.tables import Certificate
from mcc.errors import NotAllowed, Refused
from tests.office import Office

REASON = ReasonInput(reason="Venció la habilitación.")


@pytest.fixture
def number(office: Office) -> str:
    return office.issued()


def suspend_mark(office: Office, number: str, username: str = "comite") -> None:
    if username == "comite":
        office.put(number, "suspend", REASON.reason)
        office.vote_on_motion(number)
    with office.work(username) as work:
        suspend.suspend(work, office.certificate(work, number), REASON)


def ratify(office: Office, number: str, username: str = "comite") -> None:
    """Whatever is provisional is voted before a member stands behind it."""
    if username == "comite" and look_at(office, number).provisional_until is not None:
        office.put(number, "ratify_suspension")
        office.vote_on_motion(number)
    with office.work(username) as work:
        suspend.ratify_suspension(work, office.certificate(work, number), REASON)


def end(office: Office) -> int:
    with office.installation.work(SYSTEM) as work:
        return suspend.end_suspensions(work)


def look_at(office: Office, number: str) -> Certificate:
    with office.look("coord") as work:
        return office.certificate(work, number)


def test_a_suspension_by_the_office_waits_for_the_committee_which_is_told(
    office: Office, number: str
) -> None:
    suspend_mark(office, number, "coord")
    with office.look("comite") as work:
        told = list_own(work)[0]
        assert (told.code, told.facts["due"]) == ("to_ratify", "2026-08-17")
    assert str(look_at(office, number).provisional_until) == "2026-08-17"


def test_what_the_committee_suspends_needs_no_ratification(office: Office, number: str) -> None:
    suspend_mark(office, number)
    assert look_at(office, number).provisional_until is None
    with pytest.raises(Refused) as refused:
        ratify(office, number)
    assert refused.value.code == "nothing_to_ratify"


def test_what_is_not_ratified_in_time_is_lifted_the_day_after_and_not_before(
    office: Office, number: str
) -> None:
    suspend_mark(office, number, "coord")
    office.pass_days(14)
    assert end(office) == 0
    office.pass_days(1)
    assert (end(office), end(office)) == (1, 0)
    certificate = look_at(office, number)
    assert (certificate.state, certificate.state_reason, certificate.provisional_until) == (
        "valid",
        None,
        None,
    )
    with office.look("coop") as work:
        assert list_own(work)[0].code == "reinstated"


def test_what_was_ratified_stays(office: Office, number: str) -> None:
    suspend_mark(office, number, "coord")
    ratify(office, number)
    office.pass_days(30)
    assert end(office) == 0
    assert look_at(office, number).state == "suspended"


@pytest.mark.parametrize("username", ["coord", "revisa", "coop", "admin", "firma"])
def test_only_the_committee_ratifies(office: Office, number: str, username: str) -> None:
    suspend_mark(office, number, "coord")
    with pytest.raises(NotAllowed):
        ratify(office, number, username)


def test_without_a_mandate_nobody_ratifies_lifts_or_withdraws(office: Office, number: str) -> None:
    suspend_mark(office, number, "coord")
    with office.installation.work(SYSTEM) as work:
        (held,) = [row for row in mandates.list_mandates(work) if row.person.username == "comite"]
        mandates.end_mandate(work, held.mandate.key)
    for change in (suspend.ratify_suspension, suspend.reinstate, suspend.withdraw):
        with pytest.raises(NotAllowed) as denied, office.work("comite") as work:
            change(work, office.certificate(work, number), REASON)
        assert denied.value.code == "no_mandate"


def test_a_suspension_that_is_not_mended_in_six_months_becomes_a_withdrawal(
    office: Office, number: str
) -> None:
    suspend_mark(office, number)
    with office.look("coord") as work:
        last = last_day_of_suspension(office.certificate(work, number))
        office.pass_days((last - work.today).days)
    assert end(office) == 0
    office.pass_days(1)
    assert (end(office), end(office)) == (1, 0)
    with office.look("coop") as work:
        status = status_by_number(work, office.certificate(work, number).number)
        assert (status.state, status.state_reason) == ("withdrawn", REASON.reason)
        assert list_own(work)[0].code == "withdrawn"
    with office.installation.look(SYSTEM) as work:
        assert list(check_states(work)) == []


def test_nothing_brings_a_certificate_back_that_was_withdrawn_at_the_end_of_its_suspension(
    office: Office, number: str
) -> None:
    suspend_mark(office, number)
    office.pass_days(200)
    end(office)
    for change in (suspend.reinstate, suspend.suspend, suspend.withdraw):
        with pytest.raises(Refused) as refused, office.work("comite") as work:
            change(work, office.certificate(work, number), REASON)
        assert refused.value.code == "not_from_this_state"


def test_what_expires_while_it_is_suspended_is_expired_and_not_withdrawn(office: Office, number: str) -> None:
    with office.look("coord") as work:
        left = (office.certificate(work, number).valid_until - work.today).days
    office.pass_days(left - 60)
    suspend_mark(office, number)
    office.pass_days(400)
    assert end(office) == 0
    with office.installation.work(SYSTEM) as work:
        assert suspend.expire_overdue(work) == 1
    assert look_at(office, number).state == "expired"


def test_the_collective_is_reminded_a_month_before_its_mark_is_withdrawn(office: Office, number: str) -> None:
    suspend_mark(office, number)
    office.pass_days(150)
    with office.installation.work(SYSTEM) as work:
        assert remind(work) == 0
    office.pass_days(10)
    with office.installation.work(SYSTEM) as work:
        assert (remind(work), remind(work)) == (1, 0)
    with office.look("coop") as work:
        assert list_own(work)[0].code == "suspension_ends"


def test_whoever_suspends_in_two_roles_does_it_for_the_committee(office: Office, number: str) -> None:
    """The roles of the move come in the order of the edition: with a seat there, it needs no ratification."""
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "comite", [Role.COMMITTEE, Role.COORDINATOR])
    suspend_mark(office, number)
    assert look_at(office, number).provisional_until is None


def test_a_term_that_runs_out_on_a_day_on_which_nobody_looked_is_made_up_for(
    office: Office, number: str
) -> None:
    suspend_mark(office, number, "coord")
    office.installation.clock.now()
    office.pass_days(90)
    assert end(office) == 1
    assert look_at(office, number).state_since - office.installation.clock.now() < timedelta(days=1)

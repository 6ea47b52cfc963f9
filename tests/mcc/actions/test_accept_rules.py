"""The rules of use: accepted by whoever represents the collective, before anybody signs, or the grant lapses."""

import pytest

from mcc.actions import authorise, members
from mcc.actions.accept_rules import (
    AcceptanceInput,
    accept_rules,
    is_waiting_for_rules,
    lapse_unaccepted,
    rules_of_use,
)
from mcc.actions.follow import describe_standing
from mcc.actions.notify import list_own
from mcc.actions.work import SYSTEM
from mcc.db.queries.accept_rules import agreement_of
from mcc.db.queries.authorise import authorisation_of
from mcc.db.tables import Organisation
from mcc.errors import InputInvalid, NotAllowed, Refused
from tests.office import Office
from workflows import list_editions

YES = AcceptanceInput(name="Ana Prueba", accepted=True)


@pytest.fixture
def number(office: Office) -> str:
    return office.reach("granted")


def accept(office: Office, number: str, username: str = "coop", given: AcceptanceInput = YES) -> None:
    with office.work(username) as work:
        accept_rules(work, office.application(work, number), given)


def sign(office: Office, number: str) -> None:
    with office.work("firma") as work:
        authorise.authorise_issue(work, office.application(work, number), authorise.AuthorisationInput())


def test_the_collective_holds_what_was_granted_until_it_accepts(office: Office, number: str) -> None:
    with office.look("coop") as work:
        standing = describe_standing(work, office.application(work, number))
        assert (standing.holder, standing.missing) == ("applicant", ("issuance.rules",))
    with office.look("firma") as work:
        assert authorise.list_to_sign(work) == []
        assert list_own(work) == []
    accept(office, number)
    with office.look("firma") as work:
        standing = describe_standing(work, office.application(work, number))
        assert (standing.holder, standing.missing) == ("signatory", ("issuance.to_sign",))
        assert [notice.code for notice in list_own(work)] == ["to_sign"]
        row = agreement_of(work.session, office.application(work, number).key)
        assert row is not None
        assert (row.name, row.edition, len(row.digest)) == ("Ana Prueba", rules_of_use().edition, 64)


def test_nobody_signs_before_the_rules_are_accepted(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused:
        sign(office, number)
    assert refused.value.facts["guard"] == "agreement_accepted"
    accept(office, number)
    sign(office, number)
    office.take_steps(number)
    with office.look("coop") as work:
        assert office.application(work, number).state == "issued"


@pytest.mark.parametrize("username", ["otra", "eval.1", "firma", "comite", "coord", "admin"])
def test_nobody_accepts_for_a_collective_that_is_not_theirs(
    office: Office, number: str, username: str
) -> None:
    with pytest.raises(NotAllowed):
        accept(office, number, username)


def test_who_only_helps_does_not_bind_the_collective(office: Office, number: str) -> None:
    with office.work("coop") as work:
        organisation = work.session.get_one(Organisation, office.application(work, number).organisation_id)
        given = members.InvitationInput(name="Ayuda", standing=members.Standing.HELPER)
        token = members.invite(work, organisation, given)
    with office.work("otra") as work:
        members.accept_invitation(work, token)
    with pytest.raises(NotAllowed) as denied:
        accept(office, number, "otra")
    assert denied.value.code == "representatives_only"


def test_a_form_without_the_tick_accepts_nothing(office: Office, number: str) -> None:
    with pytest.raises(InputInvalid) as invalid:
        accept(office, number, given=AcceptanceInput(name="Ana Prueba"))
    assert [(row.where, row.code) for row in invalid.value.problems] == [("accepted", "missing")]


@pytest.mark.parametrize("state", ["in_decision", "issued"])
def test_there_is_nothing_to_accept_before_or_after(office: Office, state: str) -> None:
    number = office.reach(state)
    with pytest.raises(Refused) as refused:
        accept(office, number)
    assert refused.value.code == "nothing_to_accept"


def test_rules_are_accepted_once(office: Office, number: str) -> None:
    accept(office, number)
    with pytest.raises(Refused):
        accept(office, number)


def lapse(office: Office) -> int:
    with office.installation.work(SYSTEM) as work:
        return lapse_unaccepted(work)


def test_a_grant_lapses_the_day_after_its_term_and_not_before(office: Office, number: str) -> None:
    office.pass_days(30)
    assert lapse(office) == 0
    office.pass_days(1)
    assert (lapse(office), lapse(office)) == (1, 0)
    with office.look("coop") as work:
        assert office.application(work, number).state == "lapsed"
        assert list_own(work)[0].code == "lapsed"
    with pytest.raises(Refused):
        accept(office, number)
    with pytest.raises((Refused, NotAllowed)):
        sign(office, number)


def test_what_was_accepted_does_not_lapse_however_long_the_signature_takes(
    office: Office, number: str
) -> None:
    accept(office, number)
    office.pass_days(400)
    assert lapse(office) == 0
    with office.look("firma") as work:
        assert authorisation_of(work.session, office.application(work, number).key) is None
        assert [item.application.number for item in authorise.list_to_sign(work)] == [number]


def test_a_file_of_an_earlier_edition_is_signed_without(office: Office, number: str) -> None:
    earlier = next(row for row in list_editions("application") if row.edition == "application-2026-2")
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE application SET workflow_hash = ? WHERE number = ?", (earlier.meaning_hash, number)
        )
    with office.look("firma") as work:
        assert not is_waiting_for_rules(work, office.application(work, number))
    office.pass_days(60)
    assert lapse(office) == 0
    sign(office, number)

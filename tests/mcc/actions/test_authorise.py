"""Signing for certificates: by whom, when, and that nothing is issued without it."""

import pytest

from mcc.actions import accounts, authorise, certify, health, mandates
from mcc.actions.notify import list_own
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.authorise import applications_to_issue, authorisation_of
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.mandates import mandate_to_sign
from mcc.errors import InputInvalid, NotAllowed, Refused
from tests.office import Office, RecordingQueue


@pytest.fixture
def number(office: Office) -> str:
    number = office.reach("granted")
    office.accept_rules(number)
    return number


def _sign(office: Office, number: str, username: str = "firma", absence: str | None = None) -> None:
    with office.work(username) as work:
        given = authorise.AuthorisationInput(absence=absence)
        authorise.authorise_issue(work, office.application(work, number), given)


def _refusal(office: Office, number: str, username: str) -> str:
    with pytest.raises((Refused, NotAllowed)) as refused:
        _sign(office, number, username)
    return refused.value.code


def test_what_was_granted_waits_for_the_signatory_who_is_told(office: Office, number: str) -> None:
    with office.look("firma") as work:
        assert [item.application.number for item in authorise.list_to_sign(work)] == [number]
        assert [notice.code for notice in list_own(work)] == ["to_sign"]
    with office.installation.look(SYSTEM) as work:
        assert list(applications_to_issue(work.session)) == []


def test_without_a_signature_no_number_is_taken(office: Office, number: str) -> None:
    with pytest.raises(Refused) as refused:
        office.take_steps(number)
    assert refused.value.code == "not_authorised"


def test_signing_orders_the_certificate_in_the_same_transaction(office: Office, number: str) -> None:
    _sign(office, number)
    queue = office.installation.jobs
    assert isinstance(queue, RecordingQueue)
    assert queue.ordered == [1]
    with office.look("firma") as work:
        assert authorise.list_to_sign(work) == []
    office.take_steps(number)
    with office.look("firma") as work:
        assert office.application(work, number).state == "issued"


def test_a_certificate_is_signed_for_once(office: Office, number: str) -> None:
    _sign(office, number)
    assert _refusal(office, number, "firma") == "nothing_to_sign"
    assert _refusal(office, number, "firma.2") == "nothing_to_sign"


def test_a_substitute_says_why_and_it_is_kept(office: Office, number: str) -> None:
    with pytest.raises(InputInvalid) as invalid:
        _sign(office, number, "firma.2")
    assert [(row.where, row.code) for row in invalid.value.problems] == [("absence", "missing")]
    _sign(office, number, "firma.2", "Licencia de la titular hasta el 15.")
    with office.look("audita") as work:
        application = office.application(work, number)
        row = authorisation_of(work.session, application.key)
        assert row is not None
        assert row.absence == "Licencia de la titular hasta el 15."
        told = [words for event, words in events_of_application(work.session, application.key) if words]
        assert told[-1].words == row.absence


def test_nobody_signs_before_the_file_was_granted(office: Office) -> None:
    number = office.reach("in_decision")
    assert _refusal(office, number, "firma") == "not_yet_granted"


def test_nobody_signs_whose_mandate_ended_yesterday(office: Office, number: str) -> None:
    with office.work("admin") as work:
        mandate = mandate_to_sign(work.session, accounts.find_account(work, "firma").key, work.today)
        assert mandate is not None
        mandates.end_mandate(work, mandate.key)
    assert _refusal(office, number, "firma") == "no_mandate_to_sign"
    _sign(office, number, "firma.2", "La titular terminó su mandato.")


def test_a_seat_in_the_committee_signs_nothing_and_a_signatory_votes_on_nothing(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "comite", [Role.COMMITTEE, Role.SIGNATORY])
        accounts.change_roles(work, "firma", [Role.COMMITTEE, Role.SIGNATORY])
    number = office.reach("in_decision")
    with pytest.raises(NotAllowed) as refused:
        office.vote(number, usernames=["firma"])
    assert refused.value.code == "no_mandate"
    office.decide(number)
    assert _refusal(office, number, "comite") == "no_mandate_to_sign"


def test_nobody_signs_for_a_file_that_they_evaluated(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "eval.1", [Role.EVALUATOR, Role.SIGNATORY])
    number = office.reach("granted")
    assert _refusal(office, number, "eval.1") == "already_evaluated"


def test_nobody_signs_for_their_own_collective_or_sees_it_wait(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.join_organisation(work, "firma", office.application(work, number).organisation_id)
    with office.look("firma") as work:
        assert authorise.list_to_sign(work) == []
    assert _refusal(office, number, "firma") == "own_organisation"


def test_a_mandate_to_sign_takes_the_role(office: Office) -> None:
    with office.work("admin") as work, pytest.raises(InputInvalid) as invalid:
        given = mandates.MandateInput(
            username="coord", institution="signature", since=work.today, act="Nota 2/2026"
        )
        mandates.name_member(work, given)
    assert [row.code for row in invalid.value.problems] == ["not_a_signatory"]


def test_there_is_one_titular_who_signs(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        accounts.change_roles(work, "coord", [Role.COORDINATOR, Role.SIGNATORY])
    with office.work("admin") as work, pytest.raises(Refused) as refused:
        given = mandates.MandateInput(
            username="coord", institution="signature", since=work.today, act="Nota 2/2026"
        )
        mandates.name_member(work, given)
    assert refused.value.code == "titular_present"


def test_the_office_learns_that_nobody_may_sign(office: Office) -> None:
    with office.look("admin") as work:
        assert "nobody_signs" not in {concern.code for concern in health.look_over(work)}
    with office.work("admin") as work:
        for row in mandates.list_mandates(work):
            if row.mandate.institution == "signature":
                mandates.end_mandate(work, row.mandate.key)
    with office.look("admin") as work:
        assert "nobody_signs" in {concern.code for concern in health.look_over(work)}


def test_a_number_is_taken_only_by_the_system(office: Office, number: str) -> None:
    _sign(office, number)
    with office.work("firma") as work, pytest.raises(NotAllowed):
        certify.reserve_number(work, office.application(work, number))


def _forget_signature(office: Office) -> None:
    """As in an installation whose certificates were under way before there were signatories."""
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM authorisation")


def test_what_was_under_way_before_anybody_signed_waits_for_a_signature(office: Office, number: str) -> None:
    _sign(office, number)
    with office.installation.work(SYSTEM) as work:
        certify.reserve_number(work, office.application(work, number))
    _forget_signature(office)
    for step in (certify.reserve_number, certify.prepare_claims, certify.lay_out, certify.publish):
        with office.installation.work(SYSTEM) as work, pytest.raises(Refused) as refused:
            step(work, office.application(work, number))
        assert refused.value.code == "not_authorised"
    with office.look("firma") as work:
        assert [item.application.number for item in authorise.list_to_sign(work)] == [number]
    _sign(office, number)
    office.take_steps(number)
    with office.look("firma") as work:
        assert office.application(work, number).state == "issued"


def test_an_issued_certificate_from_before_there_were_signatories_stays_issued(office: Office) -> None:
    number = office.issued()
    _forget_signature(office)
    office.take_steps(number)
    with office.look("firma") as work:
        assert office.application(work, number).state == "issued"


def test_a_mandate_to_sign_without_the_role_signs_nothing_and_the_office_is_told(office: Office) -> None:
    number = office.reach("granted")
    with office.installation.work(SYSTEM) as work:
        for username in ("firma", "firma.2"):
            accounts.change_roles(work, username, [Role.AUDITOR])
        assert not mandates.can_be_signed(work)
    with office.look("coord") as work:
        assert "nobody_signs" in {concern.code for concern in health.look_over(work)}
    assert _refusal(office, number, "firma") == "role_not_allowed"

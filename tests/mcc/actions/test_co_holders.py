"""A scope held by several collectives: nobody holds it without having agreed, and nobody judges what is their own."""

import pytest
from sqlmodel import select

from mcc.actions import admit, apply, co_holders
from mcc.actions.accounts import find_account, join_organisation
from mcc.actions.folder import find_folder
from mcc.actions.follow import describe_standing, list_visible
from mcc.actions.impartiality import find_partiality
from mcc.actions.notify import Audience, list_own, list_readers
from mcc.actions.permissions import can
from mcc.actions.register import describe_collective, list_entries
from mcc.actions.verify import status_by_number
from mcc.db.queries.co_holders import co_holders_of
from mcc.db.tables import Application, Organisation
from mcc.errors import NotAllowed, NotFound, Refused
from tests.office import Office


@pytest.fixture
def draft(office: Office) -> int:
    office.draft("otra")
    return office.draft("coop")


def ask(office: Office, key: int) -> str:
    with office.work("coop") as work:
        given = co_holders.CoHolderInput(name="Las de al lado")
        return co_holders.ask_co_holder(work, office.open_draft(work, key), given)


def other(office: Office) -> Organisation:
    with office.look("otra") as work:
        (key,) = work.actor.organisations
        found = work.session.get(Organisation, key)
        assert found is not None
        return found


def agree(office: Office, token: str) -> None:
    organisation = other(office)
    with office.work("otra") as work:
        co_holders.agree_to_hold(work, token, organisation)


def submit(office: Office, key: int) -> None:
    with office.work("coop") as work:
        apply.submit(work, office.open_draft(work, key), declaration=True)


def test_an_application_waits_for_everybody_who_was_asked(office: Office, draft: int) -> None:
    token = ask(office, draft)
    with pytest.raises(Refused) as refused:
        submit(office, draft)
    assert refused.value.facts["guard"] == "co_holders_agreed"
    agree(office, token)
    submit(office, draft)


def test_whoever_was_taken_off_is_not_waited_for_and_cannot_agree(office: Office, draft: int) -> None:
    token = ask(office, draft)
    with office.work("coop") as work:
        application = office.open_draft(work, draft)
        (row,) = co_holders_of(work.session, application.key)
        co_holders.end_co_holder(work, application, row.key)
    with pytest.raises(NotFound):
        agree(office, token)
    submit(office, draft)


def _revise(office: Office, key: int, process: str) -> None:
    with office.work("coop") as work:
        application = office.open_draft(work, key)
        scope = apply.ScopeInput(**application.model_dump(include=set(apply.ScopeInput.model_fields)))
        apply.revise_application(work, application, scope.model_copy(update={"process": process}))


def test_another_scope_asks_the_holders_again_and_the_same_does_not(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    _revise(office, draft, "Elaboración artesanal con leche propia.")
    with office.look("otra") as work:
        assert co_holders.list_waiting(work, office.open_draft(work, draft)) == []
    _revise(office, draft, "Con leche de otros.")
    with pytest.raises(Refused) as refused:
        submit(office, draft)
    assert refused.value.facts["guard"] == "co_holders_agreed"
    with office.work("otra") as work:
        application = office.open_draft(work, draft)
        (organisation,) = co_holders.list_waiting(work, application)
        co_holders.agree_again(work, application, organisation)
    submit(office, draft)


def test_holders_who_are_asked_again_are_told(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    _revise(office, draft, "Con leche de otros.")
    with office.look("otra") as work:
        assert [row.code for row in list_own(work)] == ["scope_changed"]


def test_an_answer_to_the_office_waits_for_the_holders_too(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    submit(office, draft)
    with office.work("coord") as work:
        application = office.open_draft(work, draft)
        admit.take_up(work, application, admit.TakeUpInput(expediente="2026-81-1010-00001"))
        admit.request_information(work, application, admit.RequestInput(items=["Otro alcance"]))
    _revise(office, draft, "Con leche de otros.")
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        apply.answer_request(work, office.open_draft(work, draft), apply.AnswersInput(answers=["Listo"]))
    assert refused.value.facts["guard"] == "co_holders_agreed"


def test_a_link_works_once(office: Office, draft: int) -> None:
    token = ask(office, draft)
    agree(office, token)
    with pytest.raises(NotFound) as used:
        agree(office, token)
    assert used.value.code == "co_holder_unknown"


def test_a_link_ends_when_the_application_is_handed_in(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    late = ask(office, draft)
    with office.work("coop") as work:
        application = office.open_draft(work, draft)
        co_holders.end_co_holder(work, application, co_holders_of(work.session, application.key)[-1].key)
    submit(office, draft)
    with pytest.raises(NotFound):
        agree(office, late)


def test_nobody_agrees_for_a_collective_that_is_not_theirs(office: Office, draft: int) -> None:
    token = ask(office, draft)
    organisation = other(office)
    with pytest.raises(NotAllowed), office.work("eval.1") as work:
        co_holders.agree_to_hold(work, token, organisation)


def test_a_collective_holds_it_once(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    with pytest.raises(Refused) as refused:
        agree(office, ask(office, draft))
    assert refused.value.code == "already_a_holder"


def test_the_others_see_the_file_and_change_nothing(office: Office, draft: int) -> None:
    def seen() -> list[int]:
        with office.look("otra") as work:
            return [row.key for row, owner in list_visible(work) if owner.key not in work.actor.organisations]

    token = ask(office, draft)
    assert seen() == []
    agree(office, token)
    assert seen() == [draft]
    with office.look("otra") as work:
        application = work.session.get(Application, draft)
        assert can(work, "view_application", application)
        for action in ("draft_application", "submit", "withdraw_application", "name_co_holders"):
            assert can(work, action, application).refusal == "not_your_organisation"


@pytest.fixture
def together(office: Office, draft: int) -> str:
    """The number of an application that two collectives hold."""
    organisation = other(office)
    known = organisation.model_dump(include=set(apply.OrganisationInput.model_fields))
    with office.work("otra") as work:
        mine = find_folder(work, organisation.key)
        given = apply.OrganisationInput(**known | {"name": "Apiarios de Prueba (ficticios)"})
        apply.revise_organisation(work, mine, given)
    agree(office, ask(office, draft))
    submit(office, draft)
    with office.look("coop") as work:
        number = work.session.exec(select(Application.number).where(Application.id == draft)).one()
    assert number is not None
    return number


def drive(office: Office, number: str) -> str:
    """To the certificate; returns its number."""
    for step in (office.admit, office.begin, office.score_both, office.review, office.decide, office.issue):
        step(number)
    with office.look("coord") as work:
        return office.certificate(work, number).number


def test_who_belongs_to_one_of_the_holders_does_not_evaluate(office: Office, together: str) -> None:
    with office.work("admin") as work:
        join_organisation(work, "eval.1", other(office).key)
    office.admit(together)
    with office.look("coord") as work:
        person = find_account(work, "eval.1")
        partiality = find_partiality(work, office.application(work, together), person.key)
    assert partiality == "own_organisation"
    with pytest.raises(Refused):
        office.seat(together)


def test_the_office_does_not_see_what_its_own_people_hold(office: Office, together: str) -> None:
    with office.work("admin") as work:
        join_organisation(work, "coord", other(office).key)
    with office.look("coord") as work:
        assert list_visible(work) == []
        application = work.session.exec(select(Application).where(Application.number == together)).one()
        assert can(work, "view_application", application).refusal == "own_organisation"


def test_the_certificate_names_every_holder(office: Office, together: str) -> None:
    certificate = drive(office, together)
    with office.look("coord") as work:
        status = status_by_number(work, certificate)
    assert status.holder == "Cooperativa de Prueba (ficticia) y Apiarios de Prueba (ficticios)"


def test_all_the_holders_are_told(office: Office, together: str) -> None:
    with office.look("otra") as work:
        application = work.session.exec(select(Application).where(Application.number == together)).one()
        readers = set(list_readers(work, Audience.COLLECTIVE, application))
        assert {find_account(work, name).key for name in ("coop", "otra")} == readers


def test_the_register_leads_to_every_holder(office: Office, together: str) -> None:
    certificate = drive(office, together)
    with office.installation.look() as work:
        (entry,) = list_entries(work)
        assert [holder.name for holder in entry.holders] == [
            "Cooperativa de Prueba (ficticia)",
            "Apiarios de Prueba (ficticios)",
        ]
        for holder in entry.holders:
            page = describe_collective(work, holder.key)
            assert (page.name, [one.status.number for one in page.entries]) == (holder.name, [certificate])


def test_no_holder_loses_its_mark_by_what_another_applied_for(office: Office, together: str) -> None:
    shared = drive(office, together)
    with office.look("coop") as work:
        (mine,) = work.actor.organisations
    alone = drive(office, office.submit("coop", mine))
    with office.installation.look() as work:
        assert status_by_number(work, shared).state == "valid"
    newest = drive(office, office.submit("coop", mine))
    with office.installation.look() as work:
        states = [status_by_number(work, number).state for number in (shared, alone, newest)]
    assert states == ["valid", "superseded", "valid"]


@pytest.fixture
def reopened(office: Office, draft: int) -> int:
    """Back in admissibility with a holder who has not agreed to what stands now: archived while it was asked again."""
    agree(office, ask(office, draft))
    submit(office, draft)
    with office.work("coord") as work:
        application = office.open_draft(work, draft)
        admit.take_up(work, application, admit.TakeUpInput(expediente="2026-81-1010-00001"))
        admit.request_information(work, application, admit.RequestInput(items=["Otro alcance"]))
    _revise(office, draft, "Con leche de otros.")
    office.pass_days(30)
    with office.work("coord") as work:
        application = office.open_draft(work, draft)
        admit.remind_applicant(work, application)
        admit.remind_applicant(work, application)
        admit.archive(work, application)
        admit.reopen(work, application)
    return draft


def _admit(office: Office, key: int) -> None:
    with office.work("coord") as work:
        admit.admit(work, office.open_draft(work, key), eligible=True)


def test_nothing_is_admitted_with_a_holder_who_has_not_agreed(office: Office, reopened: int) -> None:
    with pytest.raises(Refused) as refused:
        _admit(office, reopened)
    assert refused.value.facts["guard"] == "co_holders_agreed"
    with office.look("coop") as work:
        assert describe_standing(work, office.open_draft(work, reopened)).missing == ("holders",)


def test_a_holder_who_is_waited_for_agrees_with_the_office_too(office: Office, reopened: int) -> None:
    with office.work("otra") as work:
        application = office.open_draft(work, reopened)
        (organisation,) = co_holders.list_waiting(work, application)
        co_holders.agree_again(work, application, organisation)
    _admit(office, reopened)
    with office.look("coord") as work:
        assert office.open_draft(work, reopened).state == "admitted"


def test_a_holder_who_is_waited_for_is_taken_off_and_one_who_agreed_is_not(
    office: Office, reopened: int
) -> None:
    with office.work("coop") as work:
        application = office.open_draft(work, reopened)
        (row,) = co_holders_of(work.session, application.key)
        co_holders.end_co_holder(work, application, row.key)
    _admit(office, reopened)
    with office.look("coord") as work:
        assert office.open_draft(work, reopened).state == "admitted"


def test_who_agreed_is_not_taken_off_once_the_office_has_the_file(office: Office, draft: int) -> None:
    agree(office, ask(office, draft))
    submit(office, draft)
    with pytest.raises(NotAllowed) as refused, office.work("coop") as work:
        application = office.open_draft(work, draft)
        (row,) = co_holders_of(work.session, application.key)
        co_holders.end_co_holder(work, application, row.key)
    assert refused.value.code == "no_longer_a_draft"

"""Accounts: what ends, ends at once; and the rules of the administration hold from whichever side one comes."""

import pytest
from sqlmodel import select

from mcc.actions import accounts, members, suspend
from mcc.actions.accounts import (
    AccountInput,
    RolesInput,
    create_api_key,
    end_api_key,
    find_account,
    join_organisation,
    list_api_keys,
    set_password,
)
from mcc.actions.inputs import parse_input
from mcc.actions.sign_in import find_credential, open_session
from mcc.actions.work import PUBLIC, SYSTEM
from mcc.db.tables import LoginSession, Organisation
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.office import Office


def test_a_new_password_signs_out_whoever_had_the_old_one_and_nobody_else(office: Office) -> None:
    with office.installation.work(PUBLIC) as work:
        open_session(work, find_credential(work, "coop"))
        mine = find_account(work, "coop").key
        before = [row.account_id for row in work.session.exec(select(LoginSession))]
    with office.work("admin") as work:
        set_password(work, "coop", "otra clave larga de prueba")
    with office.work("admin") as work:
        after = [row.account_id for row in work.session.exec(select(LoginSession))]
    assert mine in before
    assert after == [account for account in before if account != mine]


@pytest.mark.parametrize("role", ["system", "public"])
def test_nobody_is_given_the_role_of_the_program_or_of_a_stranger(role: str) -> None:
    for model, rest in (
        (RolesInput, {}),
        (AccountInput, {"username": "ana", "name": "Ana", "password": "una clave larga"}),
    ):
        with pytest.raises(InputInvalid) as refused:
            parse_input(model, {"roles": ["coordinator", role], **rest})
        assert [(row.where, row.code) for row in refused.value.problems] == [("roles.1", "enum")]


def test_nobody_takes_the_administration_from_themselves(office: Office) -> None:
    with office.work("admin") as work:
        with pytest.raises(Refused) as refused:
            accounts.change_roles(work, "admin", [])
        assert refused.value.code == "own_administration"
        with pytest.raises(Refused) as refused:
            accounts.close_account(work, "admin")
        assert refused.value.code == "own_administration"


def test_nobody_belongs_to_a_collective_twice(office: Office) -> None:
    key = office.register("coop")
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "otra", key)
        with pytest.raises(Refused) as refused:
            join_organisation(work, "otra", key)
    assert refused.value.code == "already_a_member"
    with office.work("otra") as work:
        members.end_membership(work, work.session.get_one(Organisation, key), work.actor.key)
    with office.look("otra") as work:
        assert work.actor.organisations == frozenset()


def test_a_key_is_listed_without_itself_and_ends(office: Office) -> None:
    with office.work("admin") as work:
        token = create_api_key(work, "coord", "Planilla")
        (row,) = list_api_keys(work, "coord")
        assert (row.label, token in row.token_digest) == ("Planilla", False)
        assert accounts.actor_of_api_key(work, token) is not None
        end_api_key(work, "coord", row.key)
        assert accounts.actor_of_api_key(work, token) is None
        assert list_api_keys(work, "coord") == []
        with pytest.raises(NotFound):
            end_api_key(work, "coord", row.key)


def test_a_new_password_and_a_closed_account_end_every_key(office: Office) -> None:
    with office.work("admin") as work:
        tokens = [create_api_key(work, "coord", "a"), create_api_key(work, "audita", "b")]
        set_password(work, "coord", "otra clave larga de prueba")
        accounts.close_account(work, "audita")
    with office.work("admin") as work:
        assert [accounts.actor_of_api_key(work, token) for token in tokens] == [None, None]
        assert list_api_keys(work, "coord") == list_api_keys(work, "audita") == []


def test_only_the_administration_sees_keys(office: Office) -> None:
    with office.look("coord") as work, pytest.raises(NotAllowed):
        list_api_keys(work, "coord")


def test_whoever_helps_a_collective_does_not_give_its_mark_up(office: Office) -> None:
    number = office.issued()
    with office.work("coop") as work:
        organisation = work.session.get_one(Organisation, office.application(work, number).organisation_id)
        token = members.invite(work, organisation, members.InvitationInput(name="Ayuda"))
    with office.work("otra") as work:
        members.accept_invitation(work, token)
    with office.work("otra") as work:
        with pytest.raises(NotAllowed) as refused:
            suspend.relinquish(
                work, office.certificate(work, number), suspend.ReasonInput(reason="Cerramos.")
            )
        assert refused.value.code == "representatives_only"


def test_a_closed_account_represents_nobody(office: Office) -> None:
    """The other representative cannot leave, as nobody would be left."""
    key = office.register("coop")
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "otra", key)
        accounts.close_account(work, "otra")
    with office.work("coop") as work:
        organisation = work.session.get_one(Organisation, key)
        with pytest.raises(Refused) as refused:
            members.end_membership(work, organisation, work.actor.key)
    assert refused.value.code == "last_representative"

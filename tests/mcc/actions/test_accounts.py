"""Accounts: what ends, ends at once."""

from sqlmodel import select

from mcc.actions.accounts import find_account, set_password, sign_in
from mcc.actions.work import PUBLIC
from mcc.db.tables import LoginSession
from tests.office import PASSWORD, Office


def test_a_new_password_signs_out_whoever_had_the_old_one_and_nobody_else(office: Office) -> None:
    with office.installation.work(PUBLIC) as work:
        sign_in(work, "coop", PASSWORD)
        mine = find_account(work, "coop").key
        before = [row.account_id for row in work.session.exec(select(LoginSession))]
    with office.work("admin") as work:
        set_password(work, "coop", "otra clave larga de prueba")
    with office.work("admin") as work:
        after = [row.account_id for row in work.session.exec(select(LoginSession))]
    assert mine in before
    assert after == [account for account in before if account != mine]

"""Signing in: limits that no spelling and no second session gets around, and no lock while a password is compared."""

import threading
from collections.abc import Callable

import pyotp
import pytest
from argon2 import PasswordHasher

from mcc.actions import journal, own_account, passwords, second_step
from mcc.actions.accounts import AccountInput, close_account, create_account, find_account, set_password
from mcc.actions.sign_in import TRIES, find_credential, note_refused_sign_in, open_session
from mcc.actions.work import PUBLIC, SYSTEM, Role
from mcc.api.signing_in import open_session as sign_in
from mcc.db.tables import SecondStep
from mcc.errors import InputInvalid, NotSignedIn, TooManyAttempts
from tests.office import PASSWORD, Office


def _give_address(office: Office, username: str, email: str) -> None:
    with office.work(username) as work:
        own_account.choose(work, own_account.ChoicesInput(name="A", email=email))


def _refuse(office: Office, name: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            sign_in(office.installation, name, "equivocada")


def _is_locked_out(office: Office, name: str) -> bool:
    try:
        sign_in(office.installation, name, PASSWORD)
    except TooManyAttempts:
        return True
    return False


def test_every_way_to_write_a_name_counts_for_the_same_account(office: Office) -> None:
    _give_address(office, "coop", "coop@ejemplo.invalid")
    for name in ("coop", " coop", "COOP", "coop@ejemplo.invalid", "Coop@Ejemplo.invalid "):
        _refuse(office, name, 2)
    assert _is_locked_out(office, "coop")
    assert _is_locked_out(office, "cOOp@ejemplo.INVALID")
    assert not _is_locked_out(office, "coord")


def test_a_name_of_nobody_is_locked_out_the_same(office: Office) -> None:
    _refuse(office, "nadie", TRIES)
    assert _is_locked_out(office, "Nadie ")


def test_a_password_that_changed_while_it_was_compared_opens_nothing(office: Office) -> None:
    with office.installation.look(PUBLIC) as work:
        credential = find_credential(work, "coop")
    with office.work("admin") as work:
        set_password(work, "coop", "otra clave larga de prueba")
    with office.installation.work(PUBLIC) as work, pytest.raises(NotSignedIn):
        open_session(work, credential)


def test_many_guesses_at_once_get_no_further_than_one_by_one(office: Office) -> None:
    """The right one was among those that were looked at before any was refused."""
    with office.installation.look(PUBLIC) as work:
        credential = find_credential(work, "coop")
    assert credential.fits(PASSWORD)
    _refuse(office, "coop", TRIES)
    with office.installation.work(PUBLIC) as work, pytest.raises(TooManyAttempts):
        open_session(work, credential)


def test_an_account_that_was_closed_opens_nothing(office: Office) -> None:
    with office.work("admin") as work:
        close_account(work, "coop")
    _refuse(office, "coop")
    with pytest.raises(NotSignedIn):
        sign_in(office.installation, "coop", PASSWORD)


def _add_device(office: Office, username: str) -> str:
    with office.work(username) as work:
        device: SecondStep = second_step.begin_device(work, "Teléfono")
        second_step.confirm_device(work, pyotp.TOTP(device.secret).at(work.now))
        return device.secret


def test_another_session_brings_no_new_tries_for_the_code(office: Office) -> None:
    secret = _add_device(office, "coop")
    for _ in range(second_step.TRIES):
        token = sign_in(office.installation, "coop", PASSWORD).token
        with office.installation.work(PUBLIC) as work:
            with pytest.raises(InputInvalid):
                second_step.pass_second_step(work, token, "000000")
            second_step.note_wrong_code(work, token)
    token = sign_in(office.installation, "coop", PASSWORD).token
    with office.installation.work(PUBLIC) as work:
        right = pyotp.TOTP(secret).at(work.now, counter_offset=1)
        with pytest.raises(TooManyAttempts):
            second_step.pass_second_step(work, token, right)


def _open_account(office: Office) -> None:
    given = own_account.NewAccountInput(name="A", email="nueva@ejemplo.invalid", password=PASSWORD)
    with office.installation.work(PUBLIC) as work:
        own_account.open_account(work, given)


def _create_account(office: Office) -> None:
    with office.work("admin") as work:
        given = AccountInput(username="nueva", name="A", password=PASSWORD, roles=[Role.AUDITOR])
        create_account(work, given)


SLOW_WORK: dict[str, Callable[[Office], object]] = {
    "sign in": lambda office: sign_in(office.installation, "coop", PASSWORD),
    "refuse": lambda office: _refuse(office, "coop"),
    "open account": _open_account,
    "create account": _create_account,
}


class Halting:
    """The real hasher, which waits in the middle until somebody else has written."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=64)
        self.reached, self.go_on = threading.Event(), threading.Event()

    def hash(self, password: str) -> str:
        self._halt()
        return self._hasher.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        self._halt()
        return self._hasher.verify(password_hash, password)

    def _halt(self) -> None:
        self.reached.set()
        assert self.go_on.wait(10)


@pytest.mark.parametrize("slow", SLOW_WORK)
def test_nobody_waits_while_a_password_is_hashed(
    office: Office, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    halting = Halting()
    monkeypatch.setattr(passwords, "HASHER", halting)
    thread = threading.Thread(target=lambda: SLOW_WORK[slow](office))
    thread.start()
    assert halting.reached.wait(10)
    with office.installation.work(SYSTEM) as work:
        journal.record(work, "account:1", "choose", role=Role.SYSTEM)
    halting.go_on.set()
    thread.join(20)
    assert not thread.is_alive()


def test_a_refusal_is_kept_without_the_name_that_was_typed(office: Office) -> None:
    with office.installation.work(PUBLIC) as work:
        credential = find_credential(work, "mi clave secreta")
        note_refused_sign_in(work, credential)
    assert "secreta" not in credential.subject
    with office.look("coop") as work:
        assert find_account(work, "coop").key > 0


@pytest.mark.parametrize("password", ["clave con blanco ", "  clave larga", "ñandú  con  dos"])
def test_a_password_opens_as_it_was_typed_when_it_was_chosen(office: Office, password: str) -> None:
    given = own_account.NewAccountInput(name="A", email="nueva@ejemplo.invalid", password=password)
    with office.installation.work(PUBLIC) as work:
        own_account.open_account(work, given)
    assert sign_in(office.installation, "nueva@ejemplo.invalid", password).token
    with pytest.raises(NotSignedIn):
        sign_in(office.installation, "nueva@ejemplo.invalid", f"{password} ")

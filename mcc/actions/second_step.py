"""A second device for signing in: six digits from an app, besides the password (RFC 6238)."""

from base64 import b32encode
from datetime import datetime, timedelta

import pyotp

from mcc.actions import journal
from mcc.actions.inputs import Line
from mcc.actions.permissions import require
from mcc.actions.sign_in import login_session_waiting
from mcc.actions.work import Role, Work
from mcc.db.queries.accounts import account_by_username, second_steps_of
from mcc.db.queries.journal import count_events_since
from mcc.db.tables import SecondStep
from mcc.errors import InputInvalid, NotFound, NotSignedIn, Problem, TooManyAttempts

ISSUER = "Marca Cooperativa Canaria"
DRIFT = 1
"""Time steps of thirty seconds by which the clock of a telephone may be off."""
TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
SECRET_BYTES = 20


def has_second_step(work: Work, account_id: int) -> bool:
    return any(row.confirmed_at is not None for row in second_steps_of(work.session, account_id))


def list_devices(work: Work) -> list[SecondStep]:
    return [row for row in second_steps_of(work.session, work.actor.key) if row.confirmed_at is not None]


def pending_device(work: Work) -> SecondStep | None:
    """The one that is being added, until its first code."""
    return next(
        (row for row in second_steps_of(work.session, work.actor.key) if row.confirmed_at is None), None
    )


def begin_device(work: Work, label: Line) -> SecondStep:
    """A new secret, to be shown as a QR code; a device that was begun and not confirmed gives way."""
    unfinished = pending_device(work)
    if unfinished is not None:
        unfinished.ended_at = work.now
        work.session.add(unfinished)
    device = SecondStep(account_id=work.actor.key, label=label, secret=draw_secret(work), created_at=work.now)
    work.add(device)
    journal.record(work, f"second_step:{device.id}", "begin_device", role=work.actor.any_role)
    return device


def draw_secret(work: Work) -> str:
    """160 random bits in base32, as RFC 4226 asks for."""
    return b32encode(work.chance(SECRET_BYTES)).decode()


def address_for_app(work: Work, device: SecondStep) -> str:
    """What the QR code holds: the app reads the secret and whose it is."""
    address: str = pyotp.TOTP(device.secret).provisioning_uri(name=work.actor.username, issuer_name=ISSUER)
    return address


def confirm_device(work: Work, code: str) -> None:
    """The first code shows that the app has the secret: from now on every sign-in asks for one."""
    device = pending_device(work)
    if device is None:
        raise NotFound("device_unknown", where="device")
    step = find_step(device, code, work.now)
    if step is None:
        raise InputInvalid([Problem("code", "code_wrong")])
    device.confirmed_at, device.last_step = work.now, step
    work.session.add(device)
    journal.record(work, f"second_step:{device.id}", "confirm_device", role=work.actor.any_role)


def end_device(work: Work, key: int) -> None:
    device = next((row for row in list_devices(work) if row.key == key), None)
    if device is None:
        raise NotFound("device_unknown", where="device")
    device.ended_at = work.now
    work.session.add(device)
    journal.record(work, f"second_step:{device.id}", "end_device", role=work.actor.any_role)


def end_devices_of(work: Work, username: str) -> None:
    """For somebody who lost the telephone: an administrator, who knows them, opens the door with the password alone."""
    role = require(work, "manage_accounts")
    account = account_by_username(work.session, username)
    if account is None:
        raise NotFound("account_unknown", where="username", value=username)
    for device in second_steps_of(work.session, account.key):
        device.ended_at = work.now
        work.session.add(device)
    journal.record(work, f"account:{account.id}", "end_devices", role=role)


def pass_second_step(work: Work, token: str, code: str) -> None:
    """Open the session that waits for its code. A code that opened once opens nothing again.

    Raises NotSignedIn for a session that does not wait, InputInvalid for a wrong code, TooManyAttempts after five in
    a quarter of an hour, whichever session they were for: a password that is known opens no new tries.
    """
    session = login_session_waiting(work, token)
    if session is None:
        raise NotSignedIn("not_signed_in")
    account, since = f"account:{session.account_id}", work.now - TRIES_WITHIN
    if count_events_since(work.session, account, "code_refused", since) >= TRIES:
        raise TooManyAttempts("too_many_attempts", minutes=int(TRIES_WITHIN.total_seconds() // 60))
    for device in second_steps_of(work.session, session.account_id):
        step = None if device.confirmed_at is None else find_step(device, code, work.now)
        if step is not None:
            device.last_step = step
            session.waiting = None
            work.session.add_all([device, session])
            journal.record(work, f"second_step:{device.id}", "pass_second_step", role=Role.PUBLIC)
            return
    raise InputInvalid([Problem("code", "code_wrong")])


def note_wrong_code(work: Work, token: str) -> None:
    """Counted in a piece of work of its own, since a refusal leaves nothing."""
    session = login_session_waiting(work, token)
    if session is not None:
        journal.record(work, f"account:{session.account_id}", "code_refused", role=Role.PUBLIC)


def find_step(device: SecondStep, code: str, now: datetime) -> int | None:
    """The time step that the code is of, if it was not used and lies within the drift."""
    generator = pyotp.TOTP(device.secret)
    current = generator.timecode(now)
    for step in range(current - DRIFT, current + DRIFT + 1):
        unused = device.last_step is None or step > device.last_step
        if unused and pyotp.utils.strings_equal(generator.generate_otp(step), code.replace(" ", "")):
            return step
    return None

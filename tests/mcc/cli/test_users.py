"""`mcc users`: the first administrator, and what administrators do."""

from pathlib import Path

import pytest

from mcc.api.signing_in import open_session
from mcc.errors import MccError
from mcc.installation import open_installation
from mcc.settings import Settings
from tests.mcc.cli.conftest import Mcc


@pytest.fixture
def data(mcc: Mcc, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert mcc("init", "--data", folder).code == 0
    return folder


def may_sign_in(data: Path, username: str, password: str) -> bool:
    installation = open_installation(Settings(data=data))
    try:
        open_session(installation, username, password)
    except MccError:
        return False
    finally:
        installation.close()
    return True


def test_the_first_administrator_gets_a_password_that_opens(mcc: Mcc, data: Path) -> None:
    result = mcc("users", "create-first", "ana", "--name", "Ana Prueba", "--data", data, "--json")
    assert result.code == 0
    assert may_sign_in(data, "ana", result.document["password"])


def test_there_is_only_one_first_administrator(mcc: Mcc, data: Path) -> None:
    mcc("users", "create-first", "ana", "--name", "Ana Prueba", "--data", data)
    result = mcc("users", "create-first", "eva", "--name", "Eva Prueba", "--data", data)
    assert (result.code, result.err) == (
        1,
        "There are accounts already: an administrator can create the others.\n",
    )


def test_a_password_is_read_from_a_file_and_never_printed(mcc: Mcc, data: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("una clave bien larga\n", encoding="utf-8")
    result = mcc("users", "create-first", "ana", "--name", "Ana", "--password-file", secret, "--data", data)
    assert (result.code, result.out) == (0, "ana\n")
    assert may_sign_in(data, "ana", "una clave bien larga")


def test_a_short_password_is_refused(mcc: Mcc, data: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("corta", encoding="utf-8")
    result = mcc(
        "users", "create", "ana", "auditor", "--name", "Ana", "--password-file", secret, "--data", data
    )
    assert (result.code, result.err) == (1, "Password: It is empty or too short: at least 10 characters.\n")


def test_the_life_of_an_account(mcc: Mcc, data: Path) -> None:
    first = mcc("users", "create", "ana", "auditor", "--name", "Ana", "--data", data, "--json").document[
        "password"
    ]
    assert mcc("users", "roles", "ana", "coordinator", "reviewer", "--data", data).code == 0
    second = mcc("users", "password", "ana", "--data", data, "--json").document["password"]
    assert (may_sign_in(data, "ana", first), may_sign_in(data, "ana", second)) == (False, True)
    assert len(mcc("users", "api-key", "ana", "--label", "x", "--data", data).out.strip()) == 52
    (key,) = mcc("users", "api-keys", "ana", "--data", data, "--json").document
    assert key["label"] == "x"
    assert mcc("users", "end-api-key", "ana", key["id"], "--data", data).code == 0
    assert mcc("users", "api-keys", "ana", "--data", data, "--json").document == []
    assert mcc("users", "close", "ana", "--data", data).code == 0
    assert not may_sign_in(data, "ana", second)
    assert mcc("users", "list", "--data", data, "--json").document == [
        {"username": "ana", "name": "Ana", "roles": ["coordinator", "reviewer"], "active": False}
    ]


def test_only_an_administrator_acts_for_others(mcc: Mcc, data: Path) -> None:
    mcc("users", "create", "ana", "auditor", "--name", "Ana", "--data", data)
    result = mcc("users", "close", "ana", "--as", "ana", "--data", data)
    assert (result.code, result.err) == (1, "Your account does not have the role that this needs.\n")


def test_an_unknown_account_is_named(mcc: Mcc, data: Path) -> None:
    result = mcc("users", "close", "nadie", "--data", data)
    assert (result.code, result.err) == (1, "There is no account with the username “nadie”.\n")


def test_a_closed_account_acts_no_more(mcc: Mcc, data: Path) -> None:
    mcc("users", "create", "ana", "administrator", "--name", "Ana", "--data", data)
    mcc("users", "close", "ana", "--data", data)
    result = mcc("users", "close", "ana", "--as", "ana", "--data", data)
    assert (result.code, result.err) == (1, "The account “ana” is closed.\n")


def test_init_again_keeps_everything(mcc: Mcc, data: Path) -> None:
    mcc("users", "create", "ana", "auditor", "--name", "Ana", "--data", data)
    assert mcc("init", "--data", data).code == 0
    assert [row["username"] for row in mcc("users", "list", "--data", data, "--json").document] == ["ana"]


def test_settings_name_every_variable_with_its_source(mcc: Mcc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCC_PORT", "8123")
    rows = {row["variable"]: row for row in mcc("settings", "--json").document}
    assert set(rows) == {f"MCC_{name.upper()}" for name in Settings.model_fields}
    assert (rows["MCC_PORT"]["value"], rows["MCC_PORT"]["source"]) == ("8123", "environment")
    assert rows["MCC_HOST"]["source"] == "default"

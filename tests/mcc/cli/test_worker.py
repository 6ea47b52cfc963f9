"""`mcc worker`: the key that it cannot use is named; it ends when it is told to."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12

from mcc.phrases import knows
from tests.mcc.cli.conftest import Mcc
from tests.office import Office


@pytest.fixture
def data(office: Office) -> Path:
    return office.installation.settings.data


@pytest.mark.parametrize("code", ["unreadable", "no_key", "not_p256"])
def test_every_fault_of_a_key_has_a_sentence(code: str) -> None:
    assert knows(f"error.signer_{code}")


def test_a_key_that_cannot_be_opened_is_named(
    mcc: Mcc, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sello.p12"
    key = ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, None, None, BestAvailableEncryption(b"x"))
    )
    monkeypatch.setenv("MCC_PKCS12", str(file))
    result = mcc("worker", "--data", data)
    assert (result.code, str(file) in result.err, "Traceback" in result.err) == (2, True, False)


def test_a_key_without_a_certificate_is_named(
    mcc: Mcc, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sello.p12"
    key = rsa.generate_private_key(65537, 2048)
    file.write_bytes(pkcs12.serialize_key_and_certificates(None, key, None, None, NoEncryption()))
    monkeypatch.setenv("MCC_PKCS12", str(file))
    result = mcc("worker", "--data", data)
    assert (result.code, result.err) == (2, f"The file {file} does not hold a key with its certificate.\n")


def test_a_worker_ends_when_its_input_closes(data: Path) -> None:
    command = [sys.executable, "-m", "mcc", "worker", "--data", str(data), "--with-parent"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")

"""`mcc certificate verify`: yes, no, or cannot tell."""

import shutil
from pathlib import Path

import pytest

from mcc.actions.work import SYSTEM
from mcc.cli.answering import answer
from tests.mcc.cli.conftest import Mcc
from tests.office import Office


@pytest.fixture
def data(office: Office) -> Path:
    return office.installation.settings.data


@pytest.fixture
def printed(office: Office) -> str:
    """The number of a published certificate."""
    number = office.issued()
    with office.installation.look(SYSTEM) as work:
        return office.certificate(work, number).number


@pytest.fixture
def pdf(printed: str, data: Path, tmp_path: Path) -> Path:
    """The certificate, as somebody was sent it."""
    copy = tmp_path / "certificado.pdf"
    shutil.copyfile(data / "certificates" / f"{printed}.pdf", copy)
    return copy


def test_with_the_register_an_authentic_file_is_valid(mcc: Mcc, data: Path, pdf: Path) -> None:
    result = mcc("certificate", "verify", pdf, "--data", data, "--json")
    document = result.document
    assert (result.code, document["verdict"], document["status"]) == (0, "valid", "valid")
    assert list(document) == ["verdict", "number", "status", "reasons"]
    assert document["number"].startswith("MCC-2026-000001-")


def test_without_the_register_nobody_can_tell(mcc: Mcc, data: Path, pdf: Path) -> None:
    result = mcc("certificate", "verify", pdf, "--trust", data / "trust" / "root.pem", "--json")
    document = result.document
    assert (result.code, document["verdict"], document["status"]) == (2, "indeterminate", None)
    assert "register_not_consulted" in [reason["code"] for reason in document["reasons"]]


def test_a_register_that_is_not_there_is_no_register(mcc: Mcc, data: Path, pdf: Path, tmp_path: Path) -> None:
    trust = data / "trust" / "root.pem"
    result = mcc("certificate", "verify", pdf, "--trust", trust, "--data", tmp_path / "nowhere", "--json")
    assert (result.code, result.document["verdict"]) == (2, "indeterminate")


@pytest.mark.parametrize("register", [True, False])
def test_a_changed_file_is_invalid_either_way(mcc: Mcc, data: Path, pdf: Path, *, register: bool) -> None:
    content = bytearray(pdf.read_bytes())
    content[len(content) // 2] ^= 1
    pdf.write_bytes(bytes(content))
    place = ("--data", data) if register else ("--trust", data / "trust" / "root.pem")
    result = mcc("certificate", "verify", pdf, *place, "--json")
    assert (result.code, result.document["verdict"]) == (1, "invalid")


@pytest.mark.parametrize("content", [b"", b"hola", b"%PDF-1.7\n"])
def test_what_is_no_certificate_is_invalid(mcc: Mcc, data: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    result = mcc("certificate", "verify", file, "--trust", data / "trust" / "root.pem", "--json")
    assert (result.code, result.document["verdict"]) == (1, "invalid")


def test_a_suspended_certificate_is_authentic_and_says_so(
    mcc: Mcc, data: Path, pdf: Path, printed: str
) -> None:
    mcc("certificate", "suspend", printed, "--as", "coord", "--reason", "Motivo.", "--data", data)
    result = mcc("certificate", "verify", pdf, "--data", data)
    assert (result.code, "SUSPENDED" in result.out) == (0, True)


def test_what_a_stranger_wrote_does_not_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    answer({}, "No es válido.", "Firma de \x1b[2K\x1b[1AVálido\r.")
    assert capsys.readouterr().out == "No es válido.\nFirma de \ufffd[2K\ufffd[1AVálido\ufffd.\n"

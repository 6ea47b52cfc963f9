"""One development authority and one issued certificate for all these tests, made once; and the outside judges."""

import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from certificates import (
    Claims,
    IssuedCertificate,
    Resolution,
    Signer,
    certificate_number,
    issue,
    open_development_authority,
)

AT = datetime(2026, 10, 16, 12, 0, tzinfo=UTC)
ADDRESS = "https://marca.invalid/v/abcdefghijklmnopqrstuvw234"

Claim = Callable[..., Claims]
"""Usual claims with some of them changed, by name."""
Run = Callable[..., str]
"""Runs an outside tool on a PDF: `run(pdf, "pdfinfo", "-meta")`; it must end well. Returns what it printed."""


@pytest.fixture(scope="session")
def at() -> datetime:
    return AT


@pytest.fixture(scope="session")
def claim() -> Claim:
    usual: dict[str, Any] = {
        "number": certificate_number(2026, 1),
        "public_address": ADDRESS,
        "holder": "Cooperativa Los Ñandúes (ficticia)",
        "holder_kind": "Cooperativa de trabajo",
        "municipality": "Santa Lucía",
        "products": ("Queso colonia", "Dulce de leche"),
        "process": "Elaboración artesanal con leche propia.",
        "site": "Camino de Prueba 123, Santa Lucía",
        "award": "granted",
        "award_label": "Marca Cooperativa Canaria",
        "edition": "mcc-2026",
        "edition_hash": "0" * 64,
        "pilot": True,
        "demonstration": True,
        "expediente": "2026-81-1010-00042",
        "resolution": Resolution(
            number="26/00777", date=date(2026, 10, 9), authority="Comité de Decisión (ficticio)"
        ),
        "issued_on": date(2026, 10, 16),
        "valid_until": date(2028, 10, 15),
        "issuer": "Emisor de prueba (ficticio)",
    }
    return lambda **changed: Claims(**{**usual, **changed})


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture(scope="session")
def trust(keys: Path, signer: Signer) -> Path:
    """The root that verifiers pin."""
    return keys.parent / "trust" / "root.pem"


@pytest.fixture(scope="session")
def signer(keys: Path) -> Signer:
    return open_development_authority(keys, at=AT, trust=keys.parent / "trust" / "root.pem")


@pytest.fixture(scope="session")
def issued(claim: Claim, signer: Signer) -> IssuedCertificate:
    return issue(claim(), signer, AT)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_on(pdf: bytes, tool: str, *options: str, after: tuple[str, ...] = ()) -> str:
        file = tmp_path / "judged.pdf"
        file.write_bytes(pdf)
        done = subprocess.run([tool, *options, str(file), *after], capture_output=True, check=False)
        assert done.returncode == 0, f"{tool}: {done.returncode} {done.stdout!r} {done.stderr!r}"
        assert done.stderr == b"", f"{tool} complains: {done.stderr!r}"
        return done.stdout.decode()

    return run_on

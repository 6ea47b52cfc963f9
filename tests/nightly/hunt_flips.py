"""A certificate with one to three of its bytes changed is never authentic, whatever a register says of it."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from certificates import Claims, Resolution, issue, open_development_authority, verify
from tests.nightly.hunting import Hunt, Round

AT = datetime(2028, 10, 16, 12, 0, tzinfo=UTC)

CLAIMS = Claims(
    number="MCC-2028-000001-M",
    public_address="http://127.0.0.1:8000/v/abcdefghijklmnopqrstuvwxyz",
    holder="Cooperativa de la Cacería (ficticia)",
    holder_kind="Cooperativa de trabajo",
    municipality="Canelones",
    products=("Pan de campo",),
    process="Amasado y horneado a leña.",
    site="Camino de prueba s/n",
    award="granted",
    award_label="Marca Cooperativa Canaria",
    edition="mcc-2026",
    edition_hash="0" * 64,
    pilot=True,
    demonstration=True,
    expediente="2028-81-0000-00001",
    resolution=Resolution(number="28/00001", date=date(2028, 10, 1), authority="Autoridad ficticia"),
    issued_on=date(2028, 10, 16),
    valid_until=date(2030, 10, 16),
    issuer="Emisor ficticio",
)


def prepare() -> Round:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signer = open_development_authority(folder / "keys", at=AT, trust=folder / "root.pem")
        pdf = issue(CLAIMS, signer, AT).pdf
        roots = [(folder / "root.pem").read_bytes()]
    assert verify(pdf, roots, at=AT, recorded=lambda _: True).verdict == "valid", "the untouched file"

    def change_once(chance: Random) -> None:
        changed = bytearray(pdf)
        places = chance.sample(range(len(pdf)), chance.randint(1, 3))
        for place in places:
            changed[place] ^= chance.randint(1, 255)
        verdict = verify(bytes(changed), roots, at=AT, recorded=lambda _: True).verdict
        assert verdict == "invalid", f"{verdict} with bytes changed at {sorted(places)}"

    return change_once


HUNTS = {"flips": Hunt(prepare, 20_000)}

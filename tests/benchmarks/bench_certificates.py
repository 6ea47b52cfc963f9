"""How fast a certificate is made, and that making many takes no more memory than making some."""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from certificates import (
    Claims,
    Resolution,
    Signer,
    certificate_number,
    issue,
    open_development_authority,
    public_code,
    verify,
)
from certificates import layout as certificate_layout

AT = datetime(2026, 10, 16, 12, 0, tzinfo=UTC)
TOOLS = Path(sys.executable).parent
TIMES_FASTER = 10
MOST_GROWTH = 1.05
PER_PAIR = 5
"""Certificates made in this process for each one that the two tools make."""
SAMPLES = 10
"""Readings of the memory that one figure is the median of."""


def claims(serial: int) -> Claims:
    return Claims(
        number=certificate_number(2026, serial),
        public_address=f"https://marca.invalid/v/{public_code(os.urandom)}",
        holder=f"Cooperativa de Prueba {serial} (ficticia)",
        holder_kind="Cooperativa de trabajo",
        municipality="Santa Lucía",
        products=("Queso colonia", "Dulce de leche", "Ricota"),
        process="Elaboración artesanal con leche propia, cuajada y madurada en el lugar.",
        site="Camino de Prueba 123, Santa Lucía",
        award="granted",
        award_label="Marca Cooperativa Canaria",
        edition="mcc-2026",
        edition_hash="0" * 64,
        pilot=True,
        demonstration=True,
        expediente="2026-81-1010-00042",
        resolution=Resolution(number="26/00777", date=AT.date(), authority="Comité de prueba (ficticio)"),
        issued_on=AT.date(),
        valid_until=date(2028, 10, 15),
        issuer="Emisor de prueba (ficticio)",
    )


def measure_speed(runs: int) -> dict[str, Any]:
    """Two command-line tools, one after the other, over one certificate laid out and signed here, warm.

    Both start from the claims and end with a signed PDF/A-3a that carries them; timed in turns by the wall clock.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signer = open_development_authority(folder / "keys", at=AT, trust=folder / "root.pem")
        pdf = issue(claims(1), signer, AT).pdf
        assert verify(pdf, folder / "root.pem", at=AT).verdict == "indeterminate", "authentic"
        tools, own = [], []
        for _ in range(runs):
            tools.append(_time(lambda: _issue_by_tools(folder, claims(1))))
            own += [_time(lambda: issue(claims(1), signer, AT)) for _ in range(PER_PAIR)]
    return {
        "name": "issuing",
        "ratio": statistics.median(tools) / statistics.median(own),
        "target": TIMES_FASTER,
        "baseline": "weasyprint and pyhanko on the command line",
        "runs": runs,
    }


def _issue_by_tools(folder: Path, of: Claims) -> None:
    """The same page by the two programs that the libraries ship, as a script would call them."""
    page, laid_out, signed = (folder / name for name in ("page.html", "page.pdf", "signed.pdf"))
    attached, keys = folder / "claims.json", folder / "keys"
    attached.write_bytes(of.canonical())
    page.write_text(certificate_layout.write_certificate(of), "utf-8")
    base = f"{Path(certificate_layout.__file__).parent.as_uri()}/"
    layout = ("--base-url", base, "--pdf-variant", "pdf/a-3a", "--attachment", attached, page, laid_out)
    _run("weasyprint", "--quiet", *layout)
    how = ("--field", "Sello", "--use-pades", "--certify")
    chain = ("--chain", keys / "issuing.pem", "--chain", keys / "root.pem")
    key = ("--key", keys / "seal.key", "--cert", keys / "seal.pem", *chain, "--no-pass")
    _run("pyhanko", "sign", "addsig", *how, "pemder", *key, laid_out, signed)


def _run(tool: str, *arguments: str | Path) -> None:
    done = subprocess.run([TOOLS / tool, *arguments], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def _time(work: Callable[[], object]) -> int:
    start = time.perf_counter_ns()
    work()
    return time.perf_counter_ns() - start


def measure_memory(runs: int) -> dict[str, Any]:
    """Resident memory after all certificates over that after the first fifth, in a process of its own."""
    program = f"from {__name__} import issue_many; issue_many({runs})"
    child = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    early, late = map(float, child.stdout.split())
    return {
        "name": "memory",
        "ratio": late / early,
        "target": MOST_GROWTH,
        "baseline": f"resident memory after {runs // 5} certificates",
        "runs": runs,
    }


def issue_many(runs: int) -> None:
    """Issue so many different certificates; print the resident memory after a fifth of them and after all."""
    with tempfile.TemporaryDirectory() as name:
        signer = open_development_authority(Path(name) / "keys", at=AT, trust=Path(name) / "root.pem")
        readings = [_issue_and_read(signer, serial) for serial in range(1, runs + 1)]
    early, late = (statistics.median(readings[end - SAMPLES : end]) for end in (runs // 5, runs))
    sys.stdout.write(f"{early} {late}")


def _issue_and_read(signer: Signer, serial: int) -> int:
    issue(claims(serial), signer, AT)
    gc.collect()
    return _resident()


def _resident() -> int:
    """In whatever unit the system counts; only ratios are taken."""
    statistics_of_linux = Path("/proc/self/statm")
    if statistics_of_linux.exists():
        return int(statistics_of_linux.read_text("ascii").split()[1])
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())]))


AT_LEAST = {"issuing": (measure_speed, 5)}
AT_MOST = {"memory": (measure_memory, 500)}

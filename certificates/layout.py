"""Pages: HTML → PDF/A-3a and PDF/UA-1, tagged, with our own fonts; the only place that knows WeasyPrint.

One file declares both standards: WeasyPrint writes PDF/A-3a, and a finisher adds the identification of PDF/UA-1
(ISO 14289-1) and, where the page will be signed, the signature field with its tag beforehand (a field that is
added by signing would be untagged).
"""

import threading
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import ROUND_DOWN, Decimal
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from certificates.claims import Claims
from certificates.finishing import declare_universal_access, prepare_field
from certificates.papers import Kit, Letter, Receipt, Record, Report, ReportDimension
from certificates.qr import QUIET_ZONE, qr_modules, qr_svg

LOCALE = "es_UY"
ASSETS = "https://assets.invalid/"
"""Stands for the files of this package, the only thing that a page may load; no such host can exist (RFC 6761)."""

QR_MILLIMETRES = 30.0
"""Printed size of the symbol itself; its quiet zone comes on top."""

SIZES = ("usual", "long", "very-long", "crowded", "packed")
HOLDER_STEPS = (44, 80)
SCOPE_STEPS = (420, 800, 1000, 2800)
FACT_STEPS = (60,)
"""Characters above which the next smaller type is used, so that everything has its place on one page."""
AWARD_LINE = 350
"""Characters of scope that would fit where the line of the distinction stands."""

PAPERS_KEPT = 16
"""The same page is the same bytes, and is asked for again by whoever reloads it."""

_lock = threading.Lock()


def lay_out_certificate(claims: Claims) -> bytes:
    """The certificate, one page A4 landscape, ready to be signed, its claims attached as claims.json."""
    return _write(write_certificate(claims), to_sign=claims)


def write_certificate(claims: Claims) -> str:
    """The certificate as HTML, its type in the sizes that its texts leave room for."""
    modules = qr_modules(claims.public_address)
    scope = sum(map(len, (*claims.products, claims.process, claims.site)))
    room_taken = AWARD_LINE if claims.award == "distinction" else 0
    longest_fact = max(map(len, (claims.expediente, claims.resolution.number, claims.resolution.authority)))
    template = _templates().get_template("certificate.html")
    return template.render(
        claims=claims,
        holder_size=SIZES[bisect_left(HOLDER_STEPS, len(claims.holder))],
        scope_size=SIZES[bisect_left(SCOPE_STEPS, scope + room_taken)],
        facts_size=SIZES[bisect_left(FACT_STEPS, longest_fact)],
        seal=_as_data(files("certificates").joinpath("templates/seal.svg").read_bytes()),
        qr=_as_data(qr_svg(claims.public_address)),
        qr_width=QR_MILLIMETRES * modules / (modules - 2 * QUIET_ZONE),
    )


def lay_out_report(report: Report) -> bytes:
    """The private report: award and reasons, score profile, levels, improvement plan. A4 portrait."""
    profile = _draw_profile(report.dimensions)
    return _write(_templates().get_template("report.html").render(report=report, profile=profile))


def lay_out_letter(letter: Letter) -> bytes:
    """A letter of the office, A4 portrait."""
    return _write(_templates().get_template("letter.html").render(letter=letter))


def lay_out_receipt(receipt: Receipt) -> bytes:
    """The receipt of an application, A4 portrait."""
    return _write(_templates().get_template("receipt.html").render(receipt=receipt))


def lay_out_records(title: str, records: Sequence[Record]) -> bytes:
    """Records of the office, each from a new page, A4 portrait. Raises ValueError when there is none."""
    if not records:
        raise ValueError("a file of no records has no page")
    return _write(_templates().get_template("records.html").render(title=title, records=records))


def lay_out_stamps(texts: Sequence[str]) -> bytes:
    """One A4 page for each text, blank but for the text at its upper right."""
    return _write(_templates().get_template("stamps.html").render(texts=texts))


def lay_out_labels(kit: Kit) -> bytes:
    """Twenty-four stickers of 70 by 37 mm on one A4 sheet, the common size."""
    return _write(_fill_kit("labels.html", kit))


def lay_out_stand(kit: Kit) -> bytes:
    """The sheet for a stand at a fair, A4 portrait."""
    return _write(_fill_kit("stand.html", kit))


def _fill_kit(template: str, kit: Kit) -> str:
    seal = files("certificates").joinpath("templates/seal.svg").read_bytes()
    return (
        _templates()
        .get_template(template)
        .render(kit=kit, seal=_as_data(seal), qr=_as_data(qr_svg(kit.address)))
    )


def _as_data(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg).decode()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("certificates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["long_date"] = _long_date
    environment.filters["points"] = _points
    environment.filters["profile_picture"] = _draw_profile
    environment.filters["signature_picture"] = _draw_signature
    return environment


def _draw_profile(dimensions: Sequence[ReportDimension]) -> str:
    picture = _templates().get_template("profile.svg").render(dimensions=dimensions)
    return _as_data(picture.encode())


def _draw_signature(strokes: str) -> str:
    path = (
        f'<path d="{escape(strokes)}" fill="none" stroke="#1d2b26" stroke-width="3" stroke-linecap="round"/>'
    )
    return _as_data(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200">{path}</svg>'.encode())


def _long_date(day: date) -> str:
    return format_date(day, format="long", locale=LOCALE)


def _points(score: Decimal) -> str:
    """One decimal, cut and not rounded: a score never reads as a minimum that it missed."""
    return format_decimal(score.quantize(Decimal("0.1"), ROUND_DOWN), format="0.0", locale=LOCALE)


@lru_cache(maxsize=PAPERS_KEPT)
def _write(html: str, *, to_sign: Claims | None = None) -> bytes:
    """The page as PDF, the same bytes for the same page; with the claims and the signature field, if it will be signed.

    One at a time: the font configuration is shared, and Pango's is not for several threads.
    """
    from weasyprint import HTML  # noqa: PLC0415 - takes a second to load

    def finish(_document: Any, pdf: Any) -> None:
        declare_universal_access(pdf)
        if to_sign is not None:
            prepare_field(pdf)

    attachments = [] if to_sign is None else [_attachment(to_sign)]
    with _lock:
        page = HTML(string=html, base_url=ASSETS, url_fetcher=_fetcher())
        pdf: bytes = page.write_pdf(
            pdf_variant="pdf/a-3a", attachments=attachments, font_config=_fonts(), finisher=finish
        )
    return pdf


def _attachment(claims: Claims) -> Any:
    """The claims as claims.json, dated as the certificate is: the system's clock has no place in it."""
    from weasyprint import Attachment  # noqa: PLC0415 - see _write

    midnight = datetime.combine(claims.issued_on, time(), UTC)
    return Attachment(
        string=claims.canonical(),
        name="claims.json",
        description="Afirmaciones del certificado, en JSON",
        relationship="Data",
        created=midnight,
        modified=midnight,
    )


@cache
def _fonts() -> Any:
    """Shared by all pages: a new one for each leaks a quarter of a megabyte."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see _write

    return FontConfiguration()


@cache
def _assets() -> dict[str, Traversable]:
    """Address → file: a closed list, so that no spelling of an address reaches another file of the machine."""
    folders = [files("certificates").joinpath(folder) for folder in ("templates", "fonts")]
    return {f"{ASSETS}{folder.name}/{file.name}": file for folder in folders for file in folder.iterdir()}


@cache
def _fetcher() -> Any:
    """Answers for this package's own files and inline data; the network and the disk are out of reach."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see _write

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            asset = _assets().get(url)
            if asset is None:
                raise ValueError(f"not an asset of this package: {url[:80]}")
            return URLFetcherResponse(url, asset.read_bytes())

    return OwnFilesOnly()

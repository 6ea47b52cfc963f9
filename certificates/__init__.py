"""Certificates: claims in, one signed PDF with a QR code out; and the verdict on any PDF.

Knows no database, no web, no clock. What signs and what judges takes over half a second to load, so that it is
loaded when it is first asked for; what draws, when it draws.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from certificates.apart import verify_apart
from certificates.claims import Claims, Resolution, find_hidden
from certificates.codes import (
    Number,
    NumberInvalid,
    application_number,
    certificate_number,
    check_character,
    is_public_code,
    parse_number,
    public_code,
)
from certificates.layout import (
    lay_out_certificate,
    lay_out_labels,
    lay_out_letter,
    lay_out_receipt,
    lay_out_records,
    lay_out_report,
    lay_out_stand,
)
from certificates.papers import (
    HandSignature,
    Kit,
    Letter,
    PlanStep,
    Receipt,
    Record,
    Report,
    ReportDimension,
    ReportIndicator,
    Section,
)
from certificates.qr import qr_svg
from certificates.verdict import Reason, Verdict

if TYPE_CHECKING:
    from certificates.foliating import Part, bind, count_pages, lay_out_picture
    from certificates.issuing import IssuedCertificate, issue
    from certificates.signing import (
        Signer,
        SignerInvalid,
        load_pkcs12,
        open_development_authority,
        sign_certificate,
    )
    from certificates.verifying import verify

LOADED_WHEN_ASKED_FOR = {
    "Part": "foliating",
    "bind": "foliating",
    "count_pages": "foliating",
    "lay_out_picture": "foliating",
    "IssuedCertificate": "issuing",
    "issue": "issuing",
    "Signer": "signing",
    "SignerInvalid": "signing",
    "load_pkcs12": "signing",
    "open_development_authority": "signing",
    "sign_certificate": "signing",
    "verify": "verifying",
}
"""Name → module (PEP 562)."""


def __getattr__(name: str) -> Any:
    if name not in LOADED_WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LOADED_WHEN_ASKED_FOR[name]}"), name)


__all__ = [
    "Claims",
    "HandSignature",
    "IssuedCertificate",
    "Kit",
    "Letter",
    "Number",
    "NumberInvalid",
    "Part",
    "PlanStep",
    "Reason",
    "Receipt",
    "Record",
    "Report",
    "ReportDimension",
    "ReportIndicator",
    "Resolution",
    "Section",
    "Signer",
    "SignerInvalid",
    "Verdict",
    "application_number",
    "bind",
    "certificate_number",
    "check_character",
    "count_pages",
    "find_hidden",
    "is_public_code",
    "issue",
    "lay_out_certificate",
    "lay_out_labels",
    "lay_out_letter",
    "lay_out_picture",
    "lay_out_receipt",
    "lay_out_records",
    "lay_out_report",
    "lay_out_stand",
    "load_pkcs12",
    "open_development_authority",
    "parse_number",
    "public_code",
    "qr_svg",
    "sign_certificate",
    "verify",
    "verify_apart",
]

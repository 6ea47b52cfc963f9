"""Certificates: claims in, one signed PDF with a QR code out; and the verdict on any PDF.

Knows no database, no web, no clock. What draws and what signs is loaded when it is used.
"""

from certificates.apart import verify_apart
from certificates.claims import Claims, Resolution
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
from certificates.issuing import IssuedCertificate, issue
from certificates.layout import lay_out_certificate, lay_out_letter, lay_out_report
from certificates.papers import Letter, PlanStep, Report, ReportDimension, ReportIndicator
from certificates.qr import qr_svg
from certificates.signing import (
    Signer,
    SignerInvalid,
    load_pkcs12,
    open_development_authority,
    sign_certificate,
)
from certificates.verifying import Reason, Verdict, verify

__all__ = [
    "Claims",
    "IssuedCertificate",
    "Letter",
    "Number",
    "NumberInvalid",
    "PlanStep",
    "Reason",
    "Report",
    "ReportDimension",
    "ReportIndicator",
    "Resolution",
    "Signer",
    "SignerInvalid",
    "Verdict",
    "application_number",
    "certificate_number",
    "check_character",
    "is_public_code",
    "issue",
    "lay_out_certificate",
    "lay_out_letter",
    "lay_out_report",
    "load_pkcs12",
    "open_development_authority",
    "parse_number",
    "public_code",
    "qr_svg",
    "sign_certificate",
    "verify",
    "verify_apart",
]

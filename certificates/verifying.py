"""Is this PDF one of ours, whole and unchanged? Strict: what is not clearly so, is not.

One signature, by a signer whose chain ends in a pinned root; over the whole file, in its first and only revision;
certified so that nothing may change; and the very file that the register recorded. Nothing is ever fetched, and
no key is taken from the document on trust. General validators accept more: incremental "shadow" edits among it.
"""

import hashlib
import io
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import ValidationError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.claims import Claims
from certificates.container import is_as_written
from certificates.verdict import MOST_BYTES, NOT_CONSULTED, Reason, Recorded, Verdict, consult

MARK = b"%PDF-"
MOST_OF_A_NAME = 200


class NotAuthentic(Exception):
    """Carries the code of the first thing that is not as it must be."""

    def __init__(self, code: str, value: Any = None) -> None:
        super().__init__(code)
        self.reason = Reason(code, value=value)


def verify(
    pdf: bytes, trust: Path | Sequence[bytes], *, at: datetime, recorded: Recorded | None = None
) -> Verdict:
    """Judge the file as of `at`. `recorded` tells whether a SHA-256 is that of a published file.

    Never raises for what the file contains. Without `recorded`, an authentic file is indeterminate
    (register_not_consulted); without any root, an unchanged one is (no_root_pinned), whoever signed it.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    roots = read_roots(trust)
    try:
        signature, claims = authenticate(pdf, roots, at)
    except NotAuthentic as answer:
        if answer.reason.code == "signer_not_trusted" and not roots:
            return Verdict("indeterminate", (Reason("no_root_pinned", "trust"), NOT_CONSULTED), digest)
        return Verdict("invalid", (answer.reason,), digest)
    verdict, reasons = consult(recorded, digest)
    return Verdict(verdict, reasons, digest, claims.number, claims, signature.self_reported_timestamp)


def authenticate(
    pdf: bytes, roots: Sequence[asn1_x509.Certificate], at: datetime
) -> tuple[EmbeddedPdfSignature, Claims]:
    """The one signature and the claims of an authentic file. Raises NotAuthentic with the reason."""
    if not pdf:
        raise NotAuthentic("empty")
    if len(pdf) > MOST_BYTES:
        raise NotAuthentic("too_large", len(pdf))
    if not pdf.startswith(MARK):
        raise NotAuthentic("not_a_pdf")
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        signature = _only_signature(reader)
        _check_signature(pdf, signature, roots, at)
        return signature, _attached_claims(reader)
    except NotAuthentic:
        raise
    except Exception as error:
        # Hostile files make the parser raise whatever it likes; each of them means the same to us.
        raise NotAuthentic("unreadable", type(error).__name__) from error


def _only_signature(reader: PdfFileReader) -> EmbeddedPdfSignature:
    signatures: list[EmbeddedPdfSignature] = reader.embedded_signatures
    if not signatures:
        raise NotAuthentic("not_signed")
    if len(signatures) > 1:
        raise NotAuthentic("several_signatures", len(signatures))
    return signatures[0]


def _check_signature(
    pdf: bytes, signature: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate], at: datetime
) -> None:
    # As of the moment that the signature names: a seal that has run out since makes no old certificate false. Who
    # dates back with a stolen key is stopped by the register, which knows every file.
    moment = min(at, signature.self_reported_timestamp or at)
    context = ValidationContext(
        trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail", moment=moment
    )
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if not (status.intact and status.valid):
        raise NotAuthentic("changed_after_signing")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise NotAuthentic("not_whole_file")
    if signature.docmdp_level != MDPPerm.NO_CHANGES:
        raise NotAuthentic("not_certified")
    if not status.trusted or status.validation_path is None:
        raise NotAuthentic("signer_not_trusted", _readable(signature.signer_cert.subject.human_friendly))
    if not is_as_written(pdf, signature, status.validation_path):
        raise NotAuthentic("changed_after_signing")


def _readable(name: str) -> str:
    """A stranger's name, as far as it may stand in an answer of ours."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name[:MOST_OF_A_NAME])


def _attached_claims(reader: PdfFileReader) -> Claims:
    """claims.json of the signed file. Raises NotAuthentic when it is missing or says something impossible."""
    try:
        names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    except KeyError as error:
        raise NotAuthentic("claims_missing") from error
    for index in range(0, len(names), 2):
        specification = names[index + 1]
        if str(specification["/UF"] if "/UF" in specification else specification["/F"]) == "claims.json":
            try:
                return Claims.model_validate_json(specification["/EF"]["/F"].data)
            except ValidationError as error:
                raise NotAuthentic("claims_unreadable") from error
    raise NotAuthentic("claims_missing")


def read_roots(trust: Path | Sequence[bytes]) -> list[asn1_x509.Certificate]:
    """Pinned roots from a PEM file, or from PEM texts. An unreadable one pins nothing: then no signer is trusted."""
    texts = list(trust) if not isinstance(trust, Path) else [trust.read_bytes()] if trust.is_file() else []
    found = []
    for text in texts:
        try:
            found += x509.load_pem_x509_certificates(text)
        except ValueError:
            continue
    return [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in found]

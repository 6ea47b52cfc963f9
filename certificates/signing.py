"""Signing: PAdES B-B with ECDSA P-256, certified so that nothing may change afterwards.

A signer comes from a PKCS#12 file, or from a development authority that is made on first use and says so in
every name. Neither is an advanced electronic signature under Ley 18.600 by itself.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.authority import TrustInvalid, open_authority
from certificates.finishing import FIELD

RESERVED_BYTES = 16_384
"""Room for the signature container; given up front, pyHanko need not sign twice to measure it."""

Key = ec.EllipticCurvePrivateKey


class SignerInvalid(ValueError):
    """The key or certificate cannot be used.

    `code` is unreadable, no_key, not_p256, other_root_pinned or not_in_force.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Signer:
    """A key with its certificate and the chain above it; parsed once, then kept."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @cached_property
    def engine(self) -> "CachedSigner":
        return CachedSigner(self)


class CachedSigner(signers.Signer):
    """pyHanko's signer with the key already parsed: its own parses the key again for every signature."""

    def __init__(self, of: Signer) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_as_asn1(certificate) for certificate in of.chain])
        super().__init__(signing_cert=_as_asn1(of.certificate), cert_registry=store)
        self._key = of.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002 - pyHanko's signature of the method
    ) -> bytes:
        assert digest_algorithm == "sha256"
        return self._key.sign(data, ec.ECDSA(SHA256()))


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def open_development_authority(folder: Path, *, at: datetime, trust: Path) -> Signer:
    """The development seal; its root goes to `trust`, where verifiers find it.

    Raises SignerInvalid (other_root_pinned) where another root is pinned already.
    """
    try:
        authority = open_authority(folder, at=at, trust=trust)
    except TrustInvalid as error:
        raise SignerInvalid("other_root_pinned") from error
    return Signer(authority.key, authority.certificate, authority.chain)


def load_pkcs12(path: Path, passphrase: bytes | None) -> Signer:
    """A signer from a PKCS#12 file. Raises SignerInvalid; OSError when the file cannot be read."""
    try:
        bundle = pkcs12.load_pkcs12(path.read_bytes(), passphrase)
    except ValueError as error:
        raise SignerInvalid("unreadable") from error
    if bundle.key is None or bundle.cert is None:
        raise SignerInvalid("no_key")
    if not isinstance(bundle.key, ec.EllipticCurvePrivateKey) or not isinstance(
        bundle.key.curve, ec.SECP256R1
    ):
        raise SignerInvalid("not_p256")
    others = [item.certificate for item in bundle.additional_certs]
    return Signer(bundle.key, bundle.cert.certificate, _find_chain(bundle.cert.certificate, others))


def _find_chain(lowest: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Those of the others that lead upwards; a file may hold more, which verifiers would refuse as surplus."""
    chain: list[x509.Certificate] = []
    last = lowest
    while last.issuer != last.subject:
        above = next((item for item in others if item not in chain and _vouches(item, last)), None)
        if above is None:
            break
        last = above
        chain.append(last)
    return tuple(chain)


def _vouches(above: x509.Certificate, below: x509.Certificate) -> bool:
    """By its key, not only by its name: a renewed authority keeps its name."""
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def sign_certificate(pdf: bytes, signer: Signer, at: datetime) -> bytes:
    """The prepared page with our one signature, over all of it, in the field that the layout made for it.

    Raises SignerInvalid (not_in_force) outside the time of the signer's certificate: nobody would accept the result.
    """
    if not signer.certificate.not_valid_before_utc <= at <= signer.certificate.not_valid_after_utc:
        raise SignerInvalid("not_in_force")
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    pdf_signer = _ClockedSigner(metadata, signer=signer.engine, at=at)
    signed = io.BytesIO()
    pdf_signer.sign_pdf(
        _LeavesMetadata(io.BytesIO(pdf)),
        existing_fields_only=True,
        bytes_reserved=RESERVED_BYTES,
        output=signed,
    )
    return signed.getvalue()


class _LeavesMetadata(IncrementalPdfFileWriter):
    """Keeps the metadata of the page: pyHanko would write its own name and the system's time into it."""

    def _update_meta(self) -> None:
        pass


class _ClockedSigner(signers.PdfSigner):
    """Signs at the moment that it is given, not at the system's."""

    def __init__(
        self, metadata: signers.PdfSignatureMetadata, *, signer: signers.Signer, at: datetime
    ) -> None:
        super().__init__(metadata, signer=signer)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session

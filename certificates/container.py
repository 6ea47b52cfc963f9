"""The signature container as we write it, byte for byte.

A signature cannot cover the place where it stands itself: letter case, filling, surplus certificates and header
fields could be changed there and every signature in it would still hold. So what is found must be exactly what
writing the signed parts anew gives.
"""

from collections.abc import Iterable

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def is_as_written(pdf: bytes, signature: EmbeddedPdfSignature, path: Iterable[asn1_x509.Certificate]) -> bool:
    """Whether the place of the signature holds nothing but it and certificates of its path up to the pinned root."""
    start, end = int(signature.byte_range[1]), int(signature.byte_range[2])
    embedded = {item.chosen.dump() for item in signature.signed_data["certificates"]}
    known = [certificate for certificate in path if certificate.dump() in embedded]
    written = _write(signature, known).hex().upper().encode()
    return pdf[start:end] == b"<" + written.ljust(end - start - 2, b"0") + b">"


def _write(signature: EmbeddedPdfSignature, certificates: list[asn1_x509.Certificate]) -> bytes:
    """The parts that signatures protect, in a fresh container: SHA-256, ECDSA, nothing unsigned (RFC 5652, 5.1)."""
    signer, info = signature.signer_cert, signature.signer_info
    sha256 = {"algorithm": "sha256"}
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices("certificate", item) for item in certificates],
        "signer_infos": [
            {
                "version": "v1",
                "sid": {
                    "issuer_and_serial_number": {
                        "issuer": signer.issuer,
                        "serial_number": signer.serial_number,
                    }
                },
                "digest_algorithm": sha256,
                "signed_attrs": info["signed_attrs"],
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": info["signature"].native,
            }
        ],
    }
    written: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return written

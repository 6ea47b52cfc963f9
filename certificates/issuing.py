"""The whole way in one call: claims → page → signature; the application takes the same steps one by one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from certificates.claims import Claims
from certificates.layout import lay_out_certificate
from certificates.signing import Signer, sign_certificate


@dataclass(frozen=True)
class IssuedCertificate:
    claims: Claims
    pdf: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal: what a register records."""
        return hashlib.sha256(self.pdf).hexdigest()


def issue(claims: Claims, signer: Signer, at: datetime) -> IssuedCertificate:
    return IssuedCertificate(claims, sign_certificate(lay_out_certificate(claims), signer, at))

"""From claims to a signed file in one call."""

import hashlib
from pathlib import Path

from certificates import (
    IssuedCertificate,
    Signer,
    issue,
    lay_out_certificate,
    sign_certificate,
    verify,
)
from tests.certificates.conftest import AT, Claim


def test_issuing_is_laying_out_and_signing(claim: Claim, signer: Signer) -> None:
    made = issue(claim(), signer, AT)
    page = lay_out_certificate(claim())
    assert made.claims == claim()
    assert made.pdf.startswith(page)
    assert len(made.pdf) == len(sign_certificate(page, signer, AT))


def test_the_digest_is_that_of_the_file(issued: IssuedCertificate) -> None:
    assert issued.digest == hashlib.sha256(issued.pdf).hexdigest()


def test_each_signature_makes_a_file_of_its_own(claim: Claim, signer: Signer, trust: Path) -> None:
    """ECDSA signatures are random: only the recorded one of two files for the same claims is valid."""
    first, second = issue(claim(), signer, AT), issue(claim(), signer, AT)
    assert first.digest != second.digest

    def verdict(made: IssuedCertificate) -> str:
        return verify(made.pdf, trust, at=AT, recorded=lambda digest: digest == first.digest).verdict

    assert [verdict(first), verdict(second)] == ["valid", "invalid"]


def test_distinctions_and_final_editions_are_issued_alike(claim: Claim, signer: Signer, trust: Path) -> None:
    made = issue(claim(award="distinction", pilot=False, demonstration=False), signer, AT)
    found = verify(made.pdf, trust, at=AT, recorded=lambda digest: digest == made.digest)
    assert (found.verdict, found.claims) == ("valid", made.claims)

"""The place of the signature itself, which no signature covers: whatever else stands there is noticed."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates import IssuedCertificate, Reason, Signer, open_development_authority, verify
from tests.certificates import tampering
from tests.certificates.conftest import AT


def place_of(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal digits of the container begin and end."""
    gap = re.search(rb"/ByteRange \[0 (\d+) (\d+) \d+", pdf)
    assert gap is not None
    return int(gap[1]) + 1, int(gap[2]) - 1


def put(pdf: bytes, change: Callable[[cms.ContentInfo], None]) -> bytes:
    """The file with something in the container that its signature does not cover."""
    start, end = place_of(pdf)
    container = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    assert container["content"]["signer_infos"][0]["signature"].native
    change(container["content"])
    written: bytes = container.dump(force=True).hex().upper().encode()
    return pdf[:start] + written.ljust(end - start, b"0") + pdf[end:]


def reasons(pdf: bytes, trust: Path) -> tuple[Reason, ...]:
    return verify(pdf, trust, at=AT, recorded=lambda _: True).reasons


def test_writing_the_container_anew_changes_nothing(issued: IssuedCertificate, trust: Path) -> None:
    assert put(issued.pdf, lambda _: None) == issued.pdf
    assert reasons(issued.pdf, trust) == ()


def test_the_case_of_a_digit_is_noticed(issued: IssuedCertificate, trust: Path) -> None:
    start, end = place_of(issued.pdf)
    letters = [place for place in range(start, end) if issued.pdf[place : place + 1].isalpha()]
    for place in Random(7).sample(letters, 20):
        changed = tampering.flipped(issued.pdf, place, 0x20)
        assert reasons(changed, trust) == (Reason("changed_after_signing"),)


def test_filling_that_is_not_zero_is_noticed(issued: IssuedCertificate, trust: Path) -> None:
    _, end = place_of(issued.pdf)
    for place in (end - 1, end - 2, end - 1000):
        changed = tampering.flipped(issued.pdf, place)
        assert issued.pdf[place : place + 1] == b"0"
        assert reasons(changed, trust) == (Reason("changed_after_signing"),)


def test_a_surplus_certificate_is_noticed(issued: IssuedCertificate, trust: Path, tmp_path: Path) -> None:
    foreign = open_development_authority(tmp_path / "keys", at=AT, trust=tmp_path / "root.pem")

    def change(content: cms.SignedData) -> None:
        surplus = asn1_x509.Certificate.load(foreign.certificate.public_bytes(Encoding.DER))
        content["certificates"].append(cms.CertificateChoices("certificate", surplus))

    assert reasons(put(issued.pdf, change), trust) == (Reason("changed_after_signing"),)


def test_an_altered_copy_of_the_root_is_noticed(
    issued: IssuedCertificate, trust: Path, signer: Signer
) -> None:
    root = signer.chain[-1].public_bytes(Encoding.DER).hex().upper().encode()
    place = issued.pdf.index(root) + root.index(b"0C")
    middle = place + len(root) // 2
    other = b"1" if issued.pdf[middle : middle + 1] == b"0" else b"0"  # still a digit, whatever it was
    changed = issued.pdf[:middle] + other + issued.pdf[middle + 1 :]
    assert reasons(changed, trust) == (Reason("changed_after_signing"),)


def test_an_attribute_that_is_not_signed_is_noticed(issued: IssuedCertificate, trust: Path) -> None:
    def change(content: cms.SignedData) -> None:
        note = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.UTF8String("nota")]})
        content["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([note])

    assert reasons(put(issued.pdf, change), trust) == (Reason("changed_after_signing"),)


def test_another_version_or_list_of_algorithms_is_noticed(issued: IssuedCertificate, trust: Path) -> None:
    def raise_version(content: cms.SignedData) -> None:
        content["version"] = "v3"

    def add_algorithm(content: cms.SignedData) -> None:
        content["digest_algorithms"].append(algos.DigestAlgorithm({"algorithm": "sha1"}))

    for change in (raise_version, add_algorithm):
        assert reasons(put(issued.pdf, change), trust) == (Reason("changed_after_signing"),)


@pytest.mark.parametrize("mask", [1, 2, 4, 8])
def test_a_digit_changed_anywhere_in_the_container_is_noticed(
    issued: IssuedCertificate, trust: Path, mask: int
) -> None:
    start, end = place_of(issued.pdf)
    filled = len(issued.pdf[start:end].rstrip(b"0"))
    for place in Random(mask).sample(range(start, start + filled), 25):
        changed = tampering.flipped(issued.pdf, place, mask)
        assert verify(changed, trust, at=AT, recorded=lambda _: True).verdict == "invalid"

"""The development authority: made once, marked as such, its keys for its owner alone."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from certificates import SignerInvalid, open_development_authority
from certificates.authority import ORGANISATION, Authority, open_authority

AT = datetime(2026, 10, 16, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    return tmp_path / "trust" / "root.pem"


@pytest.fixture
def authority(folder: Path, trust: Path) -> Authority:
    return open_authority(folder, at=AT, trust=trust)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_are_for_their_owner_alone(authority: Authority, folder: Path) -> None:
    assert mode(folder) == 0o700
    assert {path.name: mode(path) for path in folder.glob("*.key")} == {
        "root.key": 0o600,
        "issuing.key": 0o600,
        "seal.key": 0o600,
    }


def test_a_folder_that_was_open_to_others_is_closed(folder: Path, trust: Path) -> None:
    folder.mkdir(mode=0o755)
    open_authority(folder, at=AT, trust=trust)
    assert mode(folder) == 0o700


def test_it_is_made_once_and_reopened_the_same(authority: Authority, folder: Path, trust: Path) -> None:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = open_authority(folder, at=datetime(2030, 1, 1, tzinfo=UTC), trust=trust)
    assert again.certificate == authority.certificate
    assert again.chain == authority.chain
    assert again.key.private_numbers() == authority.key.private_numbers()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


def test_making_that_was_cut_short_is_done_again(authority: Authority, folder: Path, trust: Path) -> None:
    """The root is pinned last, so that it is not there either."""
    (folder / "seal.pem").unlink()
    trust.unlink()
    again = open_authority(folder, at=AT, trust=trust)
    assert again.certificate.public_key() == again.key.public_key()
    again.certificate.verify_directly_issued_by(again.chain[0])
    assert x509.load_pem_x509_certificate(trust.read_bytes()) == again.chain[-1]


def test_two_authorities_differ(folder: Path, trust: Path, tmp_path: Path) -> None:
    first = open_authority(folder, at=AT, trust=trust)
    second = open_authority(tmp_path / "other", at=AT, trust=tmp_path / "other.pem")
    assert first.certificate.public_key() != second.certificate.public_key()
    assert first.chain[-1] != second.chain[-1]


def test_the_root_is_written_where_verifiers_find_it(authority: Authority, trust: Path, folder: Path) -> None:
    root = authority.chain[-1].public_bytes(serialization.Encoding.PEM)
    assert trust.read_bytes() == root
    trust.unlink()
    open_authority(folder, at=AT, trust=trust)
    assert trust.read_bytes() == root


def test_each_certificate_is_vouched_for_by_the_next(authority: Authority) -> None:
    seal, issuing, root = authority.certificate, *authority.chain
    for lower, upper in ((seal, issuing), (issuing, root), (root, root)):
        lower.verify_directly_issued_by(upper)
        issuer = lower.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        subject = upper.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        assert issuer.key_identifier == subject.digest


def test_authorities_may_sign_certificates_and_the_seal_documents(authority: Authority) -> None:
    def may(certificate: x509.Certificate) -> tuple[bool, bool, bool, bool, bool]:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        assert usage.critical
        assert basic.critical
        key = usage.value
        return (
            basic.value.ca,
            key.key_cert_sign,
            key.crl_sign,
            key.digital_signature,
            key.content_commitment,
        )

    assert may(authority.certificate) == (False, False, False, True, True)
    assert [may(certificate) for certificate in authority.chain] == [(True, True, True, False, False)] * 2


def test_every_name_says_that_it_is_for_development(authority: Authority) -> None:
    names = [item.subject.rfc4514_string() for item in (authority.certificate, *authority.chain)]
    assert names == [
        f"CN={common},O={ORGANISATION},C=UY"
        for common in (
            "Sello de integridad de desarrollo",
            "Autoridad emisora de desarrollo",
            "Raíz de desarrollo",
        )
    ]
    assert "DESARROLLO" in ORGANISATION
    assert "sin valor" in ORGANISATION


def test_they_hold_from_the_first_of_january_and_last_long(authority: Authority) -> None:
    for certificate in (authority.certificate, *authority.chain):
        assert certificate.not_valid_before_utc == datetime(2026, 1, 1, tzinfo=UTC)
        assert (certificate.not_valid_after_utc - AT).days > 365 * 29


def test_keys_are_p_256(authority: Authority) -> None:
    assert isinstance(authority.key.curve, ec.SECP256R1)
    keys = [item.public_key() for item in authority.chain]
    assert all(isinstance(key, ec.EllipticCurvePublicKey) for key in keys)
    assert [key.curve.name for key in keys if isinstance(key, ec.EllipticCurvePublicKey)] == ["secp256r1"] * 2


def test_the_signer_is_that_of_the_authority(authority: Authority, folder: Path, trust: Path) -> None:
    signer = open_development_authority(folder, at=AT, trust=trust)
    assert signer.certificate == authority.certificate
    assert signer.chain == authority.chain
    assert signer.key.private_numbers() == authority.key.private_numbers()


def test_roots_that_are_pinned_are_never_replaced(authority: Authority, tmp_path: Path, trust: Path) -> None:
    pinned = trust.read_bytes()
    with pytest.raises(SignerInvalid) as refused:
        open_development_authority(tmp_path / "other keys", at=AT, trust=trust)
    assert (refused.value.code, trust.read_bytes()) == ("other_root_pinned", pinned)


def test_other_roots_may_be_pinned_beside_ours(authority: Authority, folder: Path, trust: Path) -> None:
    more = trust.read_bytes() * 2
    trust.write_bytes(more)
    assert open_authority(folder, at=AT, trust=trust).certificate == authority.certificate
    assert trust.read_bytes() == more


def test_an_authority_half_made_is_made_again(folder: Path, trust: Path) -> None:
    folder.mkdir()
    (folder / "seal.part").write_bytes(b"-----BEGIN")
    (folder / "root.pem").write_bytes(b"-----BEGIN")
    assert (
        open_authority(folder, at=AT, trust=trust).chain[-1].subject.rfc4514_string().count("desarrollo") == 1
    )

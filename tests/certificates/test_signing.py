"""Signers from a PKCS#12 file, and the one signature over the whole page."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError

from certificates import (
    IssuedCertificate,
    Letter,
    Signer,
    SignerInvalid,
    issue,
    lay_out_certificate,
    lay_out_letter,
    load_pkcs12,
    sign_certificate,
    verify,
)
from certificates.authority import ORGANISATION
from certificates.finishing import FIELD
from tests.certificates.conftest import AT, Claim, Run

PASSPHRASE = b"una clave larga de prueba"
LETTER = Letter(
    addressee="Colectivo de prueba (ficticio)",
    place="Canelones",
    made_on=AT.date(),
    expediente="2026-81-1010-00042",
    subject="Prueba",
    paragraphs=("Nada.",),
    office="Oficina de prueba (ficticia)",
)
Keys = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Bundle = Callable[..., Path]


def self_signed(key: Keys) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sello de prueba (ficticio)")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.not_valid_before(AT - timedelta(days=1)).not_valid_after(AT + timedelta(days=1))
    return dated.serial_number(1).sign(key, SHA256())


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """Writes a PKCS#12 file with the key, its certificate and those above it."""

    def write(
        key: Keys | None,
        certificate: x509.Certificate | None,
        above: tuple[x509.Certificate, ...] = (),
        passphrase: bytes | None = PASSPHRASE,
    ) -> Path:
        hidden: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase is not None:
            hidden = serialization.BestAvailableEncryption(passphrase)
        path = tmp_path / "sello.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"sello", key, certificate, list(above) or None, hidden)
        )
        return path

    return write


def test_a_pkcs12_signer_signs_as_the_authority_it_came_from(
    signer: Signer, bundle: Bundle, claim: Claim, trust: Path
) -> None:
    loaded = load_pkcs12(bundle(signer.key, signer.certificate, signer.chain), PASSPHRASE)
    assert loaded.certificate == signer.certificate
    assert loaded.chain == signer.chain
    signed = issue(claim(), loaded, AT)
    assert (
        verify(signed.pdf, trust, at=AT, recorded=lambda digest: digest == signed.digest).verdict == "valid"
    )


def test_surplus_certificates_of_a_pkcs12_file_are_left_out(
    signer: Signer, bundle: Bundle, claim: Claim, trust: Path
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    issuing, root = signer.chain
    surplus = (root, self_signed(key), issuing)
    loaded = load_pkcs12(bundle(signer.key, signer.certificate, surplus), PASSPHRASE)
    assert loaded.chain == (issuing, root)
    assert verify(issue(claim(), loaded, AT).pdf, trust, at=AT).verdict == "indeterminate"


def test_the_chain_is_found_by_keys_and_not_by_names(
    signer: Signer, bundle: Bundle, claim: Claim, trust: Path
) -> None:
    """An authority that was renewed keeps its name; both may lie in the file."""
    issuing, root = signer.chain
    older = ec.generate_private_key(ec.SECP256R1())
    namesake = (
        x509.CertificateBuilder()
        .subject_name(issuing.subject)
        .issuer_name(root.subject)
        .serial_number(7)
        .public_key(older.public_key())
        .not_valid_before(issuing.not_valid_before_utc)
        .not_valid_after(issuing.not_valid_after_utc)
        .sign(older, SHA256())
    )
    for others in ((namesake, issuing, root), (issuing, namesake, root)):
        loaded = load_pkcs12(bundle(signer.key, signer.certificate, others), PASSPHRASE)
        assert loaded.chain == (issuing, root)
        assert verify(issue(claim(), loaded, AT).pdf, trust, at=AT).verdict == "indeterminate"


def test_the_root_need_not_be_in_the_pkcs12_file(
    signer: Signer, bundle: Bundle, claim: Claim, trust: Path
) -> None:
    loaded = load_pkcs12(bundle(signer.key, signer.certificate, signer.chain[:1]), PASSPHRASE)
    assert loaded.chain == signer.chain[:1]
    assert verify(issue(claim(), loaded, AT).pdf, trust, at=AT).verdict == "indeterminate"


def test_a_pkcs12_file_may_have_no_passphrase(signer: Signer, bundle: Bundle) -> None:
    loaded = load_pkcs12(bundle(signer.key, signer.certificate, passphrase=None), None)
    assert (loaded.certificate, loaded.chain) == (signer.certificate, ())


def code_of(path: Path, passphrase: bytes | None) -> str:
    with pytest.raises(SignerInvalid) as refused:
        load_pkcs12(path, passphrase)
    assert str(refused.value) == refused.value.code
    return refused.value.code


@pytest.mark.parametrize("passphrase", [b"otra", b"", None])
def test_a_wrong_passphrase_is_refused(signer: Signer, bundle: Bundle, passphrase: bytes | None) -> None:
    assert code_of(bundle(signer.key, signer.certificate), passphrase) == "unreadable"


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\n", b"\x30\x82" * 50])
def test_what_is_no_pkcs12_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sello.p12"
    path.write_bytes(content)
    assert code_of(path, PASSPHRASE) == "unreadable"


def test_a_pkcs12_file_without_key_or_certificate_is_refused(signer: Signer, bundle: Bundle) -> None:
    assert code_of(bundle(None, None, (signer.certificate,)), PASSPHRASE) == "no_key"
    assert code_of(bundle(signer.key, None), PASSPHRASE) == "no_key"


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: ec.generate_private_key(ec.SECP256K1()),
    ],
)
def test_any_other_kind_of_key_is_refused(bundle: Bundle, make: Callable[[], Keys]) -> None:
    key = make()
    assert code_of(bundle(key, self_signed(key)), PASSPHRASE) == "not_p256"


def test_a_file_that_is_not_there_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_pkcs12(tmp_path / "sello.p12", PASSPHRASE)


def test_poppler_finds_the_signature_valid_and_over_the_total_document(
    issued: IssuedCertificate, run: Run
) -> None:
    lines = [line.strip(" -") for line in run(issued.pdf, "pdfsig", "-nocert").splitlines()[1:]]
    assert [line for line in lines if not line.startswith("Signed Ranges")] == [
        "Signature #1:",
        f"Signature Field Name: {FIELD}",
        "Signer Certificate Common Name: Sello de integridad de desarrollo",
        f"Signer full Distinguished Name: CN=Sello de integridad de desarrollo,O={ORGANISATION},C=UY",
        "Signing Time: Oct 16 2026 12:00:00",
        "Signing Hash Algorithm: SHA-256",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ]


def test_qpdf_finds_nothing_wrong_with_the_signed_file(issued: IssuedCertificate, run: Run) -> None:
    assert "No syntax or stream encoding errors found" in run(issued.pdf, "qpdf", "--check")


def test_the_page_itself_is_not_touched_by_signing(signer: Signer, claim: Claim) -> None:
    page = lay_out_certificate(claim())
    assert sign_certificate(page, signer, AT).startswith(page)


def test_the_signature_certifies_that_nothing_may_change(issued: IssuedCertificate) -> None:
    reader = PdfFileReader(io.BytesIO(issued.pdf))
    (signature,) = reader.embedded_signatures
    assert signature.field_name == FIELD
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert reader.root["/Perms"].raw_get("/DocMDP").reference == signature.sig_field.raw_get("/V").reference


def test_the_moment_is_the_one_that_was_given(signer: Signer, claim: Claim, trust: Path) -> None:
    moment = datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    found = verify(issue(claim(), signer, moment).pdf, trust, at=moment)
    assert found.signed_at == moment


def test_the_metadata_of_the_page_stays_as_it_is(signer: Signer, claim: Claim) -> None:
    page = lay_out_certificate(claim())
    before, after = (PdfFileReader(io.BytesIO(pdf)) for pdf in (page, sign_certificate(page, signer, AT)))
    assert after.root["/Metadata"].data == before.root["/Metadata"].data
    assert dict(after.trailer["/Info"]) == dict(before.trailer["/Info"])


@pytest.mark.parametrize(
    "moment", [datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2056, 1, 1, tzinfo=UTC)]
)
def test_nothing_is_signed_outside_the_time_of_the_signers_certificate(
    signer: Signer, claim: Claim, moment: datetime
) -> None:
    page = lay_out_certificate(claim())
    with pytest.raises(SignerInvalid) as refused:
        sign_certificate(page, signer, moment)
    assert refused.value.code == "not_in_force"


def test_a_page_without_the_prepared_field_is_not_signed(signer: Signer) -> None:
    page = lay_out_letter(LETTER)
    with pytest.raises(SigningError, match="does not contain a form"):
        sign_certificate(page, signer, AT)

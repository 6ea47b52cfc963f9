"""A development authority: root, issuing and seal certificates, made on first use and marked as such."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=365 * 30)
ORGANISATION = "MCC DESARROLLO (sin valor fuera de pruebas)"
SEAL = "Sello de integridad de desarrollo"

Key = ec.EllipticCurvePrivateKey


class TrustInvalid(ValueError):
    """The file of pinned roots, its only argument, does not hold the root of the authority that is to sign."""


@dataclass(frozen=True)
class Authority:
    """The seal's key and certificate, and the certificates above it, the root last."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def open_authority(folder: Path, *, at: datetime, trust: Path) -> Authority:
    """The authority in the folder; made there when there is none. Its root is written to `trust`.

    Raises TrustInvalid when other roots are pinned there: with those taken away, every certificate that was signed
    under them would be called false.
    """
    if not (folder / "seal.pem").exists():
        _make(folder, at)
    authority = _read(folder)
    root = authority.chain[-1].public_bytes(serialization.Encoding.PEM)
    if trust.exists() and root not in trust.read_bytes():
        raise TrustInvalid(trust)
    if not trust.exists():
        trust.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(trust, root)
    return authority


def _make(folder: Path, at: datetime) -> None:
    start = datetime(at.year, 1, 1, tzinfo=UTC)
    root = _found("Raíz de desarrollo", start)
    issuing = _certify("Autoridad emisora de desarrollo", root, start, is_authority=True)
    seal = _certify(SEAL, issuing, start, is_authority=False)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    # The seal is written last: its presence says that the authority is whole.
    for name, pair in (("root", root), ("issuing", issuing), ("seal", seal)):
        _write_private(folder / f"{name}.key", _key_as_pem(pair.key))
        _write_whole(folder / f"{name}.pem", pair.certificate.public_bytes(serialization.Encoding.PEM))


@dataclass(frozen=True)
class _Pair:
    key: Key
    certificate: x509.Certificate


def _found(name: str, start: datetime) -> _Pair:
    """A root: it vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, key, start).issuer_name(_name(name))
    builder = _extend(builder, key, key, is_authority=True)
    return _Pair(key, builder.sign(key, SHA256()))


def _certify(name: str, above: _Pair, start: datetime, *, is_authority: bool) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, key, start).issuer_name(above.certificate.subject)
    builder = _extend(builder, key, above.key, is_authority=is_authority)
    return _Pair(key, builder.sign(above.key, SHA256()))


def _builder(name: str, key: Key, start: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + LASTS)
    )


def _extend(
    builder: x509.CertificateBuilder, key: Key, above: Key, *, is_authority: bool
) -> x509.CertificateBuilder:
    """Who may sign what: authorities certificates and revocation lists, the seal documents (RFC 5280, 4.2.1)."""
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "UY"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _key_as_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_whole(path: Path, content: bytes) -> None:
    """There whole, or not at all."""
    beside = path.with_suffix(".part")
    beside.write_bytes(content)
    beside.replace(path)


def _write_private(path: Path, content: bytes) -> None:
    """Readable by its owner from the first moment on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def _read(folder: Path) -> Authority:
    key = serialization.load_pem_private_key((folder / "seal.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey), "made by _make"
    certificates = [
        x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
        for name in ("seal", "issuing", "root")
    ]
    return Authority(key, certificates[0], tuple(certificates[1:]))

"""The verdict: valid for the very file that was issued, and for no other, with the reason why."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certificates import (
    Claims,
    IssuedCertificate,
    Reason,
    Signer,
    Verdict,
    lay_out_certificate,
    open_development_authority,
    sign_certificate,
    verify,
    verify_apart,
)
from certificates.verdict import MOST_BYTES
from tests.certificates import tampering
from tests.certificates.conftest import AT, Claim
from tests.certificates.tampering import Tamper

FOREIGN = (
    "Common Name: Sello de integridad de desarrollo, "
    "Organization: MCC DESARROLLO (sin valor fuera de pruebas), Country: UY"
)


@pytest.fixture(scope="session")
def page(claim: Claim) -> bytes:
    return lay_out_certificate(claim())


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """Of another authority, which calls itself by the same names."""
    folder = tmp_path_factory.mktemp("foreign")
    return open_development_authority(folder / "keys", at=AT, trust=folder / "root.pem")


def judged(pdf: bytes, trust: Path, at: datetime = AT) -> Verdict:
    """By a register that knows every file: nothing but the file itself can speak against it."""
    return verify(pdf, trust, at=at, recorded=lambda _: True)


def refused(pdf: bytes, reason: Reason) -> Verdict:
    """The whole verdict on a file that is not as it must be: nothing of what it claims is passed on."""
    return Verdict("invalid", (reason,), hashlib.sha256(pdf).hexdigest())


def test_the_issued_file_is_valid_and_says_what_was_claimed(issued: IssuedCertificate, trust: Path) -> None:
    asked: list[str] = []

    def recorded(digest: str) -> bool:
        asked.append(digest)
        return digest == issued.digest

    claims = issued.claims
    assert verify(issued.pdf, trust, at=AT, recorded=recorded) == Verdict(
        "valid", (), issued.digest, claims.number, claims, AT
    )
    assert asked == [issued.digest]


def test_without_a_register_an_authentic_file_is_indeterminate(
    issued: IssuedCertificate, trust: Path
) -> None:
    reason = Reason("register_not_consulted", "register")
    claims = issued.claims
    assert verify(issued.pdf, trust, at=AT) == Verdict(
        "indeterminate", (reason,), issued.digest, claims.number, claims, AT
    )


def test_an_authentic_file_that_the_register_does_not_know_is_invalid(
    page: bytes, signer: Signer, trust: Path, claim: Claim
) -> None:
    pdf = sign_certificate(page, signer, AT)
    reason = Reason("not_in_register", "register")
    digest = hashlib.sha256(pdf).hexdigest()
    assert verify(pdf, trust, at=AT, recorded=lambda _: False) == Verdict(
        "invalid", (reason,), digest, claim().number, claim(), AT
    )


AFTERWARDS: list[tuple[Tamper, Reason]] = [
    (tampering.add_annotation, Reason("not_whole_file")),
    (tampering.draw_over_the_page, Reason("not_whole_file")),
    (tampering.replace_claims, Reason("not_whole_file")),
    (tampering.fill_in_the_form, Reason("not_whole_file")),
    (tampering.change_metadata, Reason("not_whole_file")),
    (lambda pdf: pdf + b"\n", Reason("not_whole_file")),
    (lambda pdf: pdf + b"% nota\n", Reason("not_whole_file")),
    (lambda pdf: pdf + pdf, Reason("not_whole_file")),
    (tampering.rewritten, Reason("changed_after_signing")),
    (lambda pdf: tampering.flipped(pdf, 9), Reason("changed_after_signing")),
    (lambda pdf: tampering.flipped(pdf, len(pdf) // 3), Reason("changed_after_signing")),
    (lambda pdf: pdf[:-1], Reason("changed_after_signing")),
    (lambda pdf: pdf[:-7], Reason("unreadable", value="PdfReadError")),
    (lambda pdf: pdf[: len(pdf) // 2], Reason("unreadable", value="PdfReadError")),
    (lambda pdf: pdf[len(pdf) // 2 :], Reason("not_a_pdf")),
    (lambda pdf: b"\n" + pdf, Reason("not_a_pdf")),
    (tampering.encrypted, Reason("unreadable", value="PdfKeyNotAvailableError")),
]


@pytest.mark.parametrize(("tamper", "reason"), AFTERWARDS, ids=range(len(AFTERWARDS)))
def test_a_file_changed_after_signing_is_invalid(
    issued: IssuedCertificate, trust: Path, tamper: Tamper, reason: Reason
) -> None:
    changed = tamper(issued.pdf)
    assert changed != issued.pdf
    assert judged(changed, trust) == refused(changed, reason)


def test_the_updates_tried_really_show_something_else(issued: IssuedCertificate) -> None:
    """Else their being refused would prove little: the signed bytes are whole, and one revision more is there."""
    for tamper, reason in AFTERWARDS[:5]:
        changed = tamper(issued.pdf)
        assert reason.code == "not_whole_file"
        assert changed.startswith(issued.pdf)
        assert tampering.revisions(changed) == tampering.revisions(issued.pdf) + 1


@pytest.mark.parametrize("whose", ["our own", "foreign"])
def test_a_second_signature_makes_it_invalid(
    issued: IssuedCertificate, trust: Path, signer: Signer, foreign: Signer, whose: str
) -> None:
    changed = tampering.sign_again(signer if whose == "our own" else foreign)(issued.pdf)
    assert judged(changed, trust) == refused(changed, Reason("several_signatures", value=2))


def test_an_unsigned_page_is_invalid(page: bytes, trust: Path) -> None:
    assert judged(page, trust) == refused(page, Reason("not_signed"))


def test_another_authority_is_not_trusted_whatever_it_calls_itself(
    page: bytes, foreign: Signer, trust: Path
) -> None:
    pdf = sign_certificate(page, foreign, AT)
    assert judged(pdf, trust) == refused(pdf, Reason("signer_not_trusted", value=FOREIGN))


@pytest.mark.parametrize(("certify", "level"), [(False, 1), (True, 2), (True, 3)])
def test_our_own_signature_that_allows_changes_is_invalid(
    page: bytes, signer: Signer, trust: Path, certify: bool, level: int
) -> None:
    pdf = tampering.sign_otherwise(page, signer, certify=certify, level=level)
    moment = datetime.now(UTC)
    assert judged(pdf, trust, moment) == refused(pdf, Reason("not_certified"))


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (tampering.without_claims, "claims_missing"),
        (tampering.with_other_name, "claims_missing"),
        (lambda page: tampering.with_claims(page, b"{"), "claims_unreadable"),
        (lambda page: tampering.with_claims(page, b"{}"), "claims_unreadable"),
        (lambda page: tampering.with_claims(page, b"\xff\xfe"), "claims_unreadable"),
        (lambda page: tampering.with_claims(page, b"[" * 100_000), "claims_unreadable"),
    ],
)
def test_a_signed_file_without_sound_claims_is_invalid(
    page: bytes, signer: Signer, trust: Path, prepare: Callable[[bytes], bytes], code: str
) -> None:
    pdf = sign_certificate(prepare(page), signer, AT)
    assert judged(pdf, trust) == refused(pdf, Reason(code))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason("empty")),
        (b"hola", Reason("not_a_pdf")),
        (b"PK\x03\x04" + bytes(100), Reason("not_a_pdf")),
        (b"%PDF-", Reason("unreadable", value="PdfReadError")),
        (b"%PDF-1.7\n" + b"\0" * 1000, Reason("unreadable", value="PdfReadError")),
        (b"%PDF-1.7\n" + b"[" * 100_000, Reason("unreadable", value="PdfReadError")),
        (tampering.minimal(), Reason("not_signed")),
        (tampering.minimal(root=b"/AcroForm 1 0 R"), Reason("not_signed")),
        (tampering.branching_fields(4), Reason("not_signed")),
        (tampering.flate_bomb(200), Reason("unreadable", value="PdfDecodeLimitError")),
        (b"%PDF-1.7\n" + bytes(MOST_BYTES), Reason("too_large", value=MOST_BYTES + 9)),
    ],
    ids=range(11),
)
def test_anything_else_is_invalid_and_never_an_error(content: bytes, reason: Reason, trust: Path) -> None:
    assert judged(content, trust) == refused(content, reason)


def test_before_its_certificate_was_made_the_signer_is_not_trusted(
    issued: IssuedCertificate, trust: Path
) -> None:
    expected = refused(issued.pdf, Reason("signer_not_trusted", value=FOREIGN))
    assert judged(issued.pdf, trust, datetime(2025, 12, 31, tzinfo=UTC)) == expected


def test_a_file_stays_valid_when_the_certificate_of_its_seal_has_run_out(
    issued: IssuedCertificate, trust: Path
) -> None:
    assert judged(issued.pdf, trust, datetime(2056, 6, 1, tzinfo=UTC)) == judged(issued.pdf, trust)


BROKEN_PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"junk",
        BROKEN_PEM.format("anVuaw==").encode(),
        BROKEN_PEM.format("MAMCAQE=").encode(),
        b"-----BEGIN CERTIFICATE-----\n",
    ],
    ids=range(5),
)
def test_without_a_readable_root_nobody_can_tell(
    issued: IssuedCertificate, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "root.pem"
    reasons = (Reason("no_root_pinned", "trust"), Reason("register_not_consulted", "register"))
    expected = Verdict("indeterminate", reasons, hashlib.sha256(issued.pdf).hexdigest())
    assert judged(issued.pdf, file) == expected, "no such file"
    file.write_bytes(content)
    assert judged(issued.pdf, file) == expected
    assert verify(issued.pdf, [content], at=AT, recorded=lambda _: True) == expected
    assert verify_apart(issued.pdf, file, at=AT, recorded=lambda _: True) == expected


def test_without_a_root_a_changed_file_is_invalid_all_the_same(
    issued: IssuedCertificate, tmp_path: Path
) -> None:
    changed = issued.pdf + b"x"
    assert judged(changed, tmp_path / "none.pem").verdict == "invalid"


def test_one_of_several_pinned_roots_suffices(
    issued: IssuedCertificate, trust: Path, tmp_path: Path, foreign: Signer
) -> None:
    open_development_authority(tmp_path / "keys", at=AT, trust=tmp_path / "other.pem")
    other, ours = (tmp_path / "other.pem").read_bytes(), trust.read_bytes()
    for roots in ([other, ours], [other + ours], [b"junk", ours]):
        assert verify(issued.pdf, roots, at=AT, recorded=lambda _: True).verdict == "valid"
    assert verify(issued.pdf, [other], at=AT, recorded=lambda _: True).verdict == "invalid"


def test_an_error_of_the_register_is_not_a_verdict(issued: IssuedCertificate, trust: Path) -> None:
    def recorded(_: str) -> bool:
        raise ConnectionError("the register is down")

    with pytest.raises(ConnectionError):
        verify(issued.pdf, trust, at=AT, recorded=recorded)


def test_claims_are_those_of_the_signed_file(issued: IssuedCertificate, trust: Path) -> None:
    found = judged(issued.pdf, trust).claims
    assert isinstance(found, Claims)
    assert found.canonical() == issued.claims.canonical()

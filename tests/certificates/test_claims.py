"""What a certificate may say, and that its bytes are always the same."""

import hashlib
import json
from datetime import date

import pytest
from pydantic import ValidationError

from certificates import Claims, Resolution
from tests.certificates.conftest import Claim


def test_the_canonical_bytes_are_sorted_json_without_blanks_in_utf_8(claim: Claim) -> None:
    claims = claim()
    assert (
        claims.canonical()
        == (
            '{"award":"granted","award_label":"Marca Cooperativa Canaria","demonstration":true,"edition":"mcc-2026",'
            f'"edition_hash":"{"0" * 64}","expediente":"2026-81-1010-00042",'
            '"holder":"Cooperativa Los Ñandúes (ficticia)","holder_kind":"Cooperativa de trabajo",'
            '"issued_on":"2026-10-16","issuer":"Emisor de prueba (ficticio)","municipality":"Santa Lucía",'
            f'"number":"{claims.number}","pilot":true,"process":"Elaboración artesanal con leche propia.",'
            '"products":["Queso colonia","Dulce de leche"],'
            '"public_address":"https://marca.invalid/v/abcdefghijklmnopqrstuvw234",'
            '"resolution":{"authority":"Comité de Decisión (ficticio)","date":"2026-10-09","number":"26/00777"},'
            '"site":"Camino de Prueba 123, Santa Lucía","valid_until":"2028-10-15"}'
        ).encode()
    )


def test_the_digest_is_that_of_the_canonical_bytes(claim: Claim) -> None:
    assert claim().digest() == hashlib.sha256(claim().canonical()).hexdigest()


def test_claims_read_back_from_their_bytes_are_equal(claim: Claim) -> None:
    assert Claims.model_validate_json(claim().canonical()) == claim()


def test_a_different_claim_gives_a_different_digest(claim: Claim) -> None:
    changes = (
        {"holder": "Otra (ficticia)"},
        {"products": ("Queso colonia",)},
        {"products": ("Dulce de leche", "Queso colonia")},
        {"pilot": False},
        {"valid_until": date(2028, 10, 16)},
    )
    assert len({claim(**change).digest() for change in ({}, *changes)}) == 1 + len(changes)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\t", "U+0009"),
        ("\r", "U+000D"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\xad", "U+00AD"),
        ("\u200b", "U+200B"),
        ("\u200d", "U+200D"),
        ("\u2028", "U+2028"),
        ("\u2060", "U+2060"),
        ("\u3164", "U+3164"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
        ("\U000e0041", "U+E0041"),
        ("\u061c", "U+061C"),
        ("\u200e", "U+200E"),
        ("\u200f", "U+200F"),
        *[(chr(code), f"U+{code:04X}") for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))],
    ],
)
def test_hidden_characters_are_refused_by_name(claim: Claim, character: str, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        claim(holder=f"Cooperativa{character}Clara")
    problems = [(error["type"], error["loc"], error["ctx"]) for error in refused.value.errors()]
    assert problems == [("hidden_character", ("holder",), {"character": name})]


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "Ñandú",
        "תעודה",
        "شهادة",
        "Đặng",
        "👩‍🌾",
        "e\u0301",
        "\u0645\u06cc\u200c\u062e\u0648\u0627",
        "🏳️‍🌈",
    ],
)
def test_every_script_may_be_used(claim: Claim, text: str) -> None:
    assert claim(process=text).process == text


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"holder": ""}, "string_too_short"),
        ({"holder": "x" * 2001}, "string_too_long"),
        ({"products": ("Pan", "")}, "string_too_short"),
        ({"pilot": None}, "bool_type"),
        ({"valid_until": "mañana"}, "date_from_datetime_parsing"),
        ({"score": "78.4"}, "extra_forbidden"),
        ({"holder": "\ud800"}, "string_unicode"),
    ],
)
def test_impossible_claims_are_refused(claim: Claim, change: dict[str, object], kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        claim(**change)
    assert [error["type"] for error in refused.value.errors()] == [kind]


def test_claims_cannot_be_changed_afterwards(claim: Claim) -> None:
    with pytest.raises(ValidationError):
        claim().holder = "Otra (ficticia)"  # type: ignore[misc]


def test_the_order_in_which_claims_are_given_does_not_matter(claim: Claim) -> None:
    given = json.loads(claim().canonical())
    turned = Claims(**{key: given[key] for key in reversed(given)})
    assert turned.canonical() == claim().canonical()
    assert isinstance(turned.resolution, Resolution)


def test_a_text_of_blanks_is_no_text(claim: Claim) -> None:
    with pytest.raises(ValidationError):
        claim(holder=" \n ")

"""Numbers and public codes, against the standard's own test, known values and each other."""

import secrets
from base64 import b32decode

import pytest

from certificates import (
    Number,
    NumberInvalid,
    application_number,
    certificate_number,
    check_character,
    is_public_code,
    parse_number,
    public_code,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIALS = (1, 2, 9, 10, 45, 99, 100, 4_711, 99_999, 123_456, 999_999)


def is_sound(text: str) -> bool:
    """The other way round: the whole string, check character included, has to come to 1 modulo 36."""
    product = 36
    for character in text[:-1]:
        total = (product + ALPHABET.index(character)) % 36
        product = (2 * (36 if total == 0 else total)) % 37
    return (product + ALPHABET.index(text[-1])) % 36 == 1


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("A12425GABC1234002", "M"),  # the example of the Global Release Identifier
        ("0000000189470000", "8"),  # an audiovisual work and its version, both by their ISAN
        ("000000018947000000000000", "D"),
        ("000000003A8D0000", "Z"),
        ("000000003A8D000000000000", "6"),
    ],
)
def test_the_check_character_is_that_of_published_examples(text: str, character: str) -> None:
    assert check_character(text) == character


@pytest.mark.parametrize("serial", SERIALS)
def test_exactly_one_check_character_is_sound(serial: int) -> None:
    for body in (f"MCC2026{serial:06d}", f"S2031{serial:06d}"):
        assert [last for last in ALPHABET if is_sound(body + last)] == [check_character(body)]


def test_numbers_are_written_in_one_way() -> None:
    assert certificate_number(2026, 1) == "MCC-2026-000001-G"
    assert application_number(2026, 1) == "S-2026-000001-6"
    assert parse_number("MCC-2026-000001-G") == Number("MCC", 2026, 1)
    assert parse_number("S-2026-000001-6") == Number("S", 2026, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "mcc-2026-000001-g",
        "  MCC-2026-000001-G\n",
        "MCC 2026 000001 G",
        "MCC2026000001G",
        "MCC-2026-1-G",
        "MCC-2026-001 - G",
        "MCC\N{EN DASH}2026\N{EN DASH}000001\N{EN DASH}G",
        "mcc\N{NO-BREAK SPACE}2026 1 g",
    ],
)
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert str(parse_number(typed)) == "MCC-2026-000001-G"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "malformed"),
        ("hola", "malformed"),
        ("MCC-2026-000001", "malformed"),
        ("MCC-26-000001-G", "malformed"),
        ("MCC-2026-0000001-G", "malformed"),
        ("MCC-2026-000000-H", "malformed"),
        ("X-2026-000001-G", "malformed"),
        ("MCC-2026-000001-G-", "malformed"),
        ("MCC-2026-000012", "malformed"),
        ("MCC-2026-1G", "malformed"),
        ("MCC-2026-\u0660\u0660\u0660\u0660\u0660\u0661-G", "malformed"),
        ("MCC-2026-000001-*", "malformed"),
        ("MCC-2026-OOOOO1-G", "malformed"),
        ("MCC-2026-000001-H", "wrong_check"),
        ("MCC-2026-000002-G", "wrong_check"),
        ("MCC-2027-000001-G", "wrong_check"),
        ("S-2026-000001-G", "wrong_check"),
    ],
)
def test_what_is_not_a_number_is_refused_and_says_why(typed: str, code: str) -> None:
    with pytest.raises(NumberInvalid) as refused:
        parse_number(typed)
    assert refused.value.code == code
    assert str(refused.value) == f"{code}: {typed!r}"


@pytest.mark.parametrize(("year", "serial"), [(2026, 0), (2026, -1), (2026, 1_000_000), (10_000, 1), (-1, 1)])
def test_a_number_that_could_not_be_read_back_is_never_made(year: int, serial: int) -> None:
    for write in (certificate_number, application_number):
        with pytest.raises(NumberInvalid) as refused:
            write(year, serial)
        assert refused.value.code == "malformed"


def test_swapped_neighbours_pass_as_rarely_as_the_module_says() -> None:
    passed = swaps = 0
    for serial in range(1, 20_000):
        body = f"MCC2026{serial:06d}"
        for place in range(7, 12):
            swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
            swaps += swapped != body
            passed += swapped != body and check_character(swapped) == check_character(body)
    assert 0 < passed / swaps <= 1 / 145


def code_from(known: bytes) -> str:
    return public_code(lambda count: known[:count])


def test_public_codes_carry_130_random_bits() -> None:
    assert public_code(bytes) == "a" * 26
    assert public_code(lambda count: b"\xff" * count) == "7" * 26
    code = public_code(lambda count: bytes(range(count)))
    assert b32decode(code.upper() + "AA" + "====")[:16] == bytes(range(16))
    one_bit = [(1 << (17 * 8 - 1 - bit)).to_bytes(17, "big") for bit in range(130)]
    assert len({code_from(known) for known in one_bit}) == 130


def test_public_codes_differ() -> None:
    codes = {public_code(secrets.token_bytes) for _ in range(1000)}
    assert len(codes) == 1000
    assert all(is_public_code(code) for code in codes)


@pytest.mark.parametrize(
    "text", ["", "a" * 25, "a" * 27, "A" * 26, "a" * 25 + "1", "a" * 25 + "8", "a" * 25 + "=", "á" * 26]
)
def test_what_is_no_public_code_is_told_apart(text: str) -> None:
    assert not is_public_code(text)

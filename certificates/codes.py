"""Numbers with a check character, and public codes that nobody can guess.

The check character is ISO/IEC 7064 MOD 37,36 over the letters and digits before it: it catches every single
wrong character, and all but one in 150 swaps of two neighbouring digits.
"""

import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE_LENGTH = 26
CODE_BYTES = 17
"""26 base32 characters carry 130 bits; 17 bytes are the least that hold them."""

YEARS = range(10_000)
SERIALS = range(1, 1_000_000)

CERTIFICATE = "MCC"
APPLICATION = "S"

_WRITTEN = re.compile(r"(MCC|S)-?([0-9]{4})-?([0-9]{6}|[0-9]{1,5}(?=-))-?([0-9A-Z])")
"""Zeros may be missing only where the check character stands apart: else the last digit would be taken for it."""


class NumberInvalid(ValueError):
    """`code` says why: malformed (no such number can exist) or wrong_check (a character is wrong)."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code


@dataclass(frozen=True)
class Number:
    """Raises NumberInvalid (malformed) for a year or serial that the written form has no room for."""

    prefix: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if self.year not in YEARS or self.serial not in SERIALS:
            raise NumberInvalid("malformed", f"{self.prefix}-{self.year}-{self.serial}")

    @property
    def check(self) -> str:
        return check_character(f"{self.prefix}{self.year:04d}{self.serial:06d}")

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year:04d}-{self.serial:06d}-{self.check}"


def check_character(text: str) -> str:
    """ISO/IEC 7064 MOD 37,36, the hybrid system for letters and digits."""
    carry = 36
    for character in text:
        carry = (carry + ALPHABET.index(character)) % 36 or 36
        carry = carry * 2 % 37
    return ALPHABET[(37 - carry) % 36]


def certificate_number(year: int, serial: int) -> str:
    """As in MCC-2026-000001-K."""
    return str(Number(CERTIFICATE, year, serial))


def application_number(year: int, serial: int) -> str:
    """As in S-2026-000001-K."""
    return str(Number(APPLICATION, year, serial))


def parse_number(text: str) -> Number:
    """A number as people type it: small letters, blanks and missing zeros are forgiven. Raises NumberInvalid."""
    written = _WRITTEN.fullmatch(re.sub(r"[\s\N{EN DASH}-]+", "-", text.strip(" .\t\n")).upper())
    if written is None or int(written[3]) == 0:
        raise NumberInvalid("malformed", text)
    number = Number(written[1], int(written[2]), int(written[3]))
    if number.check != written[4]:
        raise NumberInvalid("wrong_check", text)
    return number


def public_code(random: Callable[[int], bytes]) -> str:
    """26 lower-case base32 characters: 130 random bits."""
    return b32encode(random(CODE_BYTES)).decode().lower()[:CODE_LENGTH]


def is_public_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and set(text) <= set("abcdefghijklmnopqrstuvwxyz234567")

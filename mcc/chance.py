"""The one source of randomness: salts, receipts, public codes and session tokens are drawn here."""

import secrets
from base64 import b32encode
from typing import Protocol


class Chance(Protocol):
    def __call__(self, count: int, /) -> bytes:
        """So many unpredictable bytes."""


system_chance: Chance = secrets.token_bytes
"""The operating system's cryptographic generator."""


def draw_word(chance: Chance, size: int) -> str:
    """A word of `size` lower-case base32 characters, five random bits each."""
    return b32encode(chance((size * 5 + 7) // 8)).decode().lower()[:size]

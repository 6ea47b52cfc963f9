"""Passwords and tokens: drawn, kept as digests, compared.

Hashing takes a fifth of a second on purpose. It is done before a piece of work asks for its first row: the write lock is
taken with the first statement, and everybody else would wait for it.
"""

from functools import cache
from hashlib import sha256
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import StringConstraints

from mcc.chance import Chance, draw_word

NewPassword = Annotated[str, StringConstraints(strip_whitespace=False, min_length=10, max_length=200)]
"""As it was typed: the form for signing in takes no blank away either."""
TOKEN_LETTERS = 52
PASSWORD_LETTERS = 20
HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Without a hash, as for an unknown name, the answer is no and takes as long."""
    try:
        return HASHER.verify(password_hash or _hash_of_nobody(), password)
    except VerificationError:
        return False


@cache
def _hash_of_nobody() -> str:
    return HASHER.hash("nobody")


def digest_of(secret: str) -> str:
    """What is stored of a token: a copy of the database opens nothing."""
    return sha256(secret.encode()).hexdigest()


def draw_password(chance: Chance) -> str:
    return draw_word(chance, PASSWORD_LETTERS)

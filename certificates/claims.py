"""What a certificate asserts, and the exact bytes of it."""

import hashlib
import json
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

REORDERING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def _refuse_hidden(text: str) -> str:
    """A certificate shows what it says: no control characters, nothing that reorders the line."""
    for character in text:
        if (unicodedata.category(character) == "Cc" and character != "\n") or ord(character) in REORDERING:
            raise PydanticCustomError(
                "hidden_character", "hidden character", {"character": f"U+{ord(character):04X}"}
            )
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_refuse_hidden)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Resolution(Strict):
    number: Text
    date: date
    authority: Text


class Claims(Strict):
    """Everything that the certificate says; it is attached to the PDF as claims.json, byte for byte."""

    number: Text
    public_address: Text
    holder: Text
    holder_kind: Text
    municipality: Text
    products: tuple[Text, ...]
    process: Text
    site: Text
    award: Text
    award_label: Text
    edition: Text
    edition_hash: Text
    pilot: bool
    demonstration: bool
    expediente: Text
    resolution: Resolution
    issued_on: date
    valid_until: date
    issuer: Text

    def canonical(self) -> bytes:
        """The same bytes for the same claims: JSON, UTF-8, keys sorted, no blanks."""
        content = self.model_dump(mode="json")
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def digest(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()

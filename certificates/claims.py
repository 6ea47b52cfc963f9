"""What a certificate asserts, and the exact bytes of it."""

import hashlib
import json
import unicodedata
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

UNSEEN: Final = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Unicode categories with nothing to see: controls, formats that reorder or join, no characters at all, separators."""
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their category, and nothing to see all the same."""
JOINERS = "\u200c\u200d"
"""They shape letters of Persian and Hindi and join emoji; between other letters nobody would see them."""
LATIN_ENDS = 0x0300


def find_hidden(text: str) -> str | None:
    """The first character that a reader would not see: two texts could look the same and not be. Line ends are fine."""
    around = zip(text, " " + text, text[1:] + " ", strict=False)
    return next((here for here, before, after in around if _is_hidden(here, before, after)), None)


def _is_hidden(here: str, before: str, after: str) -> bool:
    if here in JOINERS:
        return min(ord(before), ord(after)) < LATIN_ENDS
    return here in BLANKS or (here != "\n" and unicodedata.category(here) in UNSEEN)


def _refuse_hidden(text: str) -> str:
    """A certificate shows what it says."""
    hidden = find_hidden(text) if text.strip() else " "
    if hidden:
        raise PydanticCustomError(
            "hidden_character", "hidden character", {"character": f"U+{ord(hidden):04X}"}
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
    products: Annotated[tuple[Text, ...], Field(max_length=100)]
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

"""What people give: input models that refuse what they do not know, and text that is what it looks like."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from certificates import find_hidden
from mcc.errors import InputInvalid, Problem

PASTED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Come along when text is copied from a document, and mean nothing: taken out, as nobody could find them."""


FEWEST_DIGITS = 6


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def refuse_hidden(text: str) -> str:
    """The text in composed form (NFC). Refuses what a reader would not see, other than line ends and tabulators."""
    text = text.replace("\r\n", "\n").translate(PASTED)
    if hidden := find_hidden(text.replace("\t", " ")):
        raise PydanticCustomError(
            "hidden_character", "hidden character", {"character": f"U+{ord(hidden):04X}"}
        )
    return unicodedata.normalize("NFC", text)


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("one_line", "one line only")
    return text


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=160),
    AfterValidator(refuse_hidden),
    AfterValidator(_one_line),
]
ShortLine = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60),
    AfterValidator(refuse_hidden),
    AfterValidator(_one_line),
]


def _dialled(text: str) -> str:
    if sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
        raise PydanticCustomError("phone_without_digits", "no telephone number")
    return text


Phone = Annotated[ShortLine, AfterValidator(_dialled)]
"""However it is written, with an extension or a word beside it: enough digits to be called."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(refuse_hidden)]
Email = Annotated[
    str,
    StringConstraints(
        max_length=120,
        to_lower=True,
        pattern=r"^[A-Za-z0-9_+%'-]+(\.[A-Za-z0-9_+%'-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$",
    ),
]
"""An address as people have them, in small letters. RFC 5321 allows more; a mail server that took it is not known."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.-]+$")]

Model = TypeVar("Model", bound=BaseModel)


def parse_input(model: type[Model], raw: Mapping[str, Any]) -> Model:
    """The input, or InputInvalid with every problem: the field, a code and its facts."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InputInvalid(list_problems(error)) from error


def list_problems(error: ValidationError) -> list[Problem]:
    return [
        Problem(
            ".".join(str(part) for part in problem["loc"]) or "-",
            problem["type"],
            {name: value for name, value in problem.get("ctx", {}).items() if name != "error"},
        )
        for problem in error.errors(include_url=False)
    ]

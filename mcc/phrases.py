"""What people read: sentences by code (locale/*.yaml), and the translations of the templates' Spanish (locale/*.po)."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from ruamel.yaml import YAML

from mcc.dates import show_day
from mcc.errors import InputInvalid, MccError, Problem

LANGUAGES = ("es", "en", "pt")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Sentences by code, flat: `error.not_found` for `error: {not_found: …}`."""
    text = files("mcc").joinpath(f"locale/{language}.yaml").read_text(encoding="utf-8")
    return dict(_flatten("", YAML(typ="safe", pure=True).load(text)))


def _flatten(path: str, node: Any) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        return [
            pair
            for key, value in node.items()
            for pair in _flatten(f"{path}.{key}" if path else str(key), value)
        ]
    return [(path, str(node))]


@cache
def translations(language: str) -> NullTranslations:
    """From the Spanish of the templates, which needs none itself."""
    if language == "es":
        return NullTranslations()
    compiled = BytesIO()
    source = files("mcc").joinpath(f"locale/{language}.po").read_bytes()
    write_mo(compiled, read_po(BytesIO(source), locale=language, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)


def knows(code: str) -> bool:
    return code in catalogue("es")


def say(code: str, language: str = "es", **facts: Any) -> str:
    """The sentence for a code, with its facts filled in. A code without a sentence is shown as it is."""
    sentence = catalogue(language).get(code) or catalogue("es").get(code)
    if sentence is None:
        return code
    return sentence.format_map(_Facts(facts))


class _Facts(dict[str, Any]):
    """A fact that is missing leaves a dash, never an exception in the middle of an error."""

    def __missing__(self, key: str) -> str:
        return "—"


def say_problem(problem: Problem, language: str = "es") -> str:
    return say(f"problem.{problem.code}", language, where=problem.where, **problem.facts)


def say_error(error: MccError, language: str = "es") -> str:
    """One sentence; for input with several problems, the first says how many more there are."""
    if isinstance(error, InputInvalid):
        first = say_problem(error.problems[0], language)
        more = len(error.problems) - 1
        field = say_field(error.problems[0].where, language)
        sentence = f"{field}: {first}"
        return sentence if not more else f"{sentence} {say('error.and_more', language, count=more)}"
    facts = word_days(error.facts, language)
    if (guard := facts.get("guard")) and knows(f"guard.{guard}"):
        return say(f"guard.{guard}", language, **facts)
    return say(f"error.{error.code}", language, **facts)


def word_days(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Facts travel as text: those that are days as people say them, everything else as it is."""
    return {
        name: show_day(date.fromisoformat(value), language)
        if isinstance(value, str) and ISO_DAY.fullmatch(value)
        else value
        for name, value in facts.items()
    }


def say_field(where: str, language: str = "es") -> str:
    """A field by the name that a person knows it by."""
    code = f"field.{where.split('.', maxsplit=1)[0]}"
    return say(code, language) if knows(code) else where

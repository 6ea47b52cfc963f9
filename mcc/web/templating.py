"""The templates, one environment for each language: words, dates and numbers come out in that language."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from operator import attrgetter
from typing import Any, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mcc.actions.editions import current_rubric
from mcc.actions.report import name_place
from mcc.dates import show_day, show_moment
from mcc.errors import MccError, Problem
from mcc.phrases import knows, say, say_error, say_problem, translations, word_days
from mcc.web.languages import NAMES, TAGS


class Labelled(Protocol):
    """A text that an edition holds in several languages."""

    def in_language(self, language: str) -> str: ...


@cache
def environment(language: str) -> Environment:
    """Everything is escaped, whatever a template is called."""
    made = Environment(
        loader=PackageLoader("mcc.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    made.filters |= _filters(language)
    made.globals |= _globals(language)
    return made


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    return {
        "day": partial(show_day, language=language),
        "iso_day": lambda text: show_day(date.fromisoformat(text), language),
        "moment": partial(show_moment, language=language),
        "number": partial(show_number, language=language),
        "said": partial(read_label, language=language),
        "worded": partial(word_cause, language=language),
        "opening": open_sentence,
        "pairs": pair_up,
        "labelled": partial(pair_labels, language=language),
        "twice": lambda word: (word, word),
    }


def _globals(language: str) -> dict[str, Any]:
    return {
        "say": partial(say, language=language),
        "knows": knows,
        "named": partial(name_codes, language=language),
        "evidence_kind": partial(name_evidence_kind, language=language),
        "place_name": partial(name_place, language=language),
        "language": language,
        "language_tag": TAGS[language],
        "language_names": NAMES,
        "language_tags": TAGS,
        "version": file_version,
        "drawing": read_static,
        "status_style": partial(read_static, "status.css"),
    }


@cache
def read_static(name: str) -> Markup:
    """A file of static/ that stands inside a page."""
    return Markup(files("mcc.web").joinpath(f"static/{name}").read_text("utf-8").strip())  # noqa: S704 - our own files, shipped with the code


@cache
def file_version(name: str) -> str:
    """Changes with a file of static/, so that browsers may keep it for good."""
    return sha256(files("mcc.web").joinpath(f"static/{name}").read_bytes()).hexdigest()[:8]


def open_sentence(text: str) -> str:
    """With a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def read_label(text: Labelled, language: str) -> str:
    return text.in_language(language)


def word_cause(cause: MccError | Problem, language: str) -> str:
    """Why something was refused; days as people write them."""
    if not isinstance(cause, Problem):
        return say_error(cause, language)
    return say_problem(replace(cause, facts=word_days(cause.facts, language)), language)


def name_codes(group: str, codes: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Pairs of code and name, as the choices of a form take them; a code without a name is shown as words."""
    return [(code, open_sentence(_name(f"{group}.{code}", code, language))) for code in codes]


def _name(phrase: str, code: str, language: str) -> str:
    return say(phrase, language) if knows(phrase) else code.replace("_", " ")


def pair_up(items: Iterable[Any], value: str, label: str) -> list[tuple[Any, Any]]:
    """Pairs of value and label, taken from the attributes of each item."""
    take = attrgetter(value, label)
    return [take(item) for item in items]


def pair_labels(items: Iterable[Any], value: str, language: str) -> list[tuple[Any, str]]:
    """Pairs of a value and the item's label, of things that an edition names in several languages."""
    take = attrgetter(value)
    return [(take(item), item.label.in_language(language)) for item in items]


def name_evidence_kind(code: str, language: str) -> str:
    """As the edition in use calls it."""
    names = {kind.code: kind.label.in_language(language) for kind in current_rubric().evidence_kinds}
    return names.get(code) or open_sentence(code.replace("_", " "))


def show_number(value: Any, language: str) -> str:
    """A level as it is; a score with one decimal, cut and not rounded, so that it never reads as a minimum it missed."""
    if isinstance(value, int):
        return str(value)
    tenths = int(value * 10)
    return f"{tenths // 10}{'.' if language == 'en' else ','}{tenths % 10}"

"""Everything that a template says can be read in three languages."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import nodes

from mcc.web.templating import environment

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "mcc" / "web" / "templates"
LOCALE = ROOT / "mcc" / "locale"

OUR_NAMES = (
    "CSV",
    "ODS",
    "JSON",
    "Marca Cooperativa Canaria",
    "Gobierno de Canelones",
    "MCC",
    "PDF",
    "kB",
    "MB",
)
READ = ("alt", "title", "aria-label", "placeholder")
"""Attributes that a person reads or hears."""
TRANSLATE = {"_", "gettext", "ngettext", "pgettext"}
BY_CODE = {"say", "knows", "named", "version"}
LEAK = re.compile(r"[^\W\d_]{2}")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SENTENCE = re.compile(r"\s[^\W\d_]{2}|^[¿¡]?[A-ZÁÉÍÓÚÑ][a-záéíóúñ]")
ATTRIBUTE = re.compile(r'(aria-describedby|enctype)="[^"]*"|^govuk-form-group.*$', re.MULTILINE)
"""What a macro puts inside a tag of its caller."""


class Words(HTMLParser):
    """What of a piece of markup is read: its text, and some attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += [value for name, value in attrs if name in READ and value]


def leaks(source: str) -> list[str]:
    """Every text of a template that no translation reaches."""
    tree = environment("es").parse(source)
    return [*_leaked_markup(source), *_leaked_literals(tree)]


def _leaked_markup(source: str) -> Iterator[str]:
    plain = re.sub(r"(?s)\{#.*?#\}", " ", source)
    plain = re.sub(r"(?s)\{%-? trans.*?endtrans -?%\}", " ", plain)
    plain = re.sub(r"(?s)\{\{.*?\}\}|\{%.*?%\}", " ", plain)
    words = Words()
    words.feed(plain)
    for found in words.found:
        text = ATTRIBUTE.sub("", found)
        for name in OUR_NAMES:
            text = text.replace(name, " ")
        if LEAK.search(text):
            yield " ".join(text.split())


def _leaked_literals(tree: nodes.Node) -> Iterator[str]:
    for node in tree.iter_child_nodes():
        if isinstance(node, nodes.TemplateData):
            continue
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            if SENTENCE.search(node.value) and "<" not in node.value:
                yield node.value
        elif not (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name in TRANSLATE | BY_CODE
        ):
            yield from _leaked_literals(node)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_no_sentence_of_a_template_escapes_translation(path: Path) -> None:
    assert leaks(path.read_text(encoding="utf-8")) == []


def test_the_search_finds_every_kind_of_leak() -> None:
    source = """
    <p>suelto</p> <p>{{ _("Bien") }} <img alt="dibujo" src="mark.svg"></p>
    {{ f.line(form, "name", "Nombre") }} {{ f.line(form, "name", _("Nombre"), hint="como en el registro") }}
    {% set words = {"open": "Abierta"} %} {% trans %}bien dicho{% endtrans %}
    """
    assert leaks(source) == ["suelto", "dibujo", "Nombre", "como en el registro", "Abierta"]


def messages() -> dict[str | tuple[str, ...], set[str]]:
    """Every sentence of the templates, with the places that facts take in it."""
    found = extract_from_dir(
        TEMPLATES,
        method_map=[("**.html", "jinja2")],
        options_map={
            "**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trimmed": "true", "silent": "false"}
        },
    )
    texts = [text for _, _, text, _, _ in found]
    return {text: set(PLACEHOLDER.findall(str(text))) for text in texts}


@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_sentence_is_translated(language: str) -> None:
    catalogue = read_po(BytesIO((LOCALE / f"{language}.po").read_bytes()), locale=language)
    present = {message.id: message for message in catalogue if message.id}
    wanted = messages()
    assert sorted(map(str, wanted.keys() - present.keys())) == []
    assert sorted(map(str, present.keys() - wanted.keys())) == []
    for text, places in wanted.items():
        message = present[text]
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), text
        assert not message.fuzzy, text
        assert set(PLACEHOLDER.findall(str(said))) == places, text

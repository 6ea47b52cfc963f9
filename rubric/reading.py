"""YAML text becomes plain data with the place of every value; what could harm or mislead is refused.

Read from the parser's events rather than from built objects: so an alias is refused before it can multiply
(a "YAML bomb"), every duplicate key is seen, and a number never passes through binary floating point.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from rubric.errors import Problem

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 20

Path_ = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1."""

STANDARD_TAG = "tag:yaml.org,2002:"
PLAIN_TAGS = frozenset({"str", "int", "float", "bool", "null", "map", "seq"})
NOT_PRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Eighteen digits are plenty, and keep a number from being a denial of service.
WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
BROKEN = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Unreadable(Exception):
    """The file is refused as a whole, for one reason."""

    def __init__(self, code: str, place: Place = (1, 1), **facts: Any) -> None:
        super().__init__(code)
        self.code, self.place, self.facts = code, place, facts


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, Decimal, bool, None), and where each part of it stands."""

    data: Any
    places: Mapping[Path_, Place]
    """A scalar by its own place, a list or mapping by that of its key."""
    keys: Mapping[Path_, Place]
    problems: tuple[Problem, ...]
    """Duplicate keys; the first one counts, so that the rest can still be checked."""


def read_document(path: Path) -> Document:
    """The one YAML document of a file. Raises Unreadable."""
    text = _decode(_read_bytes(path))
    try:
        return _Composer(str(path), YAML(typ="safe", pure=True).parse(text)).compose_document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable("yaml_syntax", _place_of(mark), detail=error.problem or error.context) from error


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise Unreadable("file_unreadable", detail=error.strerror) from error
    if len(content) > MAXIMUM_BYTES:
        raise Unreadable("file_too_large", maximum=MAXIMUM_BYTES)
    return content


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        raise Unreadable("not_utf8", _place_at(before)) from error
    if found := NOT_PRINTABLE.search(text):
        raise Unreadable(
            "character_not_allowed", _place_at(text[: found.start()]), character=f"U+{ord(found[0]):04X}"
        )
    return text


def _place_at(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _place_of(mark: StreamMark | None) -> Place:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


class _Composer:
    def __init__(self, file: str, events: Iterator[Event]) -> None:
        self.file = file
        self.events = events
        self.places: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}
        self.problems: list[Problem] = []

    def compose_document(self) -> Document:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), StreamEndEvent):
            raise Unreadable("document_empty")
        data = self._compose(next(self.events), (), None)
        next(self.events)  # the end of the document
        following = next(self.events)
        if isinstance(following, DocumentStartEvent):
            raise Unreadable("several_documents", _place_of(following.start_mark))
        return Document(data, self.places, self.keys, tuple(self.problems))

    def _compose(self, event: Event, path: Path_, key: Place | None) -> Any:
        place = _place_of(event.start_mark)
        _refuse_harmful(event, place, depth=len(path))
        if isinstance(event, ScalarEvent):
            self.places.setdefault(path, place)
            return _resolve(event)
        self.places.setdefault(path, key or place)
        return (
            self._compose_list(path) if isinstance(event, SequenceStartEvent) else self._compose_mapping(path)
        )

    def _compose_list(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._compose(event, (*path, len(items)), None))
        return items

    def _compose_mapping(self, path: Path_) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key, place = self._compose_key(event, path)
            if key in mapping:
                self._report_duplicate(path, key, place)
            self.keys.setdefault((*path, key), place)
            value = self._compose(next(self.events), (*path, key), place)
            mapping.setdefault(key, value)
        return mapping

    def _compose_key(self, event: Event, path: Path_) -> tuple[str, Place]:
        place = _place_of(event.start_mark)
        _refuse_harmful(event, place, depth=len(path))
        if not isinstance(event, ScalarEvent):
            raise Unreadable("key_not_plain", place)
        return str(event.value), place

    def _report_duplicate(self, path: Path_, key: str, place: Place) -> None:
        facts = {"key": key, "first_line": self.keys[(*path, key)][0]}
        shown = ".".join(map(str, (*path, key)))
        self.problems.append(Problem(self.file, *place, shown, "key_duplicate", facts))


def _refuse_harmful(event: Event, place: Place, *, depth: int) -> None:
    if isinstance(event, AliasEvent):
        raise Unreadable("anchor_not_allowed", place, name=event.anchor)
    assert isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent), "the parser nests events"
    if event.anchor is not None:
        raise Unreadable("anchor_not_allowed", place, name=event.anchor)
    if depth > MAXIMUM_DEPTH:
        raise Unreadable("nesting_too_deep", place, maximum=MAXIMUM_DEPTH)
    tag = event.tag
    if tag not in {None, "!"} and str(tag).removeprefix(STANDARD_TAG) not in PLAIN_TAGS:
        raise Unreadable("tag_not_allowed", place, tag=str(tag))


def _resolve(event: ScalarEvent) -> Any:
    """The value of a scalar as the core schema of YAML 1.2 has it; numbers are int or Decimal, dates stay text."""
    text: str = event.value
    typed = event.tag is not None and event.tag not in {"!", f"{STANDARD_TAG}str"}
    if not (typed or (event.tag is None and event.style is None)):
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if BROKEN.fullmatch(text) else text

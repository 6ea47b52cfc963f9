"""How days, moments and figures read in each language; and that no template lets markup through."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from mcc.dates import show_day, show_moment
from mcc.web.pages import send_file
from mcc.web.templating import (
    environment,
    name_codes,
    name_evidence_kind,
    show_number,
)
from workflows import EDITIONS, load_workflow

NEW_YEAR = datetime(2027, 1, 1, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("es", "12 de marzo de 2027"), ("en", "12 March 2027"), ("pt", "12 de março de 2027")],
)
def test_a_day_reads_as_people_say_it(language: str, shown: str) -> None:
    assert show_day(date(2027, 3, 12), language) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("es", "31 de diciembre de 2026 a las 23:05"),
        ("en", "31 December 2026 at 23:05"),
        ("pt", "31 de dezembro de 2026 às 23:05"),
    ],
)
def test_a_moment_is_told_in_local_time(language: str, shown: str) -> None:
    assert show_moment(NEW_YEAR, language) == shown


def test_the_day_of_a_moment_is_the_local_day() -> None:
    assert show_day(NEW_YEAR, "es") == "31 de diciembre de 2026"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(59999, 1000), "59,9"), (Fraction(60), "60,0"), (2, "2"), (Fraction(0), "0,0")],
)
def test_a_score_never_reads_as_a_minimum_that_it_missed(value: Fraction | int, shown: str) -> None:
    assert show_number(value, "es") == shown
    assert show_number(value, "en") == shown.replace(",", ".")


def test_codes_read_as_words_even_without_a_name() -> None:
    assert name_codes("kind", ["workers", "algo_nuevo"], "es") == [
        ("workers", "Cooperativa de trabajo"),
        ("algo_nuevo", "Algo nuevo"),
    ]
    assert name_evidence_kind("algo_nuevo", "es") == "Algo nuevo"


def test_every_template_escapes(tmp_path: object) -> None:
    shown = environment("es").from_string("{{ name }}").render(name="<b>")
    assert shown == "&lt;b&gt;"


@pytest.mark.parametrize("filename", ['a"b\r\nX: y.pdf', "../../etc/passwd", "ñandú.pdf"])
def test_a_file_name_cannot_break_the_header(filename: str) -> None:
    header = send_file(b"", "application/pdf", filename).headers["content-disposition"]
    inner = header.removeprefix('attachment; filename="').removesuffix('"')
    assert set(inner) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


@pytest.mark.parametrize("life", EDITIONS)
def test_whoever_holds_a_file_is_called_by_words_and_not_by_a_code(life: str) -> None:
    words = environment("es").get_template("words.html").module
    holders = {state.holder for state in load_workflow(life).states.values()} - {None}
    said = {holder: str(words.holder(holder)) for holder in holders}  # type: ignore[attr-defined]
    assert {holder for holder, text in said.items() if not text or text == holder} == set()

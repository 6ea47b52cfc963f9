"""What an edition must not do to its readers: hang them, mislead them or leave its folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rubric import Rubric, check_file, load_edition, load_rubric

Alter = Callable[[str, str], Path]


@pytest.mark.timeout(20)
def test_deep_nesting_is_refused_before_it_takes_minutes(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("a: " + "[" * 100_000, encoding="utf-8")
    assert [(problem.code, problem.line) for problem in check_file(path)] == [("nested_too_deep", 1)]


@pytest.mark.parametrize("value", ["2026-02-30", "!!int abc", "!!float abc", "9" * 5000])
def test_a_value_that_cannot_be_is_refused_where_it_stands(tmp_path: Path, value: str) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(f"id: a\nsince:\n  - 2026-02-28\n  - {value}\n", encoding="utf-8")
    found = [(problem.code, problem.line, problem.column) for problem in check_file(path)]
    assert found == [("impossible_value", 4, 5)]


def test_a_copy_is_another_edition(edition: Rubric) -> None:
    assert edition.indicators
    copy = edition.model_copy(update={"critical": (), "dimensions": edition.dimensions[:1]})
    assert copy.meaning_hash != edition.meaning_hash
    assert list(copy.indicators) == [item.id for item in edition.dimensions[0].indicators]


@pytest.mark.parametrize(
    "name", ["../editions/mcc-2026", "mcc-2026/../mcc-2026", "", "MCC-2026", "mcc-2026\n"]
)
def test_the_id_of_an_edition_is_never_a_path(name: str) -> None:
    with pytest.raises(KeyError):
        load_edition(name)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt-BR", "Como trabalhamos"),
        ("en_US", "How we work"),
        ("copy", "Cómo trabajamos"),
        ("fr", "Cómo trabajamos"),
    ],
)
def test_a_language_is_looked_up_among_languages_only(edition: Rubric, language: str, text: str) -> None:
    assert edition.dimensions[0].label.in_language(language) == text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("maximum_level: 4", "maximum_level: '4'", "int_type"),
        ("          - value: 1", "          - value: true", "int_type"),
        ("seal: true", "seal: 'yes'", "bool_type"),
        ("when: {members: {from: 51, to: 75}}", "when: {}", "variant_without_condition"),
        ("when: {members: {from: 51, to: 75}}", "when: {members: {}}", "variant_without_condition"),
        (
            "when: {members: {from: 51, to: 75}}",
            "when: {class: [], members: {from: 51}}",
            "variant_for_nobody",
        ),
        ("{from: 51, to: 75}", "{from: 75, to: 51}", "members_range_empty"),
        ("code: granted", "code: silver", "measured_award_missing"),
        ("support: [training]", "support: [training, training]", "duplicate_id"),
        ("code: highest_level", "code: evidence", "duplicate_id"),
        ("code: accounts_statement", "code: activity_records", "duplicate_id"),
    ],
)
def test_what_would_mislead_is_refused(altered: Alter, old: str, new: str, code: str) -> None:
    assert code in {problem.code for problem in check_file(altered(old, new))}


def test_two_awards_that_ask_for_the_same_are_refused(source: str, tmp_path: Path) -> None:
    text = source.replace("total_minimum: 80", "total_minimum: 60").replace(
        "critical_minimum: 3", "critical_minimum: 2"
    )
    path = tmp_path / "edition.yaml"
    path.write_text(text.replace("dimension_minimum: 70", "dimension_minimum: 50"), encoding="utf-8")
    assert [problem.code for problem in check_file(path)] == ["awards_out_of_order"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        weight: 15\n", "        weight: 15.0\n"),
        ('es: "Cómo trabajamos"', "es: >\n        Cómo\n        trabajamos"),
        ("Cómo trabajamos", "Co\u0301mo trabajamos"),
    ],
    ids=["decimals", "folded", "composed accents"],
)
def test_how_a_number_or_text_is_written_is_not_its_meaning(
    altered: Alter, edition: Rubric, old: str, new: str
) -> None:
    assert load_rubric(altered(old, new)).meaning_hash == edition.meaning_hash

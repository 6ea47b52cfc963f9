"""The published edition mcc-2026: what the contracts and the proposal fix, and what its readers need."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

import rubric
from rubric import Labels, Level, Rubric, levels_for, load_edition, schema

WEIGHTS = {
    "participation": {"PAR1": 15, "PAR2": 25, "PAR3": 20, "PAR4": 15, "PAR5": 15, "PAR6": 10},
    "decision_making": {"DEC1": 20, "DEC2": 15, "DEC3": 15, "DEC4": 15, "DEC5": 20, "DEC6": 15},
    "product_quality": {"CAL1": 25, "CAL2": 20, "CAL3": 15, "CAL4": 15, "CAL5": 10, "CAL6": 15},
    "territorial_insertion": {"TER1": 25, "TER2": 10, "TER3": 20, "TER4": 20, "TER5": 15, "TER6": 10},
}
AWARDS = [
    ("distinction", Decimal(80), Decimal(70), 3, 36, True, "Marca Cooperativa Canaria, mención Destacada"),
    ("granted", Decimal(60), Decimal(50), 2, 24, True, "Marca Cooperativa Canaria"),
    ("on_the_way", Decimal(40), Decimal(25), 1, 12, False, "En camino a la Marca, todavía sin sello"),
    ("not_granted", Decimal(), Decimal(), 0, 0, False, "Por ahora no se otorga"),
]


def walk(part: object) -> Iterator[Labels]:
    """Every text of an edition, however deep."""
    if isinstance(part, Labels):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from walk(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from walk(item)


def test_the_edition_is_a_pilot(edition: Rubric) -> None:
    assert (edition.id, edition.status) == ("mcc-2026", "pilot")


def test_ids_and_weights_are_those_of_the_proposal(edition: Rubric) -> None:
    assert {
        dimension.id: {item.id: item.weight for item in dimension.indicators}
        for dimension in edition.dimensions
    } == WEIGHTS
    assert [dimension.weight for dimension in edition.dimensions] == [25, 25, 25, 25]


def test_dimensions_carry_their_short_spanish_names(edition: Rubric) -> None:
    names = [dimension.label.es for dimension in edition.dimensions]
    assert names == ["Cómo trabajamos", "Cómo decidimos", "Qué ofrecemos", "Nuestro lugar"]


def test_six_indicators_are_critical(edition: Rubric) -> None:
    assert edition.critical == ("PAR2", "DEC1", "DEC3", "DEC5", "CAL1", "TER1")


def test_awards_are_those_of_the_contracts(edition: Rubric) -> None:
    assert [
        (
            award.code,
            award.total_minimum,
            award.dimension_minimum,
            award.critical_minimum,
            award.months_valid,
            award.seal,
            award.label.es,
        )
        for award in edition.awards
    ] == AWARDS


def test_every_indicator_and_variant_describes_every_level(edition: Rubric) -> None:
    for indicator in edition.indicators.values():
        for levels in (indicator.levels, *(variant.levels for variant in indicator.variants)):
            assert [level.value for level in levels] == [0, 1, 2, 3, 4], indicator.id


def test_a_text_in_another_language_is_a_translation_not_a_copy(edition: Rubric) -> None:
    """Only proper names read the same in all three."""
    same = {text.es for text in walk(edition) if text.en in {text.es, text.pt}}
    assert same == {"Marca Cooperativa Canaria"}


def test_figures_are_the_same_in_every_language(edition: Rubric) -> None:
    for text in walk(edition):
        figures = [
            "".join(sign if sign.isdigit() else " " for sign in words).split() for words in text_of(text)
        ]
        assert sorted(figures[0]) == sorted(figures[1]) == sorted(figures[2]), text.es


def text_of(text: Labels) -> tuple[str, str, str]:
    return text.es, text.en, text.pt


def test_declared_evidence_is_used_and_used_evidence_is_declared(edition: Rubric) -> None:
    used = {code for indicator in edition.indicators.values() for code in indicator.evidence}
    assert used == {kind.code for kind in edition.evidence_kinds}


@pytest.mark.parametrize(
    ("members", "thresholds"),
    [
        (None, (30, 50, 75)),
        (50, (30, 50, 75)),
        (51, (27, 46, 69)),
        (75, (27, 46, 69)),
        (76, (24, 42, 63)),
        (100, (24, 42, 63)),
        (101, (21, 38, 57)),
        (126, (18, 34, 51)),
        (150, (18, 34, 51)),
        (151, (15, 30, 45)),
        (5000, (15, 30, 45)),
    ],
)
def test_assembly_thresholds_go_down_in_small_steps(
    edition: Rubric, members: int | None, thresholds: tuple[int, int, int]
) -> None:
    levels = levels_for(edition.indicator("PAR3"), members=members)
    low, middle, high = thresholds
    assert [level.descriptor.en for level in levels[1:]] == [
        f"On average, less than {low}% of members attended.",
        f"On average, from {low}% to less than {middle}% attended.",
        f"On average, from {middle}% to less than {high}% attended.",
        f"On average, {high}% or more attended.",
    ]


@pytest.mark.parametrize("indicator", ["CAL3", "CAL4", "TER2"])
def test_services_have_levels_of_their_own(edition: Rubric, indicator: str) -> None:
    part = edition.indicator(indicator)
    assert levels_for(part, scope_kind="services") == part.variants[0].levels
    assert levels_for(part, scope_kind="products") == part.levels
    assert levels_for(part) == part.levels


@pytest.mark.parametrize("kind", ["agrarian", "consumer", "housing"])
def test_where_daily_work_is_not_shared_planning_is_asked_for(edition: Rubric, kind: str) -> None:
    level = levels_for(edition.indicator("PAR2"), collective_class=kind)[2]
    assert level.descriptor.es.startswith("Hay reunión de planificación")


def test_a_social_cooperative_is_asked_where_its_reserves_go(edition: Rubric) -> None:
    assert "destino de reservas" in said(levels_for(edition.indicator("PAR4"), collective_class="social"), 2)
    assert "reservas" not in said(levels_for(edition.indicator("PAR4"), collective_class="workers"), 2)


def said(levels: tuple[Level, ...], value: int) -> str:
    return levels[value].descriptor.es


def test_the_schema_beside_the_edition_is_the_generated_one() -> None:
    assert rubric.__file__ is not None
    stored = Path(rubric.__file__).parent / "schema" / "edition.schema.json"
    assert json.loads(stored.read_text(encoding="utf-8")) == schema()


def test_a_name_that_no_edition_has_is_refused() -> None:
    with pytest.raises(KeyError):
        load_edition("mcc-1999")

"""The private papers: the report and the letter, over as many pages as they need."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from pydantic import ValidationError

from certificates import (
    Letter,
    PlanStep,
    Report,
    ReportDimension,
    ReportIndicator,
    lay_out_letter,
    lay_out_report,
)
from certificates.layout import _points
from tests.certificates.conftest import Run

STEP = PlanStep(
    indicator="Actas al día",
    goal="Llegar al nivel 3",
    gain="2,5 puntos",
    evidence="El libro de actas de un año",
    support="Área de cooperativas (ficticia)",
    until=date(2027, 4, 1),
)


def report(**changed: Any) -> Report:
    usual: dict[str, Any] = {
        "title": "Informe de evaluación",
        "holder": "Cooperativa Los Ñandúes (ficticia)",
        "number": "S-2026-000001-6",
        "expediente": "2026-81-1010-00042",
        "edition": "mcc-2026",
        "pilot": True,
        "demonstration": False,
        "made_on": date(2026, 10, 16),
        "award_label": "Marca Cooperativa Canaria",
        "total": Decimal("74.95"),
        "reasons": ("Alcanza el mínimo de cada parte.",),
        "dimensions": tuple(
            ReportDimension(label=label, score=Decimal(score), minimum=Decimal(50), meets_minimum=ok)
            for label, score, ok in (("Cómo trabajamos", "81.25", True), ("Cómo decidimos", "49.95", False))
        ),
        "indicators": tuple(
            ReportIndicator(
                code=f"PAR{number}",
                label=f"Indicador {number}",
                dimension="participation",
                level=None if number == 2 else 3,
                maximum=4,
                descriptor="No corresponde a este colectivo."
                if number == 2
                else "Se cumple en todo lo pedido.",
                critical=number == 1,
            )
            for number in range(1, 4)
        ),
        "plan": (STEP,),
        "issuer": "Emisor de prueba (ficticio)",
    }
    return Report(**{**usual, **changed})


def letter(**changed: Any) -> Letter:
    usual: dict[str, Any] = {
        "addressee": "Cooperativa Los Ñandúes (ficticia)",
        "place": "Canelones",
        "made_on": date(2026, 10, 16),
        "expediente": "2026-81-1010-00042",
        "subject": "Resultado de la solicitud",
        "paragraphs": ("Primer párrafo.", "Segundo párrafo."),
        "office": "Oficina de prueba (ficticia)",
    }
    return Letter(**{**usual, **changed})


def text_of(run: Run, pdf: bytes) -> str:
    return " ".join(run(pdf, "pdftotext", after=("-",)).split())


def in_turn(text: str, *parts: str) -> None:
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_report_says_award_scores_levels_and_plan(run: Run) -> None:
    text = text_of(run, lay_out_report(report()))
    in_turn(
        text,
        "Emisor de prueba (ficticio)",
        "EDICIÓN PILOTO",
        "Informe de evaluación",
        "Privado: para el colectivo y quienes deciden.",
        "Cooperativa Los Ñandúes (ficticia)",
        "S-2026-000001-6",
        "2026-81-1010-00042",
        "16 de octubre de 2026",
        "Resultado",
        "Alcanza el mínimo de cada parte.",
        "Indicador 1 (crítico)",
        "3 de 4",
        "no corresponde",
        "No corresponde a este colectivo.",
        "Plan de mejora",
        "Actas al día",
        "1 de abril de 2027",
        "2,5 puntos",
    )
    assert "Total 74,9 de 100" in text
    assert "DEMOSTRACIÓN" not in text


def test_the_report_describes_its_profile_in_words() -> None:
    with pikepdf.open(io.BytesIO(lay_out_report(report()))) as pdf:
        alternatives = [
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert alternatives == [
        "Puntaje de cada parte: Cómo trabajamos, 81,2, mínimo 50,0; Cómo decidimos, 49,9, mínimo 50,0."
    ]


def test_a_report_without_plan_has_no_empty_part(run: Run) -> None:
    assert "Plan de mejora" not in text_of(run, lay_out_report(report(plan=())))


def test_a_long_report_goes_over_several_numbered_pages(run: Run) -> None:
    (row, *_) = report().indicators
    many = tuple(row.model_copy(update={"label": f"Indicador {place}"}) for place in range(120))
    pdf = lay_out_report(report(indicators=many, plan=(STEP,) * 30))
    text = text_of(run, pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    assert pages > 3
    assert [f" {page}/{pages}" in text for page in range(1, pages + 1)] == [True] * pages
    in_turn(text, *(f"Indicador {place} " for place in range(100, 120)))


def test_the_letter_says_who_why_and_what_next(run: Run) -> None:
    pdf = lay_out_letter(letter(plan=(STEP,), remedies="Pueden presentar un recurso.", demonstration=True))
    in_turn(
        text_of(run, pdf),
        "Oficina de prueba (ficticia)",
        "DEMOSTRACIÓN, SIN VALOR",
        "Canelones, 16 de octubre de 2026",
        "Expediente 2026-81-1010-00042",
        "A Cooperativa Los Ñandúes (ficticia)",
        "Resultado de la solicitud",
        "Primer párrafo.",
        "Segundo párrafo.",
        "Qué pueden mejorar, y con quién",
        "Actas al día",
        "Qué pueden hacer si no están de acuerdo",
        "Pueden presentar un recurso.",
    )


def test_a_plain_letter_has_only_its_paragraphs(run: Run) -> None:
    text = text_of(run, lay_out_letter(letter()))
    assert [part for part in ("PILOTO", "DEMOSTRACIÓN", "Qué pueden") if part in text] == []


def test_a_long_letter_goes_over_several_pages(run: Run) -> None:
    pdf = lay_out_letter(letter(paragraphs=("Un párrafo que ocupa su lugar en la carta. " * 12,) * 20))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) > 1


def test_what_people_wrote_stays_text(run: Run) -> None:
    hostile = '<script>1</script>{{ 7 * 7 }}<img src="file:///etc/passwd">'
    assert hostile in text_of(run, lay_out_letter(letter(paragraphs=(hostile,))))
    assert hostile in text_of(run, lay_out_report(report(reasons=(hostile,))))


@pytest.mark.parametrize("make", [lambda: lay_out_report(report()), lambda: lay_out_letter(letter())])
def test_papers_are_accessible_a4_without_signature_field_or_attachment(make: Any, run: Run) -> None:
    pdf = make()
    assert "Page size:       595.276 x 841.89 pts (A4)" in run(pdf, "pdfinfo")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        metadata = opened.Root.Metadata.read_bytes()
        assert "/AcroForm" not in opened.Root
        assert len(opened.attachments) == 0
        assert str(opened.Root.Lang) == "es-UY"
    assert b'pdfuaid:part="1"' in metadata
    assert b"<pdfaid:part>3</pdfaid:part>" in metadata or b'pdfaid:part="3"' in metadata
    assert "No syntax or stream encoding errors found" in run(pdf, "qpdf", "--check")


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert lay_out_report(report()) == lay_out_report(report())
    assert lay_out_letter(letter()) == lay_out_letter(letter())


@pytest.mark.parametrize(
    "change", [{"signature": "yo"}, {"made_on": "ayer"}, {"plan": ({"indicator": "x"},)}]
)
def test_papers_of_another_shape_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        letter(**change)
    with pytest.raises(ValidationError):
        report(**change)


def test_a_score_never_reads_as_a_minimum_that_it_missed() -> None:
    assert [_points(Decimal(score)) for score in ("49.9999", "50", "100.0000")] == ["49,9", "50,0", "100,0"]

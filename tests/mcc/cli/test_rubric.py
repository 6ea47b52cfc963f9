"""`mcc rubric`: check, score, plan, schema."""

from pathlib import Path

import pytest

from rubric import load_edition
from tests.mcc.cli.conftest import Mcc

EDITION = load_edition("mcc-2026")


def write_answers(path: Path, level: int = 3, **special: int | None) -> Path:
    scores = {item: special.get(item, level) for item in EDITION.indicators}
    lines = [f"  {item}: {value}" for item, value in scores.items() if value is not None]
    path.write_text("\n".join(["edition: mcc-2026", "scores:", *lines, ""]), encoding="utf-8")
    return path


def test_complete_answers_are_scored(mcc: Mcc, tmp_path: Path) -> None:
    result = mcc("rubric", "score", write_answers(tmp_path / "answers.yaml"), "--json")
    document = result.document
    assert (result.code, document["total"], document["award"]) == (0, "75.0000", "granted")
    assert list(document) == [
        "edition",
        "edition_hash",
        "total",
        "award",
        "dimensions",
        "critical_failures",
        "awards",
    ]


def test_a_score_is_told_in_words_with_the_reasons(mcc: Mcc, tmp_path: Path) -> None:
    out = mcc("rubric", "score", write_answers(tmp_path / "answers.yaml", CAL1=1)).out
    assert "The critical indicator “CAL1” is at 1, and has to be at 2 at least." in out
    assert "award_reason." not in out


def test_incomplete_answers_cannot_be_scored_and_every_gap_is_named(mcc: Mcc, tmp_path: Path) -> None:
    answers = write_answers(tmp_path / "answers.yaml", PAR1=None, PAR2=9)
    result = mcc("rubric", "score", answers, "--json")
    assert result.code == 1
    assert {(row["where"], row["code"]) for row in result.document["problems"]} == {
        ("scores.PAR1", "answer_missing"),
        ("scores.PAR2", "level_out_of_range"),
    }


def test_a_problem_stands_with_file_line_and_column(mcc: Mcc, tmp_path: Path) -> None:
    answers = write_answers(tmp_path / "answers.yaml", PAR1=9)
    result = mcc("rubric", "score", answers)
    assert result.out == f"{answers}:3:3: scores.PAR1: There is no level 9: they go from 0 to 4.\n"


def test_answers_for_an_edition_that_is_not_published_are_refused(mcc: Mcc, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("edition: mcc-1999\nscores: {PAR1: 1}\n", encoding="utf-8")
    result = mcc("rubric", "score", answers, "--json")
    assert (result.code, result.document["problems"][0]["code"]) == (1, "edition_unknown")


def edition_file(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = (Path(__file__).parents[3] / "rubric" / "editions" / "mcc-2026.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "edition.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_edition_has_no_problems(mcc: Mcc, tmp_path: Path) -> None:
    edition = edition_file(tmp_path)
    result = mcc("rubric", "check", edition)
    assert (result.code, result.out) == (0, f"{edition}: no problems.\n")


def test_a_bad_edition_lists_its_problems(mcc: Mcc, tmp_path: Path) -> None:
    edition = edition_file(tmp_path, ("id: mcc-2026", "id: mcc-2026\nsurplus: 1"))
    result = mcc("rubric", "check", edition)
    assert result.code == 1
    assert "surplus: This field is unknown. Check its spelling or take it out.\n" in result.out


def test_answers_are_scored_with_an_edition_of_ones_own(mcc: Mcc, tmp_path: Path) -> None:
    edition = edition_file(tmp_path)
    answers = write_answers(tmp_path / "answers.yaml")
    document = mcc("rubric", "score", answers, "--edition", edition, "--json").document
    assert document["edition_hash"] == EDITION.meaning_hash


def test_the_plan_puts_what_fails_first(mcc: Mcc, tmp_path: Path) -> None:
    answers = write_answers(tmp_path / "answers.yaml", level=4, CAL1=1, TER2=3)
    rows = mcc("rubric", "plan", answers, "--json").document
    assert [(row["indicator"], row["level"], row["target"]) for row in rows] == [
        ("CAL1", 1, 2),
        ("TER2", 3, 4),
    ]


def test_a_full_score_leaves_nothing_to_improve(mcc: Mcc, tmp_path: Path) -> None:
    result = mcc("rubric", "plan", write_answers(tmp_path / "answers.yaml", level=4))
    assert result.out == "There is nothing to improve.\n"


def test_the_schema_of_an_edition_is_one_document(mcc: Mcc) -> None:
    assert mcc("rubric", "schema").document["type"] == "object"


@pytest.mark.parametrize("content", ["", "[]", "scores: 3", "a: &x 1\nb: *x", "scores: {PAR1: 1, PAR1: 2}"])
def test_what_is_no_sheet_of_answers_is_refused_with_its_place(
    mcc: Mcc, tmp_path: Path, content: str
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(content, encoding="utf-8")
    result = mcc("rubric", "score", answers)
    assert (result.code, result.out.startswith(f"{answers}:"), "problem." in result.out) == (1, True, False)

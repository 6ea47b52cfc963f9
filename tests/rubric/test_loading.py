"""Bad files are refused whole, each problem with its code, its place and its facts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rubric import Problem, RubricInvalid, check_file, load_answers, load_rubric

Alter = Callable[[str, str], Path]

FIRST_WEIGHT = "        weight: 15\n"
LEVEL_TWO = "          - value: 2\n"


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def line_of(path: Path, text: str) -> int:
    """The first line, from 1, that holds the text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_published_edition_has_no_problem(altered: Alter) -> None:
    assert check_file(altered("id: mcc-2026", "id: mcc-2026")) == ()


def test_a_duplicate_key_is_refused_where_it_stands(altered: Alter) -> None:
    path = altered("status: pilot", "id: other\nstatus: pilot")
    problem = only(check_file(path))
    assert (problem.code, problem.line, problem.column) == ("duplicate_key", line_of(path, "id: other"), 1)


def test_weights_that_do_not_add_up_name_the_dimension_and_the_sum(altered: Alter) -> None:
    problem = only(check_file(altered(FIRST_WEIGHT, "        weight: 16\n")))
    assert problem.code == "weights_do_not_add_up"
    assert problem.path == "dimensions.participation.indicators"
    assert problem.facts == {"of": "participation", "value": "101", "expected": "100"}


def test_weights_of_dimensions_add_up_as_well(altered: Alter) -> None:
    problem = only(check_file(altered("    weight: 25\n    indicators", "    weight: 24\n    indicators")))
    assert (problem.code, problem.facts["of"], problem.facts["value"]) == (
        "weights_do_not_add_up",
        "dimensions",
        "99",
    )


def test_an_unknown_critical_id_is_named(altered: Alter) -> None:
    path = altered("critical: [PAR2", "critical: [PAR9")
    problem = only(check_file(path))
    assert (problem.code, problem.line, problem.facts) == (
        "unknown_critical",
        line_of(path, "critical: [PAR9"),
        {"value": "PAR9"},
    )


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_a_level_that_was_taken_out_is_missed(source: str, tmp_path: Path, missing: int) -> None:
    before, indicator = source.split("      - id: PAR1\n")
    block = re.compile(rf"          - value: {missing}\n            descriptor:\n(?:              .*\n){{3}}")
    problem = only(
        check_file(write(tmp_path, f"{before}      - id: PAR1\n{block.sub('', indicator, count=1)}"))
    )
    assert (problem.code, problem.path) == ("level_gap", "dimensions.participation.indicators.PAR1.levels")
    assert problem.facts["missing"] == [missing]


def test_a_level_gap_names_the_missing_level(altered: Alter) -> None:
    problem = only(check_file(altered(LEVEL_TWO, "          - value: 7\n")))
    assert problem.code == "level_gap"
    assert problem.facts["missing"] == [2]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("evidence: [statute_or_project", "evidence: [statue", "unknown_evidence"),
        ("support: [technical_assistance", "support: [advice", "unknown_support"),
        ("- id: PAR2", "- id: PAR1", "duplicate_id"),
        ("total_minimum: 80", "total_minimum: 50", "awards_out_of_order"),
        ("total_minimum: 0", "total_minimum: 1", "no_award_for_everybody"),
        ("critical_minimum: 3", "critical_minimum: 5", "critical_minimum_out_of_range"),
    ],
)
def test_what_does_not_hold_together_is_refused(altered: Alter, old: str, new: str, code: str) -> None:
    assert code in {problem.code for problem in check_file(altered(old, new))}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("maximum_level: 4\n", "maximum_level: 4\ncolour: red\n", "extra_forbidden"),
        ("status: pilot ", "status: trial ", "enum"),
        ("maximum_level: 4\n", "", "missing"),
        (FIRST_WEIGHT, "        weight: 0\n", "greater_than"),
        (FIRST_WEIGHT, "        weight: heavy\n", "decimal_parsing"),
    ],
)
def test_a_wrong_shape_is_refused(altered: Alter, old: str, new: str, code: str) -> None:
    assert code in {problem.code for problem in check_file(altered(old, new))}


def test_every_contradiction_is_told_at_once(source: str, tmp_path: Path) -> None:
    text = source.replace(FIRST_WEIGHT, "        weight: 16\n", 1).replace("[PAR2, DEC1", "[PAR9, DEC1", 1)
    text = text.replace("total_minimum: 0", "total_minimum: 1", 1)
    text = text.replace("support: [training]", "support: [advice]", 1)
    problems = check_file(
        write(tmp_path, text.replace("          - value: 4\n", "          - value: 9\n", 1))
    )
    assert sorted(problem.code for problem in problems) == [
        "level_gap",
        "no_award_for_everybody",
        "unknown_critical",
        "unknown_support",
        "weights_do_not_add_up",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "model_type"),
        (b"- just\n- a list\n", "model_type"),
        (b"id: [unclosed\n", "not_yaml"),
        (b"id: caf\xe9\n", "not_utf8"),
        (b"a: 1\n---\nb: 2\n", "not_yaml"),
        (b"#" * 1_000_001, "file_too_large"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
    ],
    ids=["empty", "list", "unclosed", "latin1", "two documents", "huge", "bomb"],
)
def test_a_file_that_is_no_edition_at_all_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = write(tmp_path, content)
    assert only(check_file(path)).code == code
    with pytest.raises(RubricInvalid):
        load_rubric(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: mcc-2026\nstatus: pilot ", "status: 'pilot' # a note\nid: \"mcc-2026\" "),
        ('es: "Cómo trabajamos"', "es:    Cómo trabajamos"),
        (
            "support: [technical_assistance, training]",
            "support:\n          - technical_assistance\n          - training",
        ),
        ("status: pilot ", "status: in_force "),
    ],
    ids=["key order, quotes, comment", "spaces and quotes", "block list", "status"],
)
def test_the_hash_is_over_the_meaning(
    altered: Alter, source: str, tmp_path: Path, old: str, new: str
) -> None:
    plain = load_rubric(write(tmp_path, source)).meaning_hash
    assert load_rubric(altered(old, new)).meaning_hash == plain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total_minimum: 60", "total_minimum: 61"),
        ("Cómo trabajamos", "Como trabajamos"),
        ("maximum_per_dimension: 1", "maximum_per_dimension: 2"),
        ("critical: [PAR2, DEC1", "critical: [DEC1, PAR2"),
        (
            "evidence: [statute_or_project, assembly_minutes",
            "evidence: [assembly_minutes, statute_or_project",
        ),
        ("months_valid: 24", "months_valid: 25"),
        ("seal: true", "seal: false"),
    ],
)
def test_the_hash_changes_with_the_meaning(
    altered: Alter, source: str, tmp_path: Path, old: str, new: str
) -> None:
    plain = load_rubric(write(tmp_path, source)).meaning_hash
    assert load_rubric(altered(old, new)).meaning_hash != plain


def test_answers_remember_where_they_stand(tmp_path: Path) -> None:
    located = load_answers(
        write(tmp_path, "edition: mcc-2026\nscores: {PAR1: 3}\nnot_applicable: {PAR4: porque no}\n")
    )
    assert located.answers.scores == {"PAR1": 3}
    assert located.answers.not_applicable == {"PAR4": "porque no"}
    assert located.answers.edition == "mcc-2026"
    with pytest.raises(RubricInvalid, match="extra_forbidden"):
        load_answers(write(tmp_path, "scores: {}\nlevels: {}\n"))

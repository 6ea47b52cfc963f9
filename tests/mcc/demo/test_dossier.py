"""The dossiers: a faulty one is refused with the place of each fault, and the shipped ones take every path."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mcc.demo.build import DOSSIERS
from mcc.demo.dossier import Dossier, DossierInvalid, load_dossier, load_dossiers

SHIPPED = load_dossiers(DOSSIERS)
MODEL = DOSSIERS / "huerta-los-ceibos.yaml"
Alter = Callable[[str, str], Path]


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    def write(old: str, new: str) -> Path:
        text = MODEL.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "one.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def faults_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(DossierInvalid) as refused:
        load_dossier(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(1 <= problem.line <= len(lines) for problem in refused.value.problems)
    return [(problem.path, problem.code) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("members: 32", "women_too: 1", [("collective.members", "missing"), ("collective.women_too", "extra_forbidden")]),
        ("municipality: Sauce", "municipality: Rivera", [("collective.municipality", "municipality_unknown")]),
        ("Los Ceibos (ficticia)", "Los Ceibos", [("collective.name", "not_marked_fictitious")]),
        ("fictitious: true", "fictitious: false", [("fictitious", "literal_error")]),
        ("class: producer_association", "class: club", [("collective.class", "enum")]),
        ("submitted: 2026-10-05", "submitted: pronto", [("submitted", "date_from_datetime_parsing")]),
        ("evidence: [E7]", "evidence: [E70]", [("evaluation.levels.CAL1.evidence", "evidence_unknown")]),
        ("third: evaluacion.5", "", [("evaluation.third", "missing")]),
        ("slug: huerta", "slug: huerta\nslug: huerta", [("slug", "duplicate_key")]),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_faulty_dossier_is_refused_with_the_name_of_the_fault(
    alter: Alter, old: str, new: str, faults: list[tuple[str, str]]
) -> None:
    assert faults_of(alter(old, new)) == faults


def ends(key: str) -> set[str | None]:
    return {getattr(dossier.expect, key) for dossier in SHIPPED}


def test_the_dossiers_reach_every_end() -> None:
    assert ends("award") >= {"distinction", "granted", "on_the_way", "not_granted"}
    assert ends("final_state") >= {
        "issued",
        "on_the_way",
        "denied",
        "inadmissible",
        "archived",
        "withdrawn_by_applicant",
    }
    assert ends("certificate_state") >= {"valid", "suspended", "withdrawn", "relinquished", "expired"}


def test_some_wait_for_whoever_tries_the_demonstration() -> None:
    assert ends("final_state") >= {"submitted", "in_evaluation", "in_review", "in_decision"}


def levels(dossier: Dossier) -> list[tuple[int, int]]:
    if dossier.evaluation is None:
        return []
    return [
        (row.levels[0], row.levels[1])
        for row in dossier.evaluation.levels.values()
        if row.not_applicable is None
    ]


PATHS: dict[str, Callable[[Dossier], bool]] = {
    "consensus": lambda dossier: (
        dossier.evaluation is not None and any(row.consensus for row in dossier.evaluation.levels.values())
    ),
    "no agreement, nothing at stake": lambda dossier: (
        dossier.evaluation is not None
        and dossier.evaluation.third is None
        and any(row.no_agreement for row in dossier.evaluation.levels.values())
    ),
    "a third evaluator": lambda dossier: (
        dossier.evaluation is not None and dossier.evaluation.third is not None
    ),
    "not applicable": lambda dossier: (
        dossier.evaluation is not None
        and any(row.not_applicable for row in dossier.evaluation.levels.values())
    ),
    "a conflict of interest": lambda dossier: (
        dossier.evaluation is not None and dossier.evaluation.conflict is not None
    ),
    "information asked for and given": lambda dossier: bool(
        dossier.course.information_requested and not dossier.course.unanswered
    ),
    "the committee departs downward": lambda dossier: (
        dossier.decision is not None and dossier.decision.award is not None
    ),
    "about 95 points and no mark": lambda dossier: (
        float(dossier.expect.total or 0) > 94 and dossier.expect.award == "on_the_way"
    ),
    "both evaluators agree on everything": lambda dossier: (
        bool(levels(dossier)) and all(first == second for first, second in levels(dossier))
    ),
    "no legal status": lambda dossier: not dossier.collective.legal_status,
    "services": lambda dossier: dossier.scope.kind == "services",
}


@pytest.mark.parametrize("path", PATHS)
def test_the_dossiers_take_every_path(path: str) -> None:
    assert [dossier.slug for dossier in SHIPPED if PATHS[path](dossier)] != []


def test_the_dossiers_come_from_everywhere() -> None:
    assert len({dossier.collective.municipality for dossier in SHIPPED}) == len(SHIPPED)
    assert len({dossier.collective.kind for dossier in SHIPPED}) >= 8
    assert len({dossier.slug for dossier in SHIPPED}) == len(SHIPPED) >= 14

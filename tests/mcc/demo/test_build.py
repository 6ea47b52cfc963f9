"""The demonstration: every dossier through the real actions and worker, to the end that its file names."""

import json
from pathlib import Path

import pytest

from mcc.actions.check import check_installation
from mcc.actions.work import SYSTEM
from mcc.demo import build
from mcc.demo.build import DOSSIERS, build_demo, is_built
from mcc.errors import Refused
from mcc.installation import open_installation
from mcc.settings import Settings

CHOSEN = ("textil-hilando-juntas", "imprenta-dos-orillas", "quinta-la-rueda")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    told: list[tuple[int, int]] = []
    outcomes = build_demo(
        folder, fresh=False, say=lambda _: None, progress=lambda done, total, _: told.append((done, total))
    )
    assert [outcome.dossier.slug for outcome in outcomes if not outcome.as_expected] == []
    assert told == [(place, len(outcomes)) for place in range(1, len(outcomes) + 1)]
    return folder


def test_the_folder_holds_what_others_rely_on(demo: Path) -> None:
    entries = {entry["slug"]: entry for entry in json.loads((demo / "demo.json").read_text("utf-8"))}
    assert set(entries) == {path.stem for path in DOSSIERS.glob("*.yaml")}
    issued, refused, waiting = (entries[slug] for slug in CHOSEN)
    assert list(issued) == [
        "slug",
        "receipt",
        "final_state",
        "certificate_state",
        "award",
        "total",
        "certificate_number",
        "public_code",
    ]
    assert (issued["final_state"], issued["certificate_state"], issued["total"]) == (
        "issued",
        "valid",
        "71.2500",
    )
    assert (refused["final_state"], refused["certificate_number"]) == ("inadmissible", None)
    assert (waiting["final_state"], waiting["award"]) == ("in_evaluation", None)
    assert (demo / "certificates" / f"{issued['certificate_number']}.pdf").read_bytes().startswith(b"%PDF-")
    assert (demo / "trust" / "root.pem").is_file()
    accounts = json.loads((demo / "accounts.json").read_text("utf-8"))
    assert {tuple(account) for account in accounts} == {("username", "password", "role", "name")}
    assert {account["role"] for account in accounts} >= {"applicant", "coordinator", "evaluator", "committee"}


def test_everything_in_it_can_be_derived_anew(demo: Path) -> None:
    installation = open_installation(Settings(data=demo))
    with installation.look(SYSTEM) as work:
        assert check_installation(work) == []
        assert work.demonstration
    installation.close()


def test_a_demonstration_that_is_there_is_not_built_over(demo: Path) -> None:
    before = (demo / "demo.json").read_bytes()
    assert is_built(demo)
    with pytest.raises(Refused) as refused:
        build_demo(demo, fresh=False, say=lambda _: None, progress=lambda *_: None)
    assert (refused.value.code, (demo / "demo.json").read_bytes()) == ("folder_not_empty", before)


def test_what_an_interrupted_one_left_behind_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".building").touch()
    (tmp_path / "certificates").mkdir()
    (tmp_path / "mcc.sqlite3").touch()
    (tmp_path / "letter.txt").touch()
    build.clear_folder(tmp_path, fresh=False)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

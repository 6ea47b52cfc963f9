"""`mcc demo`: what keeps it from being built is named, and nothing of anybody is deleted."""

from pathlib import Path

import pytest

from mcc.demo import build
from tests.mcc.cli.conftest import Mcc


def test_a_dossier_that_cannot_be_played_is_named_with_its_lines(
    mcc: Mcc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = tmp_path / "dossiers"
    dossiers.mkdir()
    (dossiers / "one.yaml").write_text("slug: one\nsurplus: 1\n", encoding="utf-8")
    monkeypatch.setattr(build, "DOSSIERS", dossiers)
    result = mcc("demo", "--no-serve", "--data", tmp_path / "demo")
    assert result.code == 1
    assert f"{dossiers / 'one.yaml'}:2:1: surplus: This field is unknown." in result.out
    assert "problem." not in result.out


def test_a_folder_that_holds_something_else_is_left_alone(mcc: Mcc, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Mine.", encoding="utf-8")
    result = mcc("demo", "--no-serve", "--fresh", "--data", tmp_path)
    assert (result.code, "The folder holds something else" in result.err) == (1, True)
    assert letter.read_text(encoding="utf-8") == "Mine."

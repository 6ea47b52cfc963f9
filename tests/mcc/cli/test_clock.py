"""`mcc clock` on a demonstration and on a real installation."""

from pathlib import Path

import pytest

from mcc.installation import create_installation
from mcc.settings import Settings
from tests.mcc.cli.conftest import Mcc


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    created = create_installation(
        Settings(data=tmp_path / "demo"), demonstration=True, clock="2028-10-17T09:00:00-03:00"
    )
    created.close()
    return tmp_path / "demo"


def test_a_demonstration_is_taken_to_another_day(mcc: Mcc, demonstration: Path) -> None:
    assert mcc("clock", "--data", demonstration, "--json").document == {"today": "2028-10-17"}
    assert mcc("clock", "2028-11-02", "--data", demonstration, "--json").document == {"today": "2028-11-02"}
    assert mcc("clock", "2028-09-01", "--data", demonstration, "--json").document == {"today": "2028-09-01"}


@pytest.mark.parametrize("day", ["mañana", "2028-13-01", "17/10/2028"])
def test_a_day_that_is_none_is_wrong_usage(mcc: Mcc, demonstration: Path, day: str) -> None:
    assert mcc("clock", day, "--data", demonstration).code == 64


def test_a_real_installation_has_the_day_that_it_is(mcc: Mcc, tmp_path: Path) -> None:
    create_installation(Settings(data=tmp_path / "real")).close()
    refused = mcc("clock", "2028-11-02", "--data", tmp_path / "real", "--json")
    assert (refused.code, refused.document["error"]) == (1, "clock_only_in_demonstration")

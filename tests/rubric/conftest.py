"""The published edition as text and as data, to be changed by tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

import rubric
from rubric import Rubric, load_edition


@pytest.fixture(scope="session")
def edition() -> Rubric:
    return load_edition("mcc-2026")


@pytest.fixture(scope="session")
def source() -> str:
    assert rubric.__file__ is not None
    return (Path(rubric.__file__).parent / "editions" / "mcc-2026.yaml").read_text(encoding="utf-8")


@pytest.fixture
def altered(source: str, tmp_path: Path) -> Callable[[str, str], Path]:
    """A copy of the edition with the first occurrence of some text replaced."""

    def alter(old: str, new: str) -> Path:
        assert old in source, old
        path = tmp_path / "edition.yaml"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")
        return path

    return alter

"""What is installed are our own packages (others of these names exist), and a wheel holds all that lies in them."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("mcc", "rubric", "workflows", "certificates")
DESCRIBED_BY = ("pyproject.toml", "README.md", "LICENSE")

TELL_WHERE = f"""
import importlib, json, pathlib
print(json.dumps([str(pathlib.Path(importlib.import_module(name).__file__).parents[1]) for name in {PACKAGES}]))
"""


def run_python(folder: Path, *arguments: str) -> str:
    """What our interpreter prints, started in another folder and with nothing on its path but what is installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    ).stdout


def files_in(folder: Path, root: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix() for path in found}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy, so that no earlier build of the checkout gets into it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in DESCRIBED_BY:
        shutil.copy(ROOT / name, source)
    # By its full path, and no index: a bare name would be looked for among everybody's packages.
    build = ("-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", ".", str(source))
    run_python(folder, *build)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_packages_that_are_imported_lie_side_by_side(tmp_path: Path) -> None:
    assert json.loads(run_python(tmp_path, "-c", TELL_WHERE)) == [str(ROOT)] * len(PACKAGES)


def test_a_folder_of_the_caller_takes_no_place_of_ours(tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    assert json.loads(run_python(tmp_path, "-c", TELL_WHERE)) == [str(ROOT)] * len(PACKAGES)


def test_a_wheel_holds_every_file_of_the_four_packages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {name for package in PACKAGES for name in files_in(ROOT / package, ROOT)}


def test_a_wheel_holds_what_is_drawn_and_read_at_run_time(wheel: zipfile.ZipFile) -> None:
    """The comparison above would also hold for empty folders."""
    kinds = {(name.split("/")[0], Path(name).suffix) for name in wheel.namelist()}
    assert kinds >= {
        ("rubric", ".yaml"),
        ("workflows", ".yaml"),
        ("certificates", ".woff2"),
        ("certificates", ".html"),
        ("certificates", ".svg"),
        ("mcc", ".html"),
        ("mcc", ".css"),
        ("mcc", ".yaml"),
    }


def test_a_wheel_carries_its_licence(wheel: zipfile.ZipFile) -> None:
    licence = next(name for name in wheel.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
    assert wheel.read(licence) == (ROOT / "LICENSE").read_bytes()

"""Every end of a command: an exit code that scripts can rely on, words for people, never a traceback."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from mcc.cli import running
from mcc.cli.running import COMMANDS, Commands, run
from tests.mcc.cli.conftest import Mcc

HEAVY = ("weasyprint", "dbos", "fastapi", "sqlmodel", "pyhanko", "uvicorn")


def loaded_by(*arguments: str) -> set[str]:
    """The heavy libraries that a command loads."""
    program = (
        "import sys\n"
        "from mcc.cli.running import run\n"
        f"code = run({list(arguments)!r})\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(found.stderr.split())


def test_help_loads_nothing_of_weight() -> None:
    assert loaded_by("--help") == set()


def test_the_rubric_is_scored_without_database_web_or_pdf() -> None:
    assert loaded_by("rubric", "schema") == set()


def test_a_workflow_is_shown_without_database_web_or_pdf() -> None:
    assert loaded_by("workflow", "show", "dimension") == set()


def test_help_names_every_command(mcc: Mcc) -> None:
    result = mcc("--help")
    assert result.code == 0
    assert [name for name in COMMANDS if f"  {name} " not in result.out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(mcc: Mcc, name: str) -> None:
    result = mcc(name, "--help")
    assert (result.code, result.out.startswith("Usage: mcc")) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("--nonsense",),
        ("rubric",),
        ("rubric", "nonsense"),
        ("rubric", "check"),
        ("rubric", "check", "/nowhere/edition.yaml"),
        ("workflow", "show", "nonsense"),
        ("application", "show", "S-2026-000001-K"),
        ("certificate", "verify"),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_usage_is_64(mcc: Mcc, arguments: tuple[str, ...]) -> None:
    result = mcc(*arguments)
    assert result.code == 64
    assert "Usage: mcc" in result.out + result.err


def test_the_version_is_told(mcc: Mcc) -> None:
    assert mcc("--version").out.startswith("mcc ")


def test_a_setting_that_cannot_be_read_is_wrong_usage(mcc: Mcc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCC_PORT", "many")
    result = mcc("settings")
    assert result.code == 64
    assert "MCC_PORT" in result.err


def test_a_missing_installation_is_said_and_cannot_be_told(mcc: Mcc, tmp_path: Path) -> None:
    result = mcc("check", "--data", tmp_path / "nowhere")
    assert result.code == 2
    assert result.err == (
        f"There is no installation of this version in {tmp_path / 'nowhere'}. "
        f'Create or update it with "mcc init --data {tmp_path / "nowhere"}".\n'
    )


def test_an_error_is_a_document_too_where_json_was_asked_for(mcc: Mcc, tmp_path: Path) -> None:
    result = mcc("check", "--data", tmp_path / "nowhere", "--json")
    assert (result.code, result.document["error"]) == (2, "installation_missing")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command with a defect, among the real ones."""

    @click.command("broken")
    def command() -> None:
        raise ZeroDivisionError

    module = type(sys)("mcc_cli_broken")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mcc_cli_broken", module)
    monkeypatch.setitem(running.COMMANDS, "broken", ("mcc_cli_broken", "Fails"))


def test_a_defect_is_one_sentence_with_a_reference_and_the_story_is_in_the_log(
    mcc: Mcc, broken: None, tmp_path: Path
) -> None:
    result = mcc("broken")
    log = (tmp_path / "var" / "log" / "mcc.log").read_text(encoding="utf-8")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "ZeroDivisionError" in log
    assert result.err.rstrip(".\n").rsplit(" ", 1)[1] in log


def test_a_defect_is_said_even_where_no_log_can_be_written(
    mcc: Mcc, broken: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MCC_DATA", str(tmp_path / "file"))
    result = mcc("broken")
    assert (result.code, "Traceback" in result.err) == (2, False)


def test_an_unknown_language_is_wrong_usage_said_in_spanish_where_words_are_needed(
    mcc: Mcc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MCC_LOCALE", "de")
    refused = mcc("settings")
    assert (refused.code, "MCC_LOCALE" in refused.err) == (64, True)
    edition = tmp_path / "edition.yaml"
    edition.write_text("id: [", encoding="utf-8")
    assert "No es YAML bien formado" in mcc("rubric", "check", edition).out


def test_the_group_lists_its_commands_in_order() -> None:
    context = click.Context(running.mcc)
    assert isinstance(running.mcc, Commands)
    assert running.mcc.list_commands(context) == list(COMMANDS)


def test_the_exit_code_of_a_command_is_the_exit_code_of_the_program(tmp_path: Path) -> None:
    edition = tmp_path / "edition.yaml"
    edition.write_text("id: [", encoding="utf-8")
    assert run(["rubric", "check", str(edition)]) == 1
    found = subprocess.run(
        [sys.executable, "-m", "mcc", "rubric", "check", str(edition)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout.startswith(f"{edition}:")) == (1, True)

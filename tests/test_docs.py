"""What the documents say is so: their links lead somewhere, their names, settings and commands are those of the code."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mcc.actions.work import Role
from mcc.cli.running import mcc
from mcc.settings import Settings, variable
from rubric import load_edition
from workflows import EDITIONS, load_workflow

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = ("README.md", "README.es.md")
CONTRACTS = (ROOT / "docs/contracts.md").read_text("utf-8")
DECISIONS = ROOT / "docs/decisions"

LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("https://", "http://", "mailto:", "#")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\s+#.*$", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+?) \|", re.MULTILINE)
COMMAND = re.compile(r"`mcc ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
STARTED = re.compile(r"^\./run (.+?)(?:\s+#.*)?$", re.MULTILINE)
OF_THE_SCRIPT = re.compile(r"^#   \./run ([a-z]+)", re.MULTILINE)


def find_broken_links(text: str, folder: Path) -> list[str]:
    links = (link for link in LINK.findall(FENCE.sub("", text)) if not link.startswith(ELSEWHERE))
    return [link for link in links if not (folder / link.partition("#")[0]).exists()]


def list_commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the tree, groups too, each by its words."""
    if path:
        yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from list_commands(found, (*path, name))


def named_commands(text: str) -> set[tuple[str, ...]]:
    return {tuple(word for word in words if word) for words in COMMAND.findall(text)}


def started_commands(text: str) -> list[list[str]]:
    """What the blocks of code start with ./run, without what the script does itself."""
    own = set(OF_THE_SCRIPT.findall((ROOT / "run").read_text("utf-8"))) - {"demo"}
    lines = [line for block in FENCE.findall(text) for line in STARTED.findall(block)]
    return [words for line in lines if (words := shlex.split(line))[0] not in own]


def parse(words: list[str]) -> None:
    """Read the words as the command line would, without running anything. Raises click.UsageError."""
    command: click.Command = mcc
    while isinstance(command, click.Group):
        _, found, words = command.resolve_command(click.Context(command), words)
        assert found is not None
        command = found
    command.make_context("mcc", words)


def read_rows(text: str) -> list[tuple[str, str]]:
    """The identifiers that open the rows of tables, with what stands beside them."""
    return [(match[1], match[2]) for match in ROW.finditer(text)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    assert find_broken_links(document.read_text("utf-8"), document.parent) == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    text = "[a](README.md) [b](nowhere.md#c) [d](https://example.org)\n```\n[e](gone.md)\n```\n"
    assert find_broken_links(text, ROOT) == ["nowhere.md#c"]


def test_every_dependency_has_its_reason_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.split(r"[\[<>=~!; ]", line, maxsplit=1)[0] for line in wanted]
    reasons = read_rows((DECISIONS / "0002-dependencies.md").read_text("utf-8"))
    assert sorted(name for name, _ in reasons) == sorted(names)


def test_every_setting_is_in_the_contracts_and_no_other() -> None:
    named = set(re.findall(r"\bMCC_[A-Z0-9_]+\b", CONTRACTS))
    assert named == {variable(field) for field in Settings.model_fields}


def test_every_command_in_the_contracts_exists() -> None:
    there = set(list_commands(mcc))
    assert {command for command in named_commands(CONTRACTS) if command not in there} == set()


def test_every_command_is_in_the_contracts() -> None:
    """The actions on an application are left to its help."""
    named = named_commands(CONTRACTS)
    groups = {command[:1] for command in list_commands(mcc) if len(command) > 1}
    wanted = {command for command in list_commands(mcc) if command not in groups}
    assert {command for command in wanted - named if command[0] != "application"} == set()


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_what_is_said_to_be_typed_can_be_typed(name: str) -> None:
    """Mistaken commands raise, and a page without any would be read wrongly."""
    blocks = (ROOT / name).read_text("utf-8")
    for words in started_commands(blocks):
        parse(words)
    assert STARTED.findall(blocks) != []


def test_what_cannot_be_typed_is_found() -> None:
    (words,) = started_commands("```sh\n./run test x\n./run users create-first   # the first one\n```")
    with pytest.raises(click.UsageError):
        parse(words)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_state_stands_in_the_contracts_with_its_label(name: str) -> None:
    states = load_workflow(name).states
    rows = read_rows(CONTRACTS)
    missing = {code for code, state in states.items() if (code, state.label.es) not in rows}
    assert missing == set()


def test_every_dimension_and_award_stands_in_the_contracts_with_its_label() -> None:
    rubric = load_edition("mcc-2026")
    labels = [(item.id, item.label.es) for item in rubric.dimensions]
    labels += [(award.code, award.label.es) for award in rubric.awards]
    assert [label for label in labels if label not in read_rows(CONTRACTS)] == []


def test_every_role_stands_in_the_contracts() -> None:
    section = CONTRACTS.partition("### Roles")[2].partition("###")[0]
    assert {role.value for role in Role} - set(re.findall(r"`([a-z_]+)`", section)) == set()


def test_every_decision_is_in_the_index_and_numbered_without_gap() -> None:
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    index = (DECISIONS / "README.md").read_text("utf-8")
    assert re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", index, re.MULTILINE) == files
    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]


def test_both_readmes_have_the_same_headings_pictures_and_code() -> None:
    """Comments inside the code are in the language of each."""
    texts = [(ROOT / name).read_text("utf-8") for name in READMES]
    code, pictures, headings = (
        [[COMMENT.sub("", block) for block in FENCE.findall(text)] for text in texts],
        [re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text) for text in texts],
        [re.findall(r"^#+(?= )", FENCE.sub("", text), re.MULTILINE) for text in texts],
    )
    assert code[0] == code[1]
    assert pictures[0] == pictures[1]
    assert headings[0] == headings[1]
    assert code[0]
    assert pictures[0]


def test_every_test_that_carries_a_clause_of_the_standard_exists() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/iso-17065.md").read_text(encoding="utf-8"))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 20
    assert [name for name in named if name not in there] == []

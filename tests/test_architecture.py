"""The arrows and the doors of ARCHITECTURE.md, the sizes and the names; and that each of these rules can fail."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("rubric", "workflows", "certificates", "mcc")
SOURCES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if not path.is_relative_to(ROOT / "mcc/db/migrations/versions")
]

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"rubric", "workflows", "certificates"}),
    frozenset({"mcc.errors", "mcc.settings", "mcc.clock", "mcc.chance"}),
    frozenset({"mcc.dates"}),
    frozenset({"mcc.phrases", "mcc.db"}),
    frozenset({"mcc.actions"}),
    frozenset({"mcc.jobs.queue"}),
    frozenset({"mcc.installation"}),
    frozenset({"mcc.jobs", "mcc.api", "mcc.demo"}),
    frozenset({"mcc.web"}),
    frozenset({"mcc.cli"}),
    frozenset({"mcc.__main__"}),
)
"""From the bottom up: a module imports its own name here, or a name that stands lower; never beside, never above."""

DOORS: dict[str, frozenset[str]] = {
    "call .commit": frozenset({"mcc/db/session.py"}),
    "set .state": frozenset({"mcc/actions/journal.py", "workflows/machine.py"}),
    "import transitions": frozenset({"workflows/machine.py", "workflows/diagram.py"}),
    "import weasyprint": frozenset({"certificates/layout.py"}),
    "import sqlalchemy": frozenset({"mcc/"}),
    "import sqlmodel": frozenset({"mcc/"}),
    "import fastapi": frozenset({"mcc/api/", "mcc/web/"}),
    "import starlette": frozenset({"mcc/api/", "mcc/web/"}),
    "import click": frozenset({"mcc/cli/"}),
    "import argon2": frozenset({"mcc/actions/passwords.py"}),
    "import dbos": frozenset({"mcc/jobs/"}),
    "import certificates.open_development_authority": frozenset({"mcc/jobs/"}),
    "import certificates.load_pkcs12": frozenset({"mcc/jobs/"}),
    "import certificates.signing": frozenset({"certificates/"}),
    "call certificates.open_development_authority": frozenset(),
    "call certificates.load_pkcs12": frozenset(),
    "call datetime.now": frozenset({"mcc/clock.py"}),
    "call datetime.utcnow": frozenset(),
    "call datetime.today": frozenset(),
    "call date.today": frozenset(),
    "call time.time": frozenset(),
    "import secrets": frozenset({"mcc/chance.py"}),
    "import random": frozenset(),
    "import uuid": frozenset(),
    "call os.urandom": frozenset(),
    "answer with the number of an error": frozenset(
        # These three word what the framework refuses before any action is called.
        {"mcc/errors.py", "mcc/api/answering.py", "mcc/api/limiting.py", "mcc/web/refusing.py"}
    ),
    "exit with the number of an error": frozenset({"mcc/errors.py"}),
}
"""What is done only there: in these files, or beneath these folders."""

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
VAGUE = re.compile(r"(^|_)(utils?|helpers?|manager|common|misc|stuff|tools?|data_?access|handler)(_|$)")
FIRST_ERROR = 400

Found = Iterator[str]


def find_arrows(path: str, source: str) -> Found:
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    own = layer_of(module)
    for node in ast.walk(ast.parse(source)):
        for imported in imports_of(node):
            layer = layer_of(imported)
            if layer is not None and not may_import(own, layer):
                yield f"line {getattr(node, 'lineno', 0)}: {module} imports {imported}"


def layer_of(module: str) -> str | None:
    """The most exact name of LAYERS that the module belongs to."""
    names = [name for layer in LAYERS for name in layer if f"{module}.".startswith(f"{name}.")]
    return max(names, key=len, default=None)


def may_import(own: str | None, other: str) -> bool:
    if own is None or own == other:
        return own is not None
    height = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    return height[other] < height[own]


def imports_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def find_doors(path: str, source: str) -> Found:
    for node in ast.walk(ast.parse(source)):
        for deed in deeds_of(node):
            for door, places in DOORS.items():
                if is_done_through(door, deed) and not any(is_beneath(path, place) for place in places):
                    yield f"line {getattr(node, 'lineno', 0)}: {door}"


def is_done_through(door: str, deed: str) -> bool:
    return deed == door or (door.startswith("import ") and deed.startswith(f"{door}."))


def is_beneath(path: str, place: str) -> bool:
    return path.startswith(place) if place.endswith("/") else path == place


def deeds_of(node: ast.AST) -> Found:
    yield from (f"import {module}" for module in imports_of(node))
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        yield f"set .{node.attr}"
    if isinstance(node, ast.Call):
        yield from deeds_of_call(node)


def deeds_of_call(call: ast.Call) -> Found:
    name = ast.unparse(call.func)
    first = call.args[0] if call.args else None
    yield f"call {'.'.join(name.split('.')[-2:])}"
    yield f"call .{name.rsplit('.', maxsplit=1)[-1]}"
    if (
        name in {"setattr", "object.__setattr__"}
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    ):
        yield f"set .{call.args[1].value!s}"
    numbers = [keyword.value for keyword in call.keywords if keyword.arg in {"status_code", "status"}]
    if any(
        number_of(number) >= FIRST_ERROR for number in [*numbers, first if name == "HTTPException" else None]
    ):
        yield "answer with the number of an error"
    if name in {"sys.exit", "exit", "SystemExit", "os._exit"} and number_of(first) > 0:
        yield "exit with the number of an error"


def number_of(node: ast.expr | None) -> int:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else 0


def find_sizes(path: str, source: str) -> Found:
    del path
    if (lines := source.count("\n")) > LONGEST_FILE:
        yield f"{lines} lines, of at most {LONGEST_FILE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name}: {lines} lines, of at most {LONGEST_FUNCTION}"


def find_vague_names(path: str, source: str) -> Found:
    names = [part.removesuffix(".py") for part in path.split("/")]
    names += [
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    yield from (name for name in names if VAGUE.search(name))


Rule = Callable[[str, str], Found]


def find_late_commits(path: str, source: str) -> Found:
    """A piece of work that ends after its answer has left: with FastAPI's default scope a failed commit reads as done."""
    del path
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Depends"):
            continue
        work = [arg.id for arg in node.args if isinstance(arg, ast.Name) and arg.id.startswith("begin_")]
        scopes = [key.value.value for key in node.keywords if isinstance(key.value, ast.Constant)]
        if work and scopes != ["function"]:
            yield f"{work[0]} ends after the answer"


RULES: dict[str, Rule] = {
    "arrows": find_arrows,
    "doors": find_doors,
    "sizes": find_sizes,
    "names": find_vague_names,
    "commits": find_late_commits,
}


@pytest.mark.parametrize("rule", RULES)
def test_every_source_keeps_the_rule(rule: str) -> None:
    found = {
        place: broken
        for path in SOURCES
        if (broken := list(RULES[rule](place := path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))))
    }
    assert found == {}


def test_every_module_has_its_layer() -> None:
    names = [path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in SOURCES]
    assert [name for name in names if layer_of(name) is None and name != "mcc.__init__"] == []


def test_every_door_leads_somewhere() -> None:
    places = {place for places in DOORS.values() for place in places}
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []


BROKEN_ARROWS = {
    "rubric/scoring.py": "from mcc.clock import SystemClock",
    "workflows/machine.py": "import rubric",
    "certificates/layout.py": "def late():\n    from workflows.model import State",
    "mcc/db/session.py": "from mcc.actions import journal",
    "mcc/actions/apply.py": "from mcc.web.pages import render",
    "mcc/actions/decide.py": "from mcc.jobs.queue import IssueQueue",
    "mcc/clock.py": "from mcc import installation",
    "mcc/jobs/queue.py": "from mcc.installation import Installation",
    "mcc/api/apply.py": "import mcc.web.app",
    "mcc/demo/build.py": "from mcc.api.inputs import RolesInput",
    "mcc/web/app.py": "from mcc.cli import main",
}

BROKEN_DOORS = {
    "call .commit": "work.session.commit()",
    "set .state": "application.state = 'granted'",
    "import transitions": "from transitions.extensions import GraphMachine",
    "import weasyprint": "def late():\n    import weasyprint",
    "import sqlalchemy": "from sqlalchemy import select",
    "import sqlmodel": "from sqlmodel import Session",
    "import fastapi": "import fastapi",
    "import starlette": "from starlette.responses import Response",
    "import click": "import click",
    "import argon2": "from argon2 import PasswordHasher",
    "import dbos": "from dbos import DBOS",
    "import certificates.open_development_authority": "from certificates import open_development_authority",
    "import certificates.load_pkcs12": "from certificates import load_pkcs12 as load",
    "import certificates.signing": "import certificates.signing",
    "call certificates.open_development_authority": "certificates.open_development_authority(folder)",
    "call certificates.load_pkcs12": "certificates.load_pkcs12(path, None)",
    "call datetime.now": "import datetime\ndatetime.datetime.now(datetime.UTC)",
    "call datetime.utcnow": "datetime.utcnow()",
    "call datetime.today": "datetime.today()",
    "call date.today": "date.today()",
    "call time.time": "time.time()",
    "import secrets": "from secrets import token_bytes",
    "import random": "import random",
    "import uuid": "from uuid import uuid4",
    "call os.urandom": "os.urandom(16)",
    "answer with the number of an error": "raise HTTPException(409)",
    "exit with the number of an error": "sys.exit(2)",
}


@pytest.mark.parametrize("path", BROKEN_ARROWS)
def test_an_arrow_that_points_the_wrong_way_is_found(path: str) -> None:
    assert len(list(find_arrows(path, BROKEN_ARROWS[path]))) == 1


def test_every_door_is_tried() -> None:
    assert BROKEN_DOORS.keys() == DOORS.keys()


@pytest.mark.parametrize("door", DOORS)
def test_whoever_goes_around_a_door_is_found(door: str) -> None:
    """Tried in a library, and in an action for what every file of the application may do."""
    place = "mcc/actions/apply.py" if "mcc/" not in DOORS[door] else "rubric/scoring.py"
    found = list(find_doors(place, BROKEN_DOORS[door]))
    assert [finding.split(": ", 1)[1] for finding in found] == [door]


@pytest.mark.parametrize(
    "source",
    [
        "setattr(row, 'state', 'granted')",
        "row.state += 'x'",
        "del row.state",
        "(row.state, row.since) = pair",
        "object.__setattr__(row, 'state', 'granted')",
    ],
)
def test_a_state_cannot_be_written_in_another_way(source: str) -> None:
    assert [finding.split(": ")[1] for finding in find_doors("mcc/actions/apply.py", source)] == [
        "set .state"
    ]


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        ("sizes", "mcc/clock.py", "x = 1\n" * (LONGEST_FILE + 1)),
        ("sizes", "mcc/clock.py", "def tell():\n" + "    pass\n" * LONGEST_FUNCTION),
        ("sizes", "mcc/clock.py", "class A:\n  async def tell(self):\n" + "    pass\n" * LONGEST_FUNCTION),
        ("commits", "mcc/web/asking.py", "Change = Annotated[Work, Depends(begin_change)]"),
        ("commits", "mcc/web/asking.py", "Look = Depends(begin_look, scope='request')"),
        ("names", "mcc/actions/utils.py", ""),
        ("names", "mcc/common/apply.py", ""),
        ("names", "mcc/clock.py", "class SessionManager: ..."),
        ("names", "mcc/clock.py", "def date_helper(): ..."),
    ],
)
def test_whoever_breaks_another_rule_is_found(rule: str, path: str, source: str) -> None:
    assert len(list(RULES[rule](path, source))) == 1


def test_what_is_as_long_as_it_may_be_is_left_alone() -> None:
    function = "def tell():\n" + "    pass\n" * (LONGEST_FUNCTION - 1)
    assert list(find_sizes("mcc/clock.py", function + "x = 1\n" * (LONGEST_FILE - LONGEST_FUNCTION))) == []

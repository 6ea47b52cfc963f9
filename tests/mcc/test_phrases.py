"""Every code that people can meet has a sentence, in three languages that agree on their facts."""

import ast
import string
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from mcc.actions.admit import RefusalReason
from mcc.actions.apply import CollectiveKind, OrganisationInput, ScopeKind
from mcc.actions.assign import Seat
from mcc.actions.evidence import EvidenceForm
from mcc.actions.inputs import Input, parse_input
from mcc.actions.work import Role
from mcc.api import inputs as _inputs  # noqa: F401 - so that its models count as well
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from mcc.phrases import LANGUAGES, catalogue, knows, say, say_error, say_field
from workflows import EDITIONS, load_workflow

ROOT = Path(__file__).parents[2]
RAISED = {"NotSignedIn", "NotAllowed", "NotFound", "Refused", "TooLarge", "TooManyAttempts", "Unavailable"}


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def calls(*folders: str) -> Iterator[tuple[str, ast.Call]]:
    for _, tree in trees(*folders):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def texts(node: ast.expr | None) -> set[str]:
    """The strings that an expression can be: a constant, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return set()


def argument(call: ast.Call, position: int, name: str) -> set[str]:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if named is not None:
        return texts(named)
    return texts(call.args[position]) if len(call.args) > position else set()


def unknown(prefix: str, codes: set[str]) -> set[str]:
    assert codes, f"the search for {prefix} finds nothing: it looks for the wrong thing"
    return {code for code in codes if not knows(f"{prefix}.{code}")}


def test_the_three_catalogues_have_the_same_keys() -> None:
    keys = [list(catalogue(language)) for language in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_something(language: str) -> None:
    assert [key for key, sentence in catalogue(language).items() if not sentence.strip()] == []


def test_the_three_languages_name_the_same_facts() -> None:
    def facts(sentence: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}

    spanish = catalogue("es")
    differing = {
        key: language
        for language in LANGUAGES
        for key, sentence in catalogue(language).items()
        if facts(sentence) != facts(spanish[key])
    }
    assert differing == {}


def test_every_error_has_a_sentence() -> None:
    codes = {code for name, call in calls("mcc") if name in RAISED for code in argument(call, 0, "code")}
    assert unknown("error", codes) == set()


def test_every_reason_why_permission_is_refused_has_a_sentence() -> None:
    source = (ROOT / "mcc" / "actions" / "permissions.py").read_text(encoding="utf-8")
    codes = {
        code
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef) and function.name.startswith("refuse")
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
        for code in texts(node.value)
    }
    assert unknown("error", codes) == set()


def test_every_refusal_of_a_move_has_a_sentence() -> None:
    codes = {
        code
        for name, call in calls("workflows")
        if name == "MoveRefused"
        for code in argument(call, 0, "code")
    }
    assert unknown("error", codes) == set()


def test_every_problem_of_an_input_has_a_sentence() -> None:
    codes = {code for name, call in calls("mcc") if name == "Problem" for code in argument(call, 1, "code")}
    codes |= {
        code for name, call in calls("mcc") if name == "PydanticCustomError" for code in argument(call, 0, "")
    }
    assert unknown("problem", codes) == set()


def test_every_problem_that_makes_no_sense_in_a_file_has_a_sentence() -> None:
    codes = {
        code
        for name, call in calls("rubric")
        if name == "AnswerProblem"
        for code in argument(call, 0, "code")
    }
    for _, tree in trees("rubric", "workflows", "mcc/demo"):
        codes |= {
            code
            for node in ast.walk(tree)
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1
            for code in texts(node.value.elts[1])
        }
    assert unknown("problem", codes) == set()


def test_every_problem_that_reading_a_file_finds_has_a_sentence() -> None:
    codes = {
        code
        for name, call in calls("rubric", "workflows")
        for code in (argument(call, 4, "code") if name == "Problem" else set())
    }
    for _, tree in trees("rubric", "workflows"):
        codes |= {
            code
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code"
            for code in texts(node.value)
        }
    assert unknown("problem", codes) == set()


def test_every_reason_of_an_award_has_a_sentence() -> None:
    codes = {code for name, call in calls("rubric") if name == "Reason" for code in argument(call, 0, "code")}
    assert unknown("award_reason", codes) == set()


def test_every_reason_of_a_verdict_has_a_sentence() -> None:
    raised = (call for name, call in calls("certificates") if name in {"Reason", "NotAuthentic"})
    assert unknown("verdict", {code for call in raised for code in argument(call, 0, "code")}) == set()


def test_everything_wrong_with_a_number_has_a_sentence() -> None:
    raised = (call for name, call in calls("certificates") if name == "NumberInvalid")
    codes = {f"number_{code}" for call in raised for code in argument(call, 0, "code")}
    assert unknown("problem", codes) == set()


def test_every_guard_has_a_sentence() -> None:
    guards = {guard for life in EDITIONS for move in load_workflow(life).moves for guard in move.guards}
    assert unknown("guard", guards) == set()


def test_every_event_has_a_sentence() -> None:
    moves = {move.action for life in EDITIONS for move in load_workflow(life).moves}
    written = {
        code
        for name, call in calls("mcc/actions", "mcc/installation.py")
        if name in {"advance", "record", "begin"}
        for code in argument(call, 2, "action")
    }
    assert unknown("action", moves | written) == set()


def test_every_finding_of_the_check_has_a_sentence() -> None:
    codes = {code for name, call in calls("mcc") if name == "Finding" for code in argument(call, 0, "code")}
    for path, tree in trees("mcc/actions"):
        if path.name == "check_files.py":
            codes |= {
                code
                for node in ast.walk(tree)
                if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)
                for code in texts(node.value.elts[0])
            }
    assert unknown("finding", codes) == set()


def test_every_sentence_that_the_source_names_is_there() -> None:
    keys = {key for name, call in calls("mcc") if name == "say" for key in argument(call, 0, "code")}
    assert keys
    assert {key for key in keys if not knows(key)} == set()


@pytest.mark.parametrize(
    ("prefix", "members"),
    [
        ("kind", CollectiveKind),
        ("role", Role),
        ("refusal_reason", RefusalReason),
        ("evidence_form", EvidenceForm),
        ("scope_kind", ScopeKind),
        ("seat", Seat),
    ],
)
def test_every_member_of_a_closed_set_has_words(prefix: str, members: type[StrEnum]) -> None:
    assert unknown(prefix, {member.value for member in members}) == set()


def input_models(model: type[Input] = Input) -> set[type[Input]]:
    children = set(model.__subclasses__())
    return children.union(*(input_models(child) for child in children))


def test_every_field_of_every_input_has_a_name() -> None:
    ours = {model for model in input_models() if model.__module__.startswith("mcc.")}
    fields = {field for model in ours for field in model.model_fields}
    assert unknown("field", fields) == set()


ABSURD: tuple[object, ...] = (
    None,
    "",
    "x" * 5000,
    "\x00",
    "\u202e",
    "a\nb",
    -1,
    10**30,
    1.5,
    float("nan"),
    True,
    [],
    {},
    [{}],
    "2026-02-30",
)


def test_whatever_is_wrong_with_an_input_has_a_sentence() -> None:
    codes = {"missing", "extra_forbidden"}
    for model in input_models():
        for field in model.model_fields:
            for value in ABSURD:
                try:
                    parse_input(model, {field: value, "surplus": 1})
                except InputInvalid as error:
                    codes |= {problem.code for problem in error.problems}
    assert unknown("problem", codes) == set()


def test_a_fact_that_is_missing_leaves_a_dash() -> None:
    assert say("error.account_unknown") == "No hay ninguna cuenta con el usuario «—»."


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert say("error.never_heard_of") == "error.never_heard_of"


def test_a_guard_is_said_in_its_own_words() -> None:
    error = Refused("guard_failed", guard="visit_reported")
    assert say_error(error, "en") == "The report of the visit is missing."


def test_a_fact_is_filled_in() -> None:
    error = NotFound("evidence_unknown", item="E7")
    assert say_error(error, "en") == "There is no evidence “E7” in this application."


def test_several_problems_are_announced_with_the_first() -> None:
    error = InputInvalid([Problem("members", "missing"), Problem("name", "missing")])
    assert say_error(error) == "Integrantes: Falta este dato. Otros problemas: 1."


def test_a_field_without_a_name_is_called_as_it_is_written() -> None:
    assert (say_field("members.0"), say_field("PAR1")) == ("Integrantes", "PAR1")


def test_problems_of_a_real_input_are_worded_in_every_language() -> None:
    with pytest.raises(InputInvalid) as caught:
        parse_input(OrganisationInput, {"members": 1})
    for language in LANGUAGES:
        assert "problem." not in say_error(caught.value, language)

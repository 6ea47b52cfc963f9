"""What was typed becomes an input, or stays beside what is wrong with it."""

import pytest
from pydantic import Field

from mcc.actions.inputs import Input, Line
from mcc.errors import InputInvalid, NotFound, Problem, Refused
from mcc.web.forms import BLANK, FieldProblem, Form, prefill, split_lines


class Given(Input):
    name: Line
    many: list[Line] = Field(default_factory=list)
    lines: list[Line] = Field(default_factory=list)


def test_an_empty_field_counts_as_not_given() -> None:
    with pytest.raises(InputInvalid) as refused:
        Form({"name": ("  ",)}).parse(Given)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [("name", "missing")]


def test_lists_are_ticked_and_lines_are_counted_without_empty_ones() -> None:
    form = Form({"name": ("a",), "many": ("x", "", "y"), "lines": ("uno\r\n\r\n dos ",)})
    assert form.parse(Given, lists=["many"], lines=["lines"]) == Given(
        name="a", many=["x", "y"], lines=["uno", "dos"]
    )


def test_a_field_that_only_chooses_can_be_left_aside() -> None:
    assert Form({"name": ("a",), "then": ("save",)}).without("then").parse(Given) == Given(name="a")


def test_a_problem_in_a_list_counts_lines_from_one() -> None:
    error = InputInvalid([Problem("lines.1", "missing")])
    assert Form({"lines": ("a\nb",)}).refused(error).problem("lines") == FieldProblem(
        "lines", Problem("lines.1", "missing"), line=2
    )


def test_a_problem_of_a_numbered_field_stays_with_it() -> None:
    form = Form({"answers.1": ("",)}).refused(InputInvalid([Problem("answers.1", "missing")]))
    assert form.problem("answers.1") == FieldProblem("answers.1", Problem("answers.1", "missing"))


def test_a_refusal_stands_with_its_field_where_it_names_one() -> None:
    form = Form({"receipt": ("x",)})
    assert form.refused(NotFound("receipt_unknown", where="receipt")).problem("receipt") is not None
    assert form.refused(Refused("own_proposal", where="dimension")).problems[0].field is None


def test_what_is_known_is_offered_as_it_would_be_typed() -> None:
    form = prefill(name="a", lines=["uno", "dos"], nothing=None)
    assert dict(form.typed) == {"name": ("a",), "lines": ("uno\ndos",)}
    assert BLANK.text("name") == ""


def test_lines_end_as_browsers_end_them() -> None:
    assert split_lines("a\r\nb\n\n c ") == ["a", "b", "c"]

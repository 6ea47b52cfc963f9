"""Forms: what was typed, the input that an action takes, and what is wrong with it, field by field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from mcc.actions.inputs import parse_input
from mcc.actions.uploads import Purified, check_upload
from mcc.errors import InputInvalid, MccError, Problem
from mcc.settings import Settings

MOST_FIELDS = 1000
LONGEST_FIELD = 100_000

Model = TypeVar("Model", bound=BaseModel)
Page = Callable[..., Response]


@dataclass(frozen=True)
class Upload:
    filename: str
    content: bytes


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field; `line` counts from 1 where a field holds one entry a line."""

    field: str | None
    cause: MccError | Problem
    line: int | None = None


@dataclass(frozen=True)
class Form:
    """A form as it was typed (or as it is offered, prefilled), with what is wrong with it."""

    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    upload: Upload | None = None
    problems: tuple[FieldProblem, ...] = ()

    def text(self, name: str) -> str:
        return next(iter(self.typed.get(name, ())), "")

    def texts(self, name: str) -> tuple[str, ...]:
        return self.typed.get(name, ())

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))

    def problem(self, name: str) -> FieldProblem | None:
        return next((problem for problem in self.problems if problem.field == name), None)

    def without(self, name: str) -> "Form":
        """The form but for one field, which only chose what is done with the rest."""
        return replace(self, typed={key: value for key, value in self.typed.items() if key != name})

    def parse(self, model: type[Model], *, lists: Iterable[str] = (), lines: Iterable[str] = ()) -> Model:
        """The input of an action. Raises InputInvalid.

        An empty field counts as not given; `lists` may be ticked several times, `lines` hold one entry a line.
        """
        raw: dict[str, Any] = {name: self.text(name) for name in self.typed if self.text(name).strip()}
        for name in lists:
            raw[name] = [value for value in self.texts(name) if value]
        for name in lines:
            raw[name] = split_lines(self.text(name))
        return parse_input(model, {name: value for name, value in raw.items() if value != []})

    def purify(self, settings: Settings) -> Purified | None:
        """What is kept of the file that was sent. Slow for a picture, so to be done before a change begins."""
        return None if self.upload is None else check_upload(self.upload.content, settings.upload_limit)

    def refused(self, error: MccError) -> "Form":
        """The same form, with the reasons why it was refused."""
        if not isinstance(error, InputInvalid):
            named = error.where if error.where in self.typed else None
            return replace(self, problems=(FieldProblem(named, error),))
        return replace(self, problems=tuple(self._locate(problem) for problem in error.problems))

    def _locate(self, problem: Problem) -> FieldProblem:
        name, _, rest = problem.where.partition(".")
        if problem.where in self.typed or not rest.isdigit():
            return FieldProblem(None if problem.where == "-" else problem.where, problem)
        return FieldProblem(name, problem, line=int(rest) + 1)


BLANK = Form()


def split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def prefill(**values: Any) -> Form:
    """A form with what is known already; lists become one entry a line."""
    return Form({name: (_as_typed(value),) for name, value in values.items() if value is not None})


def _as_typed(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list | tuple) else str(value)


async def read_form(request: Request) -> Form:
    """Everything that was sent, as it was typed; a file is told by its content and its bare name."""
    typed: dict[str, tuple[str, ...]] = {}
    upload = None
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as sent:
        for name, value in sent.multi_items():
            if not isinstance(value, UploadFile):
                typed[name] = (*typed.get(name, ()), value)
            elif value.filename:
                bare = value.filename.replace("\\", "/").rpartition("/")[2]
                upload = Upload(bare, await value.read())
    return Form(typed, upload)


def form_on(page: Page) -> Any:
    """The form that was sent; when an action refuses it, `page` is shown again with what was typed.

    Routes name it before their piece of work: a slow upload must not hold the write lock, and what was typed is
    kept even when the session turns out to be over.
    """

    async def read(request: Request) -> Form:
        form = await read_form(request)
        request.state.form, request.state.page = form, page
        return form

    return Depends(read)


Sent = Annotated[Form, Depends(read_form)]
"""A form whose route answers its refusals itself."""


async def offer_nothing() -> Form:
    return BLANK


Blank = Annotated[Form, Depends(offer_nothing)]
"""A page that holds a form takes one: blank when it is first asked for, as it was typed when it was refused."""

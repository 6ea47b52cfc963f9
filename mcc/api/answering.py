"""What the API answers with: strict models, and one shape for everything that goes wrong."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from mcc.api.asking import installation_of
from mcc.api.limiting import CONTENT_TOO_LARGE
from mcc.chance import draw_word, system_chance
from mcc.errors import (
    InputInvalid,
    MccError,
    NotSignedIn,
    Problem,
    Refused,
    TooLarge,
    Unavailable,
    http_status,
)
from mcc.phrases import LANGUAGES, say, say_error, say_problem

LOG = logging.getLogger(__name__)
CODES = {400: "malformed_request", 404: "address_unknown", 405: "method_not_allowed"}
"""What the framework refuses before any of our code runs."""
PARTS_OF_A_REQUEST = frozenset({"body", "path", "query", "header", "cookie"})
REFERENCE_LETTERS = 8


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Done(Answer):
    """The change was made; nothing else to say."""

    done: bool = True


class ProblemAnswer(Answer):
    where: str
    error: str
    detail: str


class ErrorAnswer(Answer):
    """`error` is a code that does not change; `detail` is a sentence in the language that was asked for."""

    error: str
    detail: str
    where: str | None
    problems: tuple[ProblemAnswer, ...] | None = None
    """Every field that has something wrong with it, where the input was refused."""


class ReceiptAnswer(Answer):
    receipt: str
    """By which whoever filed a case asks about it."""


PDF_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}
"""How a route that sends a PDF describes its answer."""


def send_pdf(content: bytes, name: str) -> Response:
    """A PDF to be saved under that name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def choose_language(accepted: str | None) -> str:
    """The best of our languages for an Accept-Language header; Spanish when none fits."""
    best, weight = LANGUAGES[0], 0.0
    for part in (accepted or "").split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag[:2].lower()
        try:
            quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            quality = 0.0
        if language in LANGUAGES and quality > weight:
            best, weight = language, quality
    return best


def language_of(request: Request) -> str:
    return choose_language(request.headers.get("accept-language"))


def answer_error(request: Request, error: MccError) -> Response:
    """The error as JSON, worded for the reader, with the status of `mcc.errors`."""
    language = language_of(request)
    content: dict[str, Any] = {
        "error": error.code,
        "detail": say_error(error, language),
        "where": error.where,
    }
    if isinstance(error, InputInvalid):
        content["problems"] = [
            {"where": problem.where, "error": problem.code, "detail": say_problem(problem, language)}
            for problem in error.problems
        ]
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}
    return write_error(request, http_status(error), content, headers)


def write_error(
    request: Request, status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    """What was sent may come back in the answer: halves of characters, which UTF-8 cannot carry, become "?"."""
    return Response(
        json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"),
        status_code=status,
        media_type="application/json",
        headers={"Content-Language": language_of(request), **(headers or {})},
    )


def answer_refused_input(request: Request, error: RequestValidationError) -> Response:
    """A body that cannot be read is malformed (400); one with wrong fields lists each of them (422)."""
    found = error.errors()
    if any(problem["type"] == "json_invalid" for problem in found):
        return answer_framework_error(request, HTTPException(400))
    return answer_error(request, InputInvalid([_describe(problem) for problem in found]))


def _describe(problem: Mapping[str, Any]) -> Problem:
    parts = [str(part) for part in problem["loc"]]
    named = parts[1:] if parts[0] in PARTS_OF_A_REQUEST else parts
    facts = {name: value for name, value in problem.get("ctx", {}).items() if name != "error"}
    return Problem(".".join(named) or "-", problem["type"], facts)


def answer_framework_error(request: Request, error: HTTPException) -> Response:
    """What the framework itself refuses: an unknown address or method, a body that is too large or malformed."""
    if error.status_code == CONTENT_TOO_LARGE:
        limit = installation_of(request).settings.upload_limit
        return answer_error(request, TooLarge("file_too_large", where="file", megabytes=limit // 1_000_000))
    code = CODES.get(error.status_code, "malformed_request")
    content = {"error": code, "detail": say(f"error.{code}", language_of(request)), "where": None}
    return write_error(request, error.status_code, content, error.headers)


def answer_unexpected(request: Request, error: Exception) -> Response:
    """A defect of ours: the reader gets a reference, the log the whole story under it."""
    reference = draw_word(system_chance, REFERENCE_LETTERS)
    LOG.error("unexpected error %s", reference, exc_info=error)
    detail = say("error.unexpected", language_of(request), reference=reference)
    return write_error(request, 500, {"error": "unexpected", "detail": detail, "where": reference})


def handle_errors(api: FastAPI) -> None:
    """Give every kind of error its answer."""

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, MccError)
        return answer_error(request, error)

    async def refuse_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer_refused_input(request, error)

    async def refuse_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return answer_framework_error(request, error)

    async def refuse_outdated(request: Request, _error: Exception) -> Response:
        return answer_error(request, Refused("changed_meanwhile"))

    async def refuse_busy(request: Request, error: Exception) -> Response:
        LOG.error("the database does not answer", exc_info=error)
        return answer_error(request, Unavailable("database_busy"))

    async def admit_defect(request: Request, error: Exception) -> Response:
        return answer_unexpected(request, error)

    api.add_exception_handler(MccError, refuse)
    api.add_exception_handler(RequestValidationError, refuse_input)
    api.add_exception_handler(HTTPException, refuse_request)
    api.add_exception_handler(StaleDataError, refuse_outdated)
    api.add_exception_handler(IntegrityError, refuse_outdated)
    api.add_exception_handler(DatabaseError, refuse_busy)
    api.add_exception_handler(Exception, admit_defect)

"""The check of everything, for auditors."""

from typing import Any

from fastapi import APIRouter, Request

from mcc.actions.check import check_installation
from mcc.api.answering import Answer, language_of
from mcc.api.asking import Look
from mcc.phrases import say

router = APIRouter(tags=["check"])


class FindingAnswer(Answer):
    code: str
    where: str
    facts: dict[str, Any]
    detail: str


class CheckAnswer(Answer):
    clean: bool
    findings: tuple[FindingAnswer, ...]


@router.get("/check")
def check(request: Request, work: Look) -> CheckAnswer:
    """Derive everything anew and list what does not hold."""
    found = check_installation(work)
    language = language_of(request)
    return CheckAnswer(
        clean=not found,
        findings=tuple(
            FindingAnswer(
                code=row.code,
                where=row.where,
                facts=row.facts,
                detail=say(f"finding.{row.code}", language, where=row.where, **row.facts),
            )
            for row in found
        ),
    )

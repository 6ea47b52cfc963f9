"""The API as one application, for `mcc.web` to mount at /api/v1."""

from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI

from mcc.api import (
    accept_rules,
    accounts,
    administer,
    admit,
    agree,
    amend,
    annual,
    apply,
    assign,
    assist,
    authorise,
    bind,
    cases,
    challenge,
    check,
    correct,
    decide,
    editions,
    evaluate,
    evidence,
    follow,
    hear,
    improve,
    mandates,
    motion,
    renew,
    report,
    review,
    staff,
    support,
    surveil,
    suspend,
    verify,
    visit,
    vote,
)
from mcc.api.answering import ErrorAnswer, handle_errors
from mcc.api.limiting import ENVELOPE, LimitBody
from mcc.installation import Installation

FEATURES = (
    accounts,
    administer,
    apply,
    follow,
    evidence,
    admit,
    assign,
    assist,
    authorise,
    bind,
    cases,
    challenge,
    correct,
    accept_rules,
    evaluate,
    visit,
    agree,
    amend,
    annual,
    hear,
    improve,
    review,
    staff,
    vote,
    decide,
    mandates,
    motion,
    renew,
    support,
    surveil,
    report,
    verify,
    suspend,
    editions,
    check,
)
VERSION = "1"
"""Of the API, as in its address: raised only when something that clients rely on goes away."""
FORM_LIMITS: Any = {"max_files": 1, "max_fields": 20, "max_part_size": 20_000}

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": meaning}
    for status, meaning in {
        400: "The request cannot be read",
        401: "Nobody is signed in",
        403: "This person may not do this",
        404: "There is no such thing, or not for this person",
        409: "The process does not allow it now",
        413: "The upload is too large",
        422: "What was given is missing, absurd or unknown",
        429: "Too many attempts",
        503: "A part that is needed does not answer; nothing was changed",
    }.items()
}


def create_api(installation: Installation) -> FastAPI:
    """The JSON API of one installation, described at `openapi.json`."""
    api = FastAPI(
        title="Marca Cooperativa Canaria",
        description="Every action of the certification engine as JSON.",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS,
        form_limits=FORM_LIMITS,
    )
    api.state.installation = installation
    api.state.judges = CapacityLimiter(verify.MOST_JUDGES)
    api.add_middleware(LimitBody, limit=installation.settings.upload_limit + ENVELOPE)
    handle_errors(api)
    for feature in FEATURES:
        api.include_router(feature.router)
    return api

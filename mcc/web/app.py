"""The web site of one installation, put together: pages, files, errors, guards, and the API below /api/v1."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from mcc.api.app import create_api
from mcc.api.limiting import ENVELOPE, LimitBody
from mcc.errors import TooLarge
from mcc.installation import Installation
from mcc.web import (
    accept_rules,
    accounts,
    administer,
    admit,
    agree,
    amend,
    annual,
    appeal,
    apply,
    assign,
    assist,
    authorise,
    bind,
    calendar,
    cases,
    challenge,
    co_holders,
    collective,
    committee,
    complain,
    correct,
    decide,
    desk,
    evaluate,
    evidence,
    folder,
    follow,
    hear,
    home,
    improve,
    kit,
    mandates,
    members,
    misuse,
    motion,
    notices,
    own_account,
    prepare,
    queue,
    register,
    renew,
    report,
    review,
    self_assess,
    staff,
    support,
    surveil,
    suspend,
    verify,
    visit,
    vote,
)
from mcc.web.asking import refuse_foreign_form
from mcc.web.board import StatusBoard
from mcc.web.guarding import GuardHeaders, KeptFiles
from mcc.web.refusing import handle_errors

FEATURES = (
    home,
    accounts,
    verify,
    misuse,
    complain,
    cases,
    register,
    follow,
    apply,
    co_holders,
    notices,
    own_account,
    collective,
    members,
    folder,
    prepare,
    queue,
    calendar,
    self_assess,
    kit,
    evidence,
    admit,
    staff,
    assign,
    challenge,
    authorise,
    accept_rules,
    desk,
    evaluate,
    visit,
    agree,
    hear,
    correct,
    review,
    vote,
    decide,
    appeal,
    motion,
    amend,
    suspend,
    surveil,
    renew,
    report,
    improve,
    bind,
    annual,
    committee,
    mandates,
    support,
    assist,
    administer,
)
THREADS = 8
"""More make pages slower, not faster: they compete for one interpreter."""
SMALL = 700
"""Answers of fewer bytes fit one packet as they are."""
MADE_ELSEWHERE = ("/api/", "/static/")
"""Addresses whose answers are limited by others."""
JUDGES = 2
"""Uploaded certificates that are judged at the same time: each is a process with a memory limit of its own."""


def create_app(installation: Installation) -> FastAPI:
    """The site, ready to be served; the installation stays open after it has stopped."""
    site = FastAPI(
        title="Marca Cooperativa Canaria",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_run,
        dependencies=[Depends(refuse_foreign_form)],
    )
    site.state.installation = installation
    site.state.board = StatusBoard(installation.database)
    site.state.judges = CapacityLimiter(JUDGES)
    limit = installation.settings.upload_limit
    site.add_middleware(
        LimitBody,
        limit=limit + ENVELOPE,
        refuse=lambda: TooLarge("file_too_large", where="file", megabytes=limit // 1_000_000),
        elsewhere=MADE_ELSEWHERE,
    )
    site.add_middleware(GuardHeaders)
    site.add_middleware(GZipMiddleware, minimum_size=SMALL)
    handle_errors(site)
    site.router.routes.append(verify.STATUS_ROUTE)
    for feature in FEATURES:
        site.include_router(feature.router)
    site.mount("/api/v1", create_api(installation))
    site.mount("/static/fonts", KeptFiles(directory=str(files("certificates").joinpath("fonts"))))
    site.mount("/static", KeptFiles(directory=str(files("mcc.web").joinpath("static"))))
    return site


@asynccontextmanager
async def _run(site: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    site.state.board.close()

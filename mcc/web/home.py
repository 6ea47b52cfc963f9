"""The start page: what the mark is, and the three things that people come for."""

from importlib.resources import files

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import FileResponse

from mcc.actions.editions import current_rubric
from mcc.web.asking import greet
from mcc.web.pages import render
from workflows import load_workflow

router = APIRouter()


@router.get("/", dependencies=[Depends(greet)])
def show_start(request: Request) -> Response:
    states = load_workflow("application").states
    terms = {name: state.term.days for name, state in states.items() if state.term is not None}
    return render(request, "home.html", rubric=current_rubric(), terms=terms)


@router.get("/static/seal.svg")
def show_seal() -> Response:
    """The seal that the certificates carry: one drawing for paper and screen."""
    return FileResponse(
        str(files("certificates").joinpath("templates/seal.svg")),
        media_type="image/svg+xml",
        headers={"Cache-Control": "public, max-age=86400"},
    )


@router.get("/privacidad", dependencies=[Depends(greet)])
def show_privacy(request: Request) -> Response:
    return render(request, "privacy.html")


@router.get("/accesibilidad", dependencies=[Depends(greet)])
def show_accessibility(request: Request) -> Response:
    return render(request, "accessibility.html")

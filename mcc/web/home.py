"""The start page: what the mark is, and the three things that people come for."""

from fastapi import APIRouter, Request, Response

from mcc.actions.editions import current_rubric
from mcc.web.pages import render

router = APIRouter()


@router.get("/")
def show_start(request: Request) -> Response:
    return render(request, "home.html", rubric=current_rubric())

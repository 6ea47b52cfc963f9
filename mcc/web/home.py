"""The start page: what the mark is, and the three things that people come for."""

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions.editions import current_rubric
from mcc.web.asking import greet
from mcc.web.pages import render

router = APIRouter()


@router.get("/", dependencies=[Depends(greet)])
def show_start(request: Request) -> Response:
    return render(request, "home.html", rubric=current_rubric())

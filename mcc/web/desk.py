"""The evaluator's desk: every sheet that is theirs, and the script that takes them along where there is no connection."""

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import FileResponse

from mcc.actions.permissions import application_of, can, require
from mcc.actions.terms import find_due
from mcc.actions.work import Work
from mcc.db.queries.evaluate import assignments_of_person
from mcc.web.asking import Look
from mcc.web.evaluate import describe_sheet
from mcc.web.pages import render
from mcc.web.queue import name_task

router = APIRouter()


@router.get("/evaluacion")
def show_desk(request: Request, work: Look) -> Response:
    """What is mine, by what it waits for: to accept, to score, to talk over, or for others."""
    require(work, "view_desk")
    return render(request, "desk.html", groups=group_seats(work), today=work.today)


def group_seats(work: Work) -> dict[str, list[dict[str, Any]]]:
    """The person's seats in files that are being evaluated, the shortest term first."""
    groups: dict[str, list[dict[str, Any]]] = {
        "assigned": [],
        "in_progress": [],
        "consensus": [],
        "others": [],
    }
    for seat in assignments_of_person(work.session, work.actor.key):
        application = application_of(work, seat)
        if application.state not in {"admitted", "in_evaluation"} or not can(work, "view_sheet", seat):
            continue
        task = {"awaiting_evidence": "in_progress"}.get(name := name_task(work, seat) or "others", name)
        if task == "in_progress" and application.state == "admitted":
            task = "others"
        groups[task].append({**describe_sheet(work, seat), "due": find_due(work, application)})
    for rows in groups.values():
        rows.sort(key=lambda row: (row["due"] is None, row["due"]))
    return groups


@router.get("/sw.js")
def show_service_worker() -> Response:
    """At the root, so that it may answer for the sheets; asked for anew each time, so that a mend arrives."""
    return FileResponse(
        str(files("mcc.web").joinpath("static/sw.js")),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )

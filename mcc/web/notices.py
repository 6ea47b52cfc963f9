"""What a person was told: a page of their own."""

from fastapi import APIRouter, Request, Response

from mcc.actions import notify
from mcc.db.tables import Application
from mcc.web.asking import Change, Look
from mcc.web.pages import go_to, render

router = APIRouter()


@router.get("/avisos")
def show_notices(request: Request, work: Look) -> Response:
    found = notify.list_own(work)
    references = {}
    for notice in found:
        application = work.session.get(Application, notice.application_id) if notice.application_id else None
        if application is not None:
            references[notice.id] = application.number or application.id
    return render(request, "notices.html", notices=found, references=references)


@router.post("/avisos")
def mark_read(work: Change) -> Response:
    notify.mark_read(work)
    return go_to("/avisos")

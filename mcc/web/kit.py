"""The kit of whoever holds the mark, and the receipt: what is printed and taken away."""

from importlib.resources import files

from fastapi import APIRouter, Request, Response

from mcc.actions import kit
from mcc.actions.finding import find_by_reference
from mcc.web.asking import Look
from mcc.web.pages import render, send_file

router = APIRouter(prefix="/solicitudes/{reference}")
SEALS = {"sello.svg": ("seal.svg", "image/svg+xml"), "sello.png": ("seal.png", "image/png")}


@router.get("/recibo.pdf")
def download_receipt(work: Look, reference: str) -> Response:
    application = find_by_reference(work, reference)
    return send_file(
        kit.build_receipt(work, application), "application/pdf", f"comprobante-{application.number}.pdf"
    )


@router.get("/kit")
def show_kit(request: Request, work: Look, reference: str) -> Response:
    status = kit.find_usable(work, find_by_reference(work, reference))
    return render(request, "kit.html", reference=reference, status=status)


@router.get("/kit/etiquetas.pdf")
def download_labels(work: Look, reference: str) -> Response:
    content = kit.build_labels(work, find_by_reference(work, reference))
    return send_file(content, "application/pdf", "etiquetas.pdf")


@router.get("/kit/cartel.pdf")
def download_stand(work: Look, reference: str) -> Response:
    content = kit.build_stand(work, find_by_reference(work, reference))
    return send_file(content, "application/pdf", "cartel.pdf")


@router.get("/kit/manual.pdf")
def download_manual(work: Look, reference: str) -> Response:
    content = kit.build_manual(work, find_by_reference(work, reference))
    return send_file(content, "application/pdf", "manual-de-uso.pdf")


@router.get("/kit/sello.svg")
def download_drawing(work: Look, reference: str) -> Response:
    return _send_seal(work, reference, "sello.svg")


@router.get("/kit/sello.png")
def download_picture(work: Look, reference: str) -> Response:
    return _send_seal(work, reference, "sello.png")


def _send_seal(work: Look, reference: str, name: str) -> Response:
    kit.find_usable(work, find_by_reference(work, reference))
    stored, media_type = SEALS[name]
    content = files("certificates").joinpath(f"templates/{stored}").read_bytes()
    return send_file(content, media_type, f"marca-cooperativa-canaria.{name.rpartition('.')[2]}")

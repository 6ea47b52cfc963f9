"""The public register: search, map, a page for each collective, lists to print and to compute with."""

import re
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from mcc.actions import open_data
from mcc.actions.catalogue import catalogue
from mcc.actions.inputs import parse_input
from mcc.actions.municipalities import municipalities
from mcc.actions.register import (
    Entry,
    RegisterFilter,
    Standing,
    count_by_municipality,
    describe_collective,
    list_entries,
    list_holders,
)
from mcc.actions.verify import status_by_code
from mcc.errors import InputInvalid, NotFound
from mcc.web.addresses import KeyConvertor
from mcc.web.asking import PublicLook, greet
from mcc.web.forms import Form
from mcc.web.map import TILE, draw_map
from mcc.web.pages import render, send_file

WHOLE_NUMBER = re.compile(KeyConvertor.regex)

router = APIRouter(dependencies=[Depends(greet)])

FIELDS = {
    "texto": "text",
    "municipio": "municipality",
    "rubro": "category",
    "rut": "rut",
    "estado": "standing",
}
"""Names in the address, which people read, and those of the filter."""
ON_A_PAGE = 25


def read_filter(request: Request) -> tuple[Form, RegisterFilter | None]:
    """What was asked for, as it was typed; without a filter when it cannot be understood."""
    asked = {FIELDS[name]: value for name, value in request.query_params.items() if name in FIELDS and value}
    typed = Form({name: (value,) for name, value in asked.items()})
    try:
        return typed, parse_input(RegisterFilter, asked)
    except InputInvalid as error:
        return typed.refused(error), None


@router.get("/registro")
def show_register(request: Request, work: PublicLook) -> Response:
    form, wanted = read_filter(request)
    found = [] if wanted is None else list_entries(work, wanted)
    without_right = not found and wanted is not None and wanted.standing == Standing.GOOD
    if without_right and wanted is not None and wanted.text is not None:
        found = list_entries(work, wanted.model_copy(update={"standing": Standing.ALL}))
    page = read_page(request, len(found))
    return render(
        request,
        "register.html",
        status_code=422 if form.problems else 200,
        form=form,
        found=len(found),
        without_right=without_right and bool(found),
        entries=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        page=page,
        pages=list_pages(request, len(found)),
        tiles=draw_map(count_by_municipality(found)),
        counts=sorted(count_by_municipality(found).items()),
        size=TILE,
        categories=catalogue().categories,
        municipalities=municipalities(),
        standings=[standing.value for standing in Standing],
        today=work.today,
        query=request.url.query,
        **name_categories(found),
    )


def name_categories(entries: list[Entry]) -> dict[str, Any]:
    return {"category_of": {entry.status.number: catalogue().category(entry.category) for entry in entries}}


def read_page(request: Request, found: int) -> int:
    """The page that the address names, or the nearest that there is."""
    asked = request.query_params.get("pagina", "1")
    last = max(1, -(-found // ON_A_PAGE))
    return min(int(asked), last) if WHOLE_NUMBER.fullmatch(asked) else 1


def list_pages(request: Request, found: int) -> list[tuple[int, str]]:
    """Number and address of each page of the list."""
    last = max(1, -(-found // ON_A_PAGE))
    return [
        (number, str(request.url.include_query_params(pagina=number)).partition(request.url.netloc)[2])
        for number in range(1, last + 1)
    ]


@router.get("/registro/imprimir")
def print_register(request: Request, work: PublicLook) -> Response:
    """The list with its date, for buyers and fairs."""
    form, wanted = read_filter(request)
    found = [] if wanted is None else list_entries(work, wanted)
    return render(request, "register_print.html", form=form, entries=found, as_of=work.now)


@router.get("/registro/datos")
def show_dictionary(request: Request, work: PublicLook) -> Response:
    return render(
        request,
        "register_data.html",
        columns=open_data.COLUMNS,
        count=len(list_entries(work)),
        as_of=work.now,
    )


@router.get("/registro/registro.{form}")
def download_register(work: PublicLook, form: str) -> Response:
    """The whole register, ended certificates too, for whoever computes with it."""
    rows = open_data.tabulate(list_entries(work), work.settings.public_url)
    name = f"marca-cooperativa-canaria-{work.today.isoformat()}.{form}"
    if form == "csv":
        return send_file(open_data.write_csv(rows), "text/csv; charset=utf-8", name)
    if form == "json":
        content = open_data.write_json(rows, as_of=work.today, source=f"{work.settings.public_url}/registro")
        return send_file(content, "application/json", name)
    if form == "ods":
        return send_file(open_data.write_ods(rows, sheet="registro"), open_data.ODS, name)
    raise NotFound("address_unknown", where="address")


@router.get("/registro/{organisation_id:key}")
def show_collective(request: Request, work: PublicLook, organisation_id: int) -> Response:
    collective = describe_collective(work, organisation_id)
    return render(
        request,
        "collective.html",
        collective=collective,
        today=work.today,
        **name_categories(list(collective.entries)),
    )


@router.get("/v/{code}/constancia")
def show_statement(request: Request, work: PublicLook, code: str) -> Response:
    """What the register says of one certificate today, to print for a file: who asked is not recorded."""
    status = status_by_code(work, code)
    return render(
        request, "statement.html", status=status, as_of=work.now, holders=list_holders(work, status.number)
    )

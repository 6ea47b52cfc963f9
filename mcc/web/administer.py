"""Running the system: whether all is well, people and their roles, collectives, settings, editions, the journal."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from mcc.actions import accounts, administer, check, health, second_step
from mcc.actions.accounts import PERSON_ROLES, AccountInput, RolesInput
from mcc.actions.editions import known_states
from mcc.actions.inputs import parse_input
from mcc.actions.passwords import draw_password
from mcc.actions.permissions import can, require
from mcc.errors import InputInvalid, Problem
from mcc.web.asking import Change, Look
from mcc.web.forms import BLANK, Blank, Form, form_on, prefill
from mcc.web.pages import go_to, render

router = APIRouter(prefix="/administracion")


@router.get("")
def show_health(request: Request, work: Look, comprobar: str = "") -> Response:
    """The things to do; the whole journal and every file are derived anew when that is asked for."""
    concerns = health.look_over(work)
    findings = check.check_installation(work) if comprobar == "1" else None
    return render(
        request,
        "health.html",
        concerns=concerns,
        findings=findings,
        load=administer.count_files(work),
        people=administer.count_work(work),
        terms=administer.count_terms(work),
        states=known_states(),
        may_manage=bool(can(work, "view_people")),
        may_offer=bool(can(work, "manage_support")),
        may_count=bool(can(work, "view_demand")),
        may_sample=bool(can(work, "view_risks")),
        may_see_committee=bool(can(work, "view_mandates")),
        may_resend=bool(can(work, "resend_mail")),
        may_read_journal=bool(can(work, "view_deeds")),
    )


@router.post("/correo")
def resend_mail(work: Change) -> Response:
    administer.resend_failed(work)
    return go_to("/administracion")


@router.get("/personas")
def list_people(request: Request, work: Look) -> Response:
    return render(request, "people.html", people=administer.list_people(work))


@router.get("/personas/nueva")
def ask_person(request: Request, work: Look, form: Blank) -> Response:
    require(work, "manage_accounts")
    return render(request, "person_new.html", form=form, roles=[role.value for role in PERSON_ROLES])


@router.post("/personas/nueva")
def create_person(request: Request, form: Annotated[Form, form_on(ask_person)], work: Change) -> Response:
    """The password is drawn here and shown once."""
    password = draw_password(work.chance)
    typed = {name: form.text(name) for name in form.typed if form.text(name).strip()}
    given = parse_input(AccountInput, typed | {"roles": list(form.texts("roles")), "password": password})
    account = accounts.create_account(work, given)
    return render(request, "password_once.html", account=account, password=password)


@router.get("/personas/{account_id:key}")
def show_person(request: Request, work: Look, form: Blank, account_id: int) -> Response:
    person = administer.find_person(work, account_id)
    return render(
        request,
        "person.html",
        form=prefill_roles(person.roles) if form == BLANK else form,
        person=person,
        roles=[role.value for role in PERSON_ROLES],
        keys=accounts.list_api_keys(work, person.account.username),
    )


def prefill_roles(roles: tuple[str, ...]) -> Form:
    return Form({"roles": roles})


@router.post("/personas/{account_id:key}")
def change_roles(form: Annotated[Form, form_on(show_person)], work: Change, account_id: int) -> Response:
    person = administer.find_person(work, account_id)
    given = form.parse(RolesInput, lists=["roles"])
    accounts.change_roles(work, person.account.username, given.roles)
    return go_to(f"/administracion/personas/{account_id}")


@router.post("/personas/{account_id:key}/clave")
def renew_password(request: Request, work: Change, account_id: int) -> Response:
    person = administer.find_person(work, account_id)
    password = draw_password(work.chance)
    accounts.set_password(work, person.account.username, password)
    return render(request, "password_once.html", account=person.account, password=password)


@router.post("/personas/{account_id:key}/dispositivos")
def end_devices(work: Change, account_id: int) -> Response:
    """For somebody who lost the telephone: from now on the password alone opens the account."""
    second_step.end_devices_of(work, administer.find_person(work, account_id).account.username)
    return go_to(f"/administracion/personas/{account_id}")


@router.post("/personas/{account_id:key}/llaves/{key:key}/terminar")
def end_api_key(work: Change, account_id: int, key: int) -> Response:
    accounts.end_api_key(work, administer.find_person(work, account_id).account.username, key)
    return go_to(f"/administracion/personas/{account_id}")


@router.post("/personas/{account_id:key}/cerrar", dependencies=[form_on(show_person)])
def close_account(work: Change, account_id: int) -> Response:
    person = administer.find_person(work, account_id)
    accounts.close_account(work, person.account.username)
    return go_to("/administracion/personas")


@router.get("/colectivos")
def list_collectives(request: Request, work: Look) -> Response:
    return render(request, "all_collectives.html", rows=administer.list_collectives(work))


@router.get("/ajustes")
def show_settings(request: Request, work: Look) -> Response:
    return render(request, "settings.html", rows=administer.list_settings(work))


@router.get("/ediciones")
def show_editions(request: Request, work: Look) -> Response:
    return render(request, "editions.html", editions=administer.list_editions(work))


@router.get("/diario")
def show_journal(request: Request, work: Look, solicitud: str = "") -> Response:
    """What was done with one file, by whom in which role; never the words, which belong to those who work on it."""
    require(work, "view_deeds")
    number = solicitud.strip()
    form = prefill(solicitud=number)
    entries = administer.list_deeds(work, number) if number else []
    if number and not entries:
        form = form.refused(InputInvalid([Problem("solicitud", "application_unknown", {"value": number})]))
    return render(request, "journal.html", form=form, number=number, entries=entries)

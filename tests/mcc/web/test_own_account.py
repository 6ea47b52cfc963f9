"""People's own accounts: opened, chosen, recovered, and kept from others."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from mcc.actions import passwords
from mcc.actions.accounts import find_account
from mcc.actions.second_step import end_devices_of
from mcc.actions.work import SYSTEM
from mcc.clock import FixedClock
from mcc.jobs.mailers import FolderMailer
from mcc.jobs.mailing import deliver
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import PASSWORD, Office

NEW = {"name": "Persona Nueva", "email": "Nueva@Ejemplo.invalid", "password": "tres palabras sueltas"}


def open_account(visit: Visit, **changed: str) -> TestClient:
    browser = visit(None)
    answer = browser.post("/registrarse", data=NEW | changed)
    assert answer.status_code == 303, words_of(answer)
    return browser


def test_whoever_opens_an_account_is_in_and_may_apply(visit: Visit) -> None:
    browser = open_account(visit)
    assert browser.get("/colectivos").status_code == 200
    assert browser.get("/cuenta").status_code == 200
    again = visit(None)
    answer = again.post("/entrar", data={"username": "nueva@ejemplo.invalid", "password": NEW["password"]})
    assert answer.status_code == 303


def test_a_new_account_is_an_applicant_and_nothing_more(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = open_account(visit)
    assert browser.get(f"/solicitudes/{number}").status_code == 404
    assert browser.get("/colectivos/1/carpeta").status_code == 404


def test_one_address_opens_one_account(visit: Visit) -> None:
    open_account(visit)
    page = visit(None).post("/registrarse", data=NEW | {"email": "NUEVA@ejemplo.invalid"})
    assert page.status_code == 422
    assert typed_in(page, "name") == "Persona Nueva"
    assert NEW["password"] not in page.text


@pytest.mark.parametrize(
    ("field", "value"), [("email", "no es correo"), ("password", "corta"), ("name", ""), ("email", "a@b@c.d")]
)
def test_what_is_wrong_is_said_by_its_field(visit: Visit, field: str, value: str) -> None:
    page = visit(None).post("/registrarse", data=NEW | {field: value})
    assert page.status_code == 422
    assert len(errors_of(page)) == 1


def test_a_machine_cannot_open_accounts_without_end(
    visit: Visit, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a hasher that takes no time: thirty accounts are opened one after the other."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    office.pass_days(1)
    for number in range(30):
        open_account(visit, email=f"m{number}@ejemplo.invalid")
    assert visit(None).post("/registrarse", data=NEW).status_code == 429


def test_two_people_of_one_name_get_two_usernames(visit: Visit, office: Office) -> None:
    open_account(visit, email="ana@uno.invalid")
    open_account(visit, email="ana@dos.invalid")
    with office.look("admin") as work:
        assert find_account(work, "ana").email == "ana@uno.invalid"
        assert find_account(work, "ana2").email == "ana@dos.invalid"


def test_choices_are_kept(visit: Visit) -> None:
    browser = visit("coop")
    given = {"name": "Otra", "email": "otra@ejemplo.invalid", "language": "pt", "notices": "daily"}
    assert browser.post("/cuenta", data=given).status_code == 303
    page = browser.get("/cuenta?guardado=1")
    assert typed_in(page, "email") == "otra@ejemplo.invalid"
    assert browser.post("/cuenta", data=given | {"language": "fr"}).status_code == 422


def test_a_password_is_changed_with_the_old_one_at_hand(visit: Visit) -> None:
    here, elsewhere = visit("coop"), visit(None)
    elsewhere.post("/entrar", data={"username": "coop", "password": PASSWORD})
    assert elsewhere.get("/cuenta").status_code == 200
    wrong = here.post("/cuenta/clave", data={"old": "otra cosa", "password": "una nueva bien larga"})
    assert wrong.status_code == 422
    assert (
        here.post("/cuenta/clave", data={"old": PASSWORD, "password": "una nueva bien larga"}).status_code
        == 303
    )
    assert here.get("/cuenta").status_code == 200
    assert elsewhere.get("/cuenta").status_code == 303


def reset_link(office: Office) -> str:
    folder = office.installation.settings.data / "mail"
    deliver(office.installation, FolderMailer(folder))
    (mail,) = folder.glob("*.eml")
    found = re.search(r"/clave/([a-z2-7]+)", mail.read_text(encoding="utf-8").replace("=\n", ""))
    assert found is not None
    return found[0]


def give_address(visit: Visit) -> None:
    visit("coop").post("/cuenta", data={"name": "Coop", "email": "coop@ejemplo.invalid"})


def test_a_forgotten_password_is_replaced_once(visit: Visit, office: Office) -> None:
    give_address(visit)
    stranger = visit(None)
    asked = stranger.post("/clave", data={"username": "coop@ejemplo.invalid"})
    unknown = stranger.post("/clave", data={"username": "nadie@ejemplo.invalid"})
    assert words_of(asked) == words_of(unknown)
    link = reset_link(office)
    assert stranger.post(link, data={"password": "corta"}).status_code == 422
    assert stranger.post(link, data={"password": "otra clave muy larga"}).status_code == 303
    assert stranger.post(link, data={"password": "tercera clave muy larga"}).status_code == 404
    answer = stranger.post("/entrar", data={"username": "coop", "password": "otra clave muy larga"})
    assert answer.status_code == 303


def test_a_link_that_is_too_old_opens_nothing(visit: Visit, office: Office) -> None:
    give_address(visit)
    visit(None).post("/clave", data={"username": "coop"})
    link = reset_link(office)
    office.pass_days(1)
    assert visit(None).get(link).status_code == 404
    assert visit(None).get("/clave/abcdefg").status_code == 404


def test_nobody_is_flooded_with_links(visit: Visit, office: Office) -> None:
    give_address(visit)
    for _ in range(6):
        visit(None).post("/clave", data={"username": "coop"})
    folder = office.installation.settings.data / "mail"
    assert deliver(office.installation, FolderMailer(folder)) == 3


def add_device(browser: TestClient, office: Office) -> pyotp.TOTP:
    browser.post("/cuenta/dispositivo", data={"label": "el mío"})
    secret = re.search(r'class="code wrap">([A-Z2-7]+)<', browser.get("/cuenta/dispositivo").text)
    assert secret is not None
    app = pyotp.TOTP(secret[1])
    assert browser.get("/cuenta/dispositivo.svg").headers["content-type"] == "image/svg+xml"
    assert browser.post("/cuenta/dispositivo/confirmar", data={"code": "000000"}).status_code == 422
    code = app.at(office.installation.clock.now())
    assert browser.post("/cuenta/dispositivo/confirmar", data={"code": code}).status_code == 303
    return app


def test_a_second_device_is_asked_for_and_no_code_opens_twice(visit: Visit, office: Office) -> None:
    app = add_device(visit("coop"), office)
    office.pass_days(1)
    thief = visit(None)
    answer = thief.post("/entrar", data={"username": "coop", "password": PASSWORD})
    assert answer.headers["location"].startswith("/entrar/codigo")
    assert thief.get("/cuenta").status_code == 303
    assert thief.post("/entrar/codigo", data={"code": "123456"}).status_code == 422
    code = app.at(office.installation.clock.now())
    owner = visit(None)
    owner.post("/entrar", data={"username": "coop", "password": PASSWORD})
    assert owner.post("/entrar/codigo", data={"code": f"{code[:3]} {code[3:]}"}).status_code == 303
    assert owner.get("/cuenta").status_code == 200
    assert thief.post("/entrar/codigo", data={"code": code}).status_code == 422


def test_five_wrong_codes_end_the_attempt(visit: Visit, office: Office) -> None:
    app = add_device(visit("coop"), office)
    office.pass_days(1)
    thief = visit(None)
    thief.post("/entrar", data={"username": "coop", "password": PASSWORD})
    for _ in range(5):
        assert thief.post("/entrar/codigo", data={"code": "123456"}).status_code == 422
    code = app.at(office.installation.clock.now())
    assert thief.post("/entrar/codigo", data={"code": code}).status_code == 429


def test_more_tries_while_the_door_is_shut_do_not_keep_it_shut(visit: Visit, office: Office) -> None:
    app = add_device(visit("coop"), office)
    office.pass_days(1)
    thief = visit(None)
    thief.post("/entrar", data={"username": "coop", "password": PASSWORD})
    for _ in range(5):
        thief.post("/entrar/codigo", data={"code": "123456"})
    _pass_minutes(office, 10)
    thief = visit(None)
    thief.post("/entrar", data={"username": "coop", "password": PASSWORD})
    for _ in range(5):
        assert thief.post("/entrar/codigo", data={"code": "123456"}).status_code == 429
    _pass_minutes(office, 6)
    owner = visit(None)
    owner.post("/entrar", data={"username": "coop", "password": PASSWORD})
    code = app.at(office.installation.clock.now())
    assert owner.post("/entrar/codigo", data={"code": code}).status_code == 303


def _pass_minutes(office: Office, minutes: int) -> None:
    later = office.installation.clock.now() + timedelta(minutes=minutes)
    office.installation = replace(office.installation, clock=FixedClock(later))


def test_a_lost_telephone_does_not_lock_out_for_good(visit: Visit, office: Office) -> None:
    add_device(visit("coop"), office)
    with office.installation.work(SYSTEM) as work:
        end_devices_of(work, "coop")
    answer = visit(None).post("/entrar", data={"username": "coop", "password": PASSWORD})
    assert answer.headers["location"] == "/solicitudes"


def test_a_device_is_taken_off_by_its_owner_alone(visit: Visit, office: Office) -> None:
    browser = visit("coop")
    add_device(browser, office)
    assert visit("otra").post("/cuenta/dispositivo/1/sacar").status_code == 404
    assert browser.post("/cuenta/dispositivo/1/sacar").status_code == 303
    assert "el mío" not in words_of(browser.get("/cuenta"))


def test_without_a_password_no_code_is_asked(visit: Visit) -> None:
    assert visit(None).post("/entrar/codigo", data={"code": "123456"}).headers["location"] == "/entrar"


@pytest.mark.parametrize(
    "path", ["/privacidad", "/accesibilidad", "/registrarse", "/clave", "/entrar/codigo"]
)
def test_what_everybody_may_read_is_open(visit: Visit, path: str) -> None:
    assert visit(None).get(path).status_code == 200

"""Signing in leads back, says nothing about who exists, and ends for good."""

import pytest

from mcc.api.asking import SESSION_COOKIE
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import PASSWORD, Office


def test_who_is_not_signed_in_is_led_to_the_door_and_back(visit: Visit) -> None:
    browser = visit(None)
    door = browser.get("/solicitudes?estado=admitted")
    assert (door.status_code, door.headers["location"]) == (
        303,
        "/entrar?volver=/solicitudes%3Festado%3Dadmitted",
    )
    page = browser.get(door.headers["location"])
    assert typed_in(page, "volver") == "/solicitudes?estado=admitted"
    answer = browser.post(
        "/entrar", data={"username": "coord", "password": PASSWORD, "volver": "/solicitudes?estado=admitted"}
    )
    assert answer.headers["location"] == "/solicitudes?estado=admitted"
    assert browser.get("/solicitudes?estado=admitted").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://otro.invalid/", "//otro.invalid", "/\\otro.invalid", "x"])
def test_the_door_leads_nowhere_but_into_this_site(visit: Visit, elsewhere: str) -> None:
    answer = visit(None).post(
        "/entrar", data={"username": "coord", "password": PASSWORD, "volver": elsewhere}
    )
    assert answer.headers["location"] == "/solicitudes"


def test_a_wrong_password_and_an_unknown_name_read_the_same(visit: Visit) -> None:
    wrong = visit(None).post("/entrar", data={"username": "coord", "password": "otra"})
    unknown = visit(None).post("/entrar", data={"username": "nadie", "password": "otra"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert errors_of(wrong) == errors_of(unknown)
    assert errors_of(wrong) == ["El usuario o la contraseña no son correctos. Prueben de nuevo."]


def test_the_name_stays_and_the_password_never_comes_back(visit: Visit) -> None:
    page = visit(None).post("/entrar", data={"username": "coord", "password": "secreto-tecleado"})
    assert typed_in(page, "username") == "coord"
    assert "secreto-tecleado" not in page.text


def test_each_missing_field_is_named(visit: Visit) -> None:
    page = visit(None).post("/entrar", data={})
    assert page.status_code == 422
    assert errors_of(page) == ["Usuario: Falta este dato.", "Contraseña: Falta este dato."]


def test_the_eleventh_try_waits(visit: Visit) -> None:
    browser = visit(None)
    tries = [browser.post("/entrar", data={"username": "coord", "password": "no"}) for _ in range(11)]
    assert [page.status_code for page in tries] == [401] * 10 + [429]
    assert errors_of(tries[-1]) == ["Hubo demasiados intentos. Esperen 15 minutos y prueben de nuevo."]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    answer = visit(None).post("/entrar", data={"username": "coord", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert ("HttpOnly" in cookie, "SameSite=lax" in cookie, "Secure" in cookie) == (True, True, False)


def test_signing_out_ends_the_session_itself(visit: Visit) -> None:
    browser = visit("coord")
    token = browser.cookies[SESSION_COOKIE]
    assert browser.post("/salir").headers["location"] == "/"
    browser.cookies.set(SESSION_COOKIE, token)
    assert browser.get("/solicitudes").status_code == 303


def test_a_form_sent_after_the_session_ended_is_kept(visit: Visit, office: Office) -> None:
    number = office.submit()
    page = visit(None).post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-<b>"})
    assert page.status_code == 401
    assert "lo que escribieron no se perdió" in words_of(page)
    assert typed_in(page, "expediente") == "2026-<b>"
    assert "<b>2026" not in page.text

"""Where a file stands, for each person and for whoever holds the receipt."""

import re

import pytest

from mcc.actions.apply import receipt_of
from mcc.actions.suspend import last_day_of_suspension, suspend
from mcc.dates import show_day
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def receipt(office: Office, number: str) -> str:
    with office.look("coop") as work:
        return receipt_of(office.application(work, number))


def test_the_list_begins_with_what_is_ones_own_to_do(visit: Visit, office: Office) -> None:
    number = office.submit()
    assert "Todo en orden." in words_of(visit("revisa").get("/solicitudes"))
    shown = words_of(visit("coord").get("/solicitudes"))
    assert "Hay 1 cosa para hacer." in shown
    assert shown.count(number) == 2


def test_the_list_can_be_narrowed_to_a_state(visit: Visit, office: Office) -> None:
    first, second = office.submit(), office.submit()
    office.admit(second)
    page = visit("audita").get("/solicitudes?estado=admitted")
    assert "Admitida (1)" in words_of(page)
    assert (first in page.text, second in page.text) == (False, True)


@pytest.mark.parametrize("state", ["", "nada", "draft"])
def test_an_odd_filter_does_no_harm(visit: Visit, office: Office, state: str) -> None:
    office.submit()
    assert visit("coord").get("/solicitudes", params={"estado": state}).status_code == 200


def test_the_file_says_where_it_stands_who_has_it_and_until_when(visit: Visit, office: Office) -> None:
    number = office.submit()
    shown = words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "1 Presentada (aquí está)" in shown
    assert "Recibimos la solicitud. La oficina va a revisar los papeles." in shown
    assert "Quién la tiene La oficina Desde 3 de agosto de 2026 Hasta 10 de agosto de 2026" in shown


def test_a_draft_is_its_applicants_alone(visit: Visit, office: Office) -> None:
    organisation = office.register()
    scope = {
        "scope_kind": "services",
        "category": "environment",
        "products": "Jardinería",
        "process": "A mano.",
        "site_address": "Ruta 5",
        "site_municipality": "Progreso",
    }
    draft = visit("coop").post(f"/colectivos/{organisation}/solicitud", data=scope).headers["location"]
    assert visit("coop").get(draft).status_code == 200
    assert visit("coord").get(draft).status_code == 404


def test_the_evaluators_stay_unnamed_to_the_collective(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    page = visit("coop").get(f"/solicitudes/{number}")
    assert ("Eval.1" in page.text, "Recorrida completa." in page.text) == (False, False)


def test_a_receipt_opens_the_status_and_nothing_personal(visit: Visit, office: Office) -> None:
    number = office.submit()
    page = visit(None).post("/seguimiento", data={"receipt": f" {receipt(office, number)} "})
    assert page.status_code == 200
    assert "Quién la tiene La oficina" in words_of(page)
    assert ("Persona de Prueba" in page.text, "099 000 000" in page.text) == (False, False)
    assert (page.headers["cache-control"], "set-cookie" in page.headers) == ("no-store", False)


def test_the_number_alone_opens_nothing_and_reads_like_any_unknown_one(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit(None)
    pages = [
        browser.post("/seguimiento", data={"receipt": text})
        for text in (number, f"{number}-aaaaaaaa", "S-2020-000009-X-aaaaaaaa")
    ]
    assert [page.status_code for page in pages] == [404, 404, 404]
    sentence = "Comprobante: Ese comprobante no figura. Escríbanlo entero, con las letras del final."
    assert [errors_of(page) for page in pages] == [[sentence]] * 3


def test_an_empty_receipt_is_asked_for(visit: Visit) -> None:
    page = visit(None).post("/seguimiento", data={"receipt": ""})
    assert (page.status_code, errors_of(page)) == (422, ["Comprobante: Falta este dato."])


def test_a_suspended_mark_is_what_its_collective_sees_first(visit: Visit, office: Office) -> None:
    number = office.issued()
    office.carry(number, suspend, "Venció la habilitación.")
    browser = visit("coop")
    home, page = (words_of(browser.get(path)) for path in ("/solicitudes", f"/solicitudes/{number}"))
    assert ("Todo en orden" in home, "Hay 1 cosa para hacer" in home, "SUSPENDIDA" in home) == (
        False,
        True,
        True,
    )
    with office.look("coord") as work:
        last = show_day(last_day_of_suspension(office.certificate(work, number)), "es")
    assert f"Motivo: Venció la habilitación. Último día para corregirlo: {last}." in page
    assert "Cuando lo corrijan, avisen a la oficina: ella lo comprueba y el comité la repone." in page
    assert "Tienen la Marca" not in page


def test_a_link_shows_the_status_until_it_is_taken_back(visit: Visit, office: Office) -> None:
    number = office.submit()
    phone, stranger = visit("coop"), visit(None)
    phone.post(f"/solicitudes/{number}/compartir")
    word = re.search(r"/seguimiento/([a-z2-7]{26})", phone.get(f"/solicitudes/{number}").text)
    assert word is not None
    said = words_of(stranger.get(f"/seguimiento/{word[1]}"))
    assert "Cooperativa de Prueba (ficticia)" in said
    assert "099 000 000" not in said
    phone.post(f"/solicitudes/{number}/dejar-de-compartir")
    assert stranger.get(f"/seguimiento/{word[1]}").status_code == 404


def test_only_the_collective_shares_its_status(visit: Visit, office: Office) -> None:
    number = office.submit()
    assert visit("coord").post(f"/solicitudes/{number}/compartir").status_code == 403
    assert visit("otra").post(f"/solicitudes/{number}/compartir").status_code == 404

"""The page on which a collective accepts the rules of use."""

from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office


def test_the_collective_accepts_the_rules_and_then_the_signatory_is_waited_for(
    visit: Visit, office: Office
) -> None:
    number = office.reach("granted")
    browser = visit("coop")
    file = browser.get(f"/solicitudes/{number}")
    assert "Aceptar el reglamento de uso" in words_of(file)
    assert "Quién la tiene El colectivo" in words_of(file)
    address = f"/solicitudes/{number}/reglamento"
    assert "Usar la Marca solo para los productos" in words_of(browser.get(address))
    empty = browser.post(address, data={"name": "Ana Prueba"})
    assert errors_of(empty) == ["Reglamento de uso: Falta este dato."]
    assert typed_in(empty, "name") == "Ana Prueba"
    done = browser.post(address, data={"name": "Ana Prueba", "accepted": "yes"})
    assert done.headers["location"] == f"/solicitudes/{number}"
    assert "Lo aceptó Ana Prueba el 3 de agosto de 2026." in words_of(browser.get(address))
    assert browser.post(address, data={"name": "Ana Prueba", "accepted": "yes"}).status_code == 409
    assert "Aceptar el reglamento de uso" not in words_of(browser.get(f"/solicitudes/{number}"))
    assert number in visit("firma").get("/firma").text


def test_the_signatory_is_shown_nothing_to_sign_before(visit: Visit, office: Office) -> None:
    number = office.reach("granted")
    browser = visit("firma")
    assert number not in browser.get("/firma").text
    assert "Espera la firma" not in words_of(browser.get(f"/solicitudes/{number}"))

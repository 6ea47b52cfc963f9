"""The page on which certificates are signed for."""

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_several_are_signed_at_once(visit: Visit, office: Office) -> None:
    numbers = [office.submit("coop"), office.submit("otra")]
    for number in numbers:
        office.admit(number)
        office.begin(number)
        office.score_both(number)
        office.review(number)
        office.decide(number)
        office.accept_rules(number)
    person = visit("firma")
    page = person.get("/firma")
    assert "Esperan firma 2 certificados" in words_of(page)
    nothing = person.post("/firma")
    assert (nothing.status_code, len(errors_of(nothing))) == (422, 1)
    done = person.post("/firma", data={"applications": numbers})
    assert (done.status_code, done.headers["location"]) == (303, "/firma?firmados=2")
    after = words_of(person.get("/firma?firmados=2"))
    assert "Se firmaron 2 certificados" in after
    assert "no hay nada para firmar" in after


def test_all_are_signed_or_none(visit: Visit, office: Office) -> None:
    number = office.reach("granted")
    office.accept_rules(number)
    page = visit("firma").post("/firma", data={"applications": [number, "S-2026-000099-A"]})
    assert page.status_code in {404, 422}
    assert number in visit("firma").get("/firma").text


def test_a_substitute_is_asked_why_and_keeps_what_was_ticked(visit: Visit, office: Office) -> None:
    number = office.reach("granted")
    office.accept_rules(number)
    person = visit("firma.2")
    assert "Firman como suplente" in words_of(person.get("/firma"))
    refused = person.post("/firma", data={"applications": [number]})
    assert (refused.status_code, len(errors_of(refused))) == (422, 1)
    assert f'value="{number}" checked' in refused.text
    assert person.post("/firma", data={"applications": [number], "absence": "Licencia"}).status_code == 303


def test_the_coordinator_sees_what_waits_and_signs_nothing(visit: Visit, office: Office) -> None:
    number = office.reach("granted")
    office.accept_rules(number)
    page = visit("coord").get("/firma")
    assert number in page.text
    assert "Firmar lo elegido" not in page.text
    assert visit("coord").post("/firma", data={"applications": [number]}).status_code == 403

"""Asking again on the site: renewing, another attempt, the office's short evaluation."""

import re

from tests.mcc.actions.test_renew import pass_until, take_up
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_a_mark_is_renewed_from_its_own_page(visit: Visit, office: Office) -> None:
    number = office.issued()
    assert "Renovar la Marca" not in words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert visit("coop").get(f"/solicitudes/{number}/renovar").status_code == 409
    pass_until(office, number, -100)
    phone = visit("coop")
    assert "Renovar la Marca" in words_of(phone.get(f"/solicitudes/{number}"))
    page = words_of(phone.get(f"/solicitudes/{number}/renovar"))
    assert "Si la presentan antes del 3 de junio de 2028" in page
    begun = phone.post(f"/solicitudes/{number}/renovar")
    assert begun.status_code == 303
    draft = begun.headers["location"]
    assert "Queso colonia" in words_of(phone.get(f"{draft}/presentar"))
    assert "Renovar la Marca" not in words_of(phone.get(f"/solicitudes/{number}"))
    assert phone.post(f"/solicitudes/{number}/renovar").status_code == 409
    pass_until(office, number, -30)
    office.add_paper(int(draft.rpartition("/")[2]))
    declared = phone.post(f"{draft}/presentar", data={"declaration": "yes"})
    renewal = re.findall(r"S-2028-\d{6}-.", declared.headers["location"])[0]
    take_up(office, renewal)
    desk = visit("coord")
    assert "Evaluar solo una parte" in words_of(desk.get(f"/solicitudes/{renewal}"))
    form = desk.get(f"/solicitudes/{renewal}/abreviar")
    assert 'value="PAR2" checked' in form.text
    assert 'value="PAR1" checked' not in form.text
    empty = desk.post(f"/solicitudes/{renewal}/abreviar", data={"indicators": "PAR1", "reason": ""})
    assert errors_of(empty) == ["Motivo: Falta este dato."]
    assert 'value="PAR1" checked' in empty.text
    chosen = {"indicators": "PAR1", "reason": "No cambió nada."}
    assert desk.post(f"/solicitudes/{renewal}/abreviar", data=chosen).status_code == 303
    assert 'value="PAR1" checked' in desk.get(f"/solicitudes/{renewal}/abreviar").text


def test_who_is_late_is_told_that_the_mark_ends_meanwhile(visit: Visit, office: Office) -> None:
    number = office.issued()
    pass_until(office, number, -30)
    page = words_of(visit("coop").get(f"/solicitudes/{number}/renovar"))
    assert "fue el 3 de junio de 2028" in page


def test_who_got_no_mark_tries_again_from_what_it_had(visit: Visit, office: Office) -> None:
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    phone = visit("coop")
    assert "Volver a pedir la Marca" in words_of(phone.get(f"/solicitudes/{number}"))
    assert phone.get(f"/solicitudes/{number}/volver-a-pedir").status_code == 200
    begun = phone.post(f"/solicitudes/{number}/volver-a-pedir")
    assert begun.status_code == 303
    assert "Volver a pedir la Marca" not in words_of(phone.get(f"/solicitudes/{number}"))
    assert visit("otra").post(f"/solicitudes/{number}/volver-a-pedir").status_code == 404

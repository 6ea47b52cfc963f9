"""Surveillance on the site: the list of those at risk, opening it, and what the review found."""

from mcc.jobs.sweep import do_what_is_due
from tests.mcc.actions.test_surveil import BARELY, CRITICAL
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_a_sample_is_drawn_from_the_list_and_rechecked(visit: Visit, office: Office) -> None:
    number = office.reach("issued", **BARELY)
    desk, reviewer = visit("coord"), visit("revisa")
    shown = words_of(desk.get("/vigilancia"))
    assert "Alcanzó el resultado por muy poco" in shown
    assert visit("comite").get("/vigilancia").status_code == 403
    address = f"/solicitudes/{number}/abrir-vigilancia"
    assert "Alcanzó el resultado por muy poco" in words_of(desk.get(address))
    empty = desk.post(address, data={"cause": "sample", "reason": ""})
    assert errors_of(empty) == ["Motivo: Falta este dato."]
    opened = desk.post(address, data={"cause": "sample", "reason": "Por poco.", "indicators": "PAR1"})
    assert opened.status_code == 303
    assert desk.get(address).status_code == 409
    assert "1 cosa para hacer" in words_of(reviewer.get("/solicitudes"))
    page = f"/solicitudes/{number}/vigilancia"
    told = words_of(reviewer.get(page))
    assert "Muestra por riesgo" in told
    assert "Por poco." in told
    blank = reviewer.post(page, data={"PAR1.note": "Lo vi."})
    assert len(errors_of(blank)) == 2 * len([*CRITICAL, "PAR1"]) - 1
    assert "Lo vi." in blank.text
    found = {f"{code}.{name}": word for code in [*CRITICAL, "PAR1"] for name, word in FOUND.items()}
    assert reviewer.post(page, data={**found, "CAL1.holds": "no"}).status_code == 303
    assert "La última vez algo no se mantenía." in words_of(reviewer.get(page))
    assert reviewer.post(page, data=found).status_code == 303
    assert reviewer.get(page).status_code == 409
    assert "cosa para hacer" not in words_of(reviewer.get("/solicitudes"))


FOUND = {"holds": "yes", "note": "Lo vi en el lugar."}


def test_a_stranger_sees_a_valid_mark_while_it_is_looked_at(visit: Visit, office: Office) -> None:
    number = office.issued()
    office.pass_days(365)
    do_what_is_due(office.installation)
    with office.look("coord") as work:
        certificate = office.certificate(work, number)
        assert certificate.state == "surveillance"
    assert "VIGENTE" in words_of(visit(None).get(f"/v/{certificate.public_code}"))

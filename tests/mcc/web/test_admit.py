"""The coordinator's forms of admissibility."""

from mcc.actions.accounts import join_organisation
from mcc.actions.work import SYSTEM
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office


def test_a_file_is_taken_up_and_admitted(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coord")
    browser.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-81-1010-00001"})
    page = browser.post(f"/solicitudes/{number}/admitir", data={})
    assert errors_of(page) == [
        "Para admitir hay que confirmar que el colectivo y lo que pide entran en la Marca."
    ]
    assert browser.post(f"/solicitudes/{number}/admitir", data={"eligible": "yes"}).status_code == 303
    shown = words_of(browser.get(f"/solicitudes/{number}"))
    assert "Expediente 2026-81-1010-00001" in shown
    assert "«Cómo trabajamos»: faltan personas evaluadoras." in shown


def test_a_file_number_that_is_missing_keeps_the_page(visit: Visit, office: Office) -> None:
    number = office.submit()
    page = visit("coord").post(f"/solicitudes/{number}/tomar", data={"expediente": ""})
    assert (page.status_code, errors_of(page)) == (422, ["Expediente: Falta este dato."])


def test_what_is_missing_is_asked_for_with_a_date(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coord")
    browser.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-1"})
    assert "hasta el 13 de agosto de 2026" in words_of(browser.get(f"/solicitudes/{number}/pedir"))
    browser.post(f"/solicitudes/{number}/pedir", data={"items": "El acta\n\nLa habilitación"})
    shown = words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "Qué falta El acta La habilitación" in shown
    assert "Responder lo que pidió la oficina" in shown


def test_reminding_twice_and_waiting_lets_a_file_be_archived_and_reopened(
    visit: Visit, office: Office
) -> None:
    number = office.submit()
    browser = visit("coord")
    browser.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-1"})
    browser.post(f"/solicitudes/{number}/pedir", data={"items": "El acta"})
    assert errors_of(browser.post(f"/solicitudes/{number}/archivar")) == [
        "El plazo para responder todavía no venció."
    ]
    for _ in range(2):
        assert browser.post(f"/solicitudes/{number}/recordar").status_code == 303
    office.pass_days(30)
    later = visit("coord")
    assert later.post(f"/solicitudes/{number}/archivar").status_code == 303
    assert later.post(f"/solicitudes/{number}/reabrir").status_code == 303
    with office.look("coord") as work:
        assert office.application(work, number).state == "in_admissibility"


def test_a_refusal_needs_its_reason_and_keeps_the_explanation(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coord")
    browser.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-1"})
    words = "El taller está en Florida.\nPueden presentarse allá."
    page = browser.post(f"/solicitudes/{number}/no-admitir", data={"explanation": words})
    assert errors_of(page) == ["Motivo: Falta este dato."]
    assert typed_in(page, "explanation") == words
    given = {"reason": "outside_department", "explanation": words}
    assert browser.post(f"/solicitudes/{number}/no-admitir", data=given).status_code == 303
    assert "El taller está en Florida." in words_of(visit("coop").get(f"/solicitudes/{number}"))


def test_admission_says_whether_the_file_can_be_staffed(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coord")
    browser.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-81-1010-00001"})
    address = f"/solicitudes/{number}/admitir"
    assert "Pueden evaluarla 4 personas. Alcanza." in words_of(browser.get(address))
    with office.installation.work(SYSTEM) as work:
        organisation = office.application(work, number).organisation_id
        for username in ("eval.1", "eval.2", "eval.3"):
            join_organisation(work, username, organisation)
    shown = words_of(browser.get(address))
    assert "Puede evaluarla 1 persona. No alcanza: hacen falta dos" in shown
    assert "Eval.1:" in shown

"""Running the system from a page: what is to be done, people, settings, editions, the journal without its words."""

import re

import pytest

from mcc.actions import accounts, misuse
from mcc.actions.work import PUBLIC, SYSTEM
from tests.mcc.web.conftest import Visit, chosen_in, errors_of, words_of
from tests.office import Office

PAGES = (
    "",
    "/personas",
    "/personas/nueva",
    "/personas/1",
    "/colectivos",
    "/ajustes",
    "/ediciones",
    "/diario",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_administration_is_for_those_who_run_it(visit: Visit, page: str) -> None:
    assert visit("admin").get(f"/administracion{page}").status_code == 200
    for person in ("coop", "eval.1", "comite"):
        assert visit(person).get(f"/administracion{page}").status_code == 403


def test_all_is_well_when_nothing_waits(visit: Visit) -> None:
    assert "Todo en orden." in words_of(visit("coord").get("/administracion"))


def test_what_is_late_is_listed_with_its_file(visit: Visit, office: Office) -> None:
    number = office.reach("submitted")
    office.pass_days(30)
    page = visit("coord").get("/administracion")
    assert "Cooperativa de Prueba (ficticia): el plazo terminó el" in words_of(page)
    assert f'href="/solicitudes/{number}"' in page.text


def test_a_report_that_nobody_acknowledged_is_listed(visit: Visit, office: Office) -> None:
    with office.installation.work(PUBLIC) as work:
        given = misuse.MisuseInput(words="x", place="Pando", seen_on=work.today)
        receipt = misuse.report_misuse(work, given).receipt
    office.pass_days(20)
    assert f"/casos/{receipt}" in visit("coord").get("/administracion").text


def test_too_few_people_are_noticed(visit: Visit, office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        for username in ("eval.1", "eval.2"):
            accounts.close_account(work, username)
    shown = words_of(visit("admin").get("/administracion"))
    assert "Hay 2 personas con el rol «persona evaluadora»; hacen falta 3." in shown


def test_everything_is_checked_when_asked_for(visit: Visit, office: Office) -> None:
    office.reach("submitted")
    browser = visit("audita")
    assert "Todo coincide" in words_of(browser.get("/administracion?comprobar=1"))
    stored = next((office.installation.settings.data / "evidence").glob("*/*"))
    stored.write_bytes(b"otra cosa")
    assert "Hay algo que no coincide." in words_of(browser.get("/administracion?comprobar=1"))


def test_a_person_is_added_and_signs_in_with_the_password_that_is_shown_once(visit: Visit) -> None:
    given = {"name": "Persona Nueva", "username": "nueva", "roles": ["evaluator", "reviewer"]}
    page = visit("admin").post("/administracion/personas/nueva", data=given)
    shown = re.search(r'class="receipt-number">([a-z2-7]+)<', page.text)
    assert shown
    signed = visit(None).post("/entrar", data={"username": "nueva", "password": shown[1]})
    assert signed.status_code == 303
    again = visit("admin").post("/administracion/personas/nueva", data=given)
    assert (again.status_code, len(errors_of(again))) == (422, 1)
    assert chosen_in(again, "roles") == ["evaluator", "reviewer"]


def test_roles_end_with_the_next_request(visit: Visit, office: Office) -> None:
    with office.look("admin") as work:
        key = accounts.find_account(work, "coord").key
    browser = visit("coord")
    assert browser.get("/casos").status_code == 200
    sent = visit("admin").post(f"/administracion/personas/{key}", data={"roles": ["auditor"]})
    assert sent.status_code == 303
    assert browser.get("/comite").status_code == 403


def test_nobody_takes_the_administration_from_themselves(visit: Visit, office: Office) -> None:
    with office.look("admin") as work:
        key = work.actor.key
    browser = visit("admin")
    assert browser.post(f"/administracion/personas/{key}", data={"roles": ["auditor"]}).status_code == 409
    assert browser.post(f"/administracion/personas/{key}/cerrar").status_code == 409
    assert browser.get("/administracion/personas").status_code == 200


def test_roles_of_the_machine_are_given_to_nobody(visit: Visit, office: Office) -> None:
    with office.look("admin") as work:
        key = accounts.find_account(work, "coop").key
    sent = visit("admin").post(f"/administracion/personas/{key}", data={"roles": ["system"]})
    assert sent.status_code == 422


def test_a_closed_account_opens_nothing(visit: Visit, office: Office) -> None:
    with office.look("admin") as work:
        key = accounts.find_account(work, "eval.4").key
    browser = visit("eval.4")
    assert visit("admin").post(f"/administracion/personas/{key}/cerrar").status_code == 303
    assert browser.get("/evaluacion").status_code in {303, 401}


def test_the_journal_says_who_did_what_and_no_word_of_theirs(visit: Visit, office: Office) -> None:
    number = office.issued()
    browser = visit("admin")
    shown = words_of(browser.get(f"/administracion/diario?solicitud={number.lower()}"))
    assert "Comite (comité de decisión)" in shown
    assert "Según el informe." not in shown
    missing = browser.get("/administracion/diario?solicitud=nada")
    assert len(errors_of(missing)) == 1


def test_settings_and_editions_are_shown_in_the_readers_language(visit: Visit) -> None:
    browser = visit("admin")
    assert "Carpeta de la base, los archivos y las claves" in words_of(browser.get("/administracion/ajustes"))
    assert "Folder of the database" in words_of(browser.get("/administracion/ajustes?idioma=en"))
    assert "mcc-2026" in words_of(browser.get("/administracion/ediciones"))

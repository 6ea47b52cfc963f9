"""The committee's session: agenda, folder and minutes; whoever is recused finds no trace of the file."""

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from mcc.actions import accounts
from mcc.actions.accounts import change_roles
from mcc.actions.mandates import MandateInput, name_member
from mcc.actions.work import SYSTEM, Role
from tests.mcc.web.conftest import Visit, typed_in, words_of
from tests.office import Office


def read(content: bytes, folder: Path) -> str:
    paper = folder / "paper.pdf"
    paper.write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout


def test_the_agenda_shows_what_waits_with_its_result_and_term(visit: Visit, office: Office) -> None:
    office.reach("in_decision")
    shown = words_of(visit("comite").get("/comite"))
    for fact in ("Hay 1 solicitud para decidir.", "Cooperativa de Prueba (ficticia)", "(75,0)", "hasta el"):
        assert fact in shown


def test_the_folder_has_the_agenda_and_one_page_for_each_file(
    visit: Visit, office: Office, tmp_path: Path
) -> None:
    office.reach("in_decision")
    page = visit("comite").get("/comite/carpeta.pdf")
    with pikepdf.open(BytesIO(page.content)) as opened:
        assert len(opened.pages) == 2
    text = read(page.content, tmp_path)
    for fact in ("Orden del día", "Completo y coherente.", "Cooperativa de Prueba (ficticia)"):
        assert fact in text


def test_the_minutes_tell_what_was_decided_that_day(visit: Visit, office: Office, tmp_path: Path) -> None:
    number = office.reach("granted")
    browser = visit("comite")
    assert "Decisiones del 3 de agosto de 2026" in words_of(browser.get("/comite"))
    text = read(browser.get("/comite/acta.pdf?dia=2026-08-03").content, tmp_path)
    for fact in (number, "26/00001", "Según el informe."):
        assert fact in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/comite/carpeta.pdf", 404),
        ("/comite/acta.pdf?dia=2026-08-03", 404),
        ("/comite/acta.pdf?dia=ayer", 422),
    ],
)
def test_where_there_is_nothing_nothing_is_printed(visit: Visit, address: str, status: int) -> None:
    assert visit("comite").get(address).status_code == status


def test_whoever_belongs_to_the_collective_finds_no_trace(visit: Visit, office: Office) -> None:
    office.reach("in_decision")
    with office.installation.work(SYSTEM) as work:
        accounts.join_organisation(work, "comite", 1)
    browser = visit("comite")
    shown = words_of(browser.get("/comite"))
    assert "Todo en orden: no hay nada para decidir." in shown
    assert "Cooperativa de Prueba" not in shown
    assert browser.get("/comite/carpeta.pdf").status_code == 404


def test_the_reasons_start_from_the_facts_and_can_be_changed(visit: Visit, office: Office) -> None:
    number = office.reach("in_decision")
    page = visit("comite").get(f"/solicitudes/{number}/voto")
    offered = typed_in(page, "reasons")
    assert offered
    assert "75" in offered


def test_the_queue_shows_the_term_and_what_is_over_it(visit: Visit, office: Office) -> None:
    office.reach("submitted")
    browser = visit("coord")
    assert "hasta el" in words_of(browser.get("/solicitudes"))
    office.pass_days(30)
    assert "el plazo terminó el" in words_of(visit("coord").get("/solicitudes"))


def test_assigning_shows_the_work_of_each_and_who_is_kept_out(visit: Visit, office: Office) -> None:
    number = office.reach("admitted")
    with office.installation.work(SYSTEM) as work:
        accounts.join_organisation(work, "eval.4", 1)
    page = visit("coord").get(f"/solicitudes/{number}/evaluadores")
    shown = words_of(page)
    assert "Eval.1 (0 planillas abiertas)" in shown
    assert "No pueden evaluar esta solicitud: Eval.4:" in shown
    assert 'value="eval.4"' not in page.text


def test_the_dates_of_a_file_go_into_a_calendar(visit: Visit, office: Office) -> None:
    number = office.reach("in_evaluation")
    plan = {"on": "2026-08-20", "at": "14:30", "place": "Camino 1; Pando", "visitors": ["eval.1"]}
    visit("eval.1").post(f"/solicitudes/{number}/visita/acordar", data=plan)
    page = visit("coop").get(f"/solicitudes/{number}/fechas.ics")
    assert page.headers["content-type"].startswith("text/calendar")
    lines = page.text.replace("\r\n ", "").split("\r\n")
    assert f"SUMMARY:Visita por la solicitud {number}" in lines
    assert "LOCATION:Camino 1\\; Pando" in lines
    assert "DTSTART:20260820T173000Z" in lines
    assert any(line.startswith("DTSTART;VALUE=DATE:") for line in lines)
    assert visit("otra").get(f"/solicitudes/{number}/fechas.ics").status_code == 404


def test_a_vote_to_return_that_lost_is_in_the_minutes(visit: Visit, office: Office, tmp_path: Path) -> None:
    number = office.in_decision()
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.4", [Role.COMMITTEE])
        name_member(
            work,
            MandateInput(username="eval.4", institution="inacoop", since=work.today, act="Nota 3"),
        )
    office.vote(number, "return", ["eval.4"])
    office.decide(number)
    minutes = visit("comite").get("/comite/acta.pdf?dia=2026-08-03")
    assert minutes.status_code == 200
    assert "Inacoop (Eval.4): devolver a la revisión" in " ".join(read(minutes.content, tmp_path).split())


def test_whoever_voted_has_nothing_to_do_until_the_decision_can_be_recorded(
    visit: Visit, office: Office
) -> None:
    number = office.in_decision()
    address, reasons = f"/solicitudes/{number}", {"award": "granted", "reasons": "Bien.", "cast": "yes"}
    first, second = visit("comite"), visit("comite.2")
    assert "Guardar la decisión" not in words_of(first.get(address))
    assert first.post(f"{address}/voto", data=reasons).status_code == 303
    assert "cosa para hacer" not in words_of(first.get("/solicitudes"))
    assert "1 cosa para hacer" in words_of(second.get("/solicitudes"))
    assert second.post(f"{address}/voto", data=reasons).status_code == 303
    assert "Guardar la decisión" in words_of(first.get(address))
    assert "1 cosa para hacer" in words_of(first.get("/solicitudes"))


def test_a_file_that_is_late_at_somebody_elses_desk_is_the_offices_to_hurry(
    visit: Visit, office: Office
) -> None:
    office.reach("in_review")
    assert "cosa para hacer" not in words_of(visit("coord").get("/solicitudes"))
    office.pass_days(30)
    assert "1 cosa para hacer" in words_of(visit("coord").get("/solicitudes"))

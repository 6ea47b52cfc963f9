"""One whole life through the pages alone: from a collective's first form to a certificate that a stranger checks."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rubric import load_edition
from tests.e2e.conftest import PATIENCE, People, Phone, Site

HOLDER = "Cooperativa de la Prueba Entera (ficticia)"
DISPUTED = "PAR1"


@pytest.mark.timeout(280)
def test_an_application_becomes_a_certificate_that_a_stranger_checks(
    people: People, site: Site, tmp_path: Path
) -> None:
    hire_auditor(people("admin"), people(None))
    draft = begin_application(people("coop"))
    add_evidence(people("coop"), draft, tmp_path)
    number, receipt = submit(people("coop"), draft)
    check_papers(people("coord"), people("coop"), number)
    seat_evaluators(people("coord"), number)
    for name in ("eval.1", "eval.2"):
        accept_seats(people(name), number)
    accept_team(people("coop"), number)
    begin_evaluation(people("coord"), number)
    report_visit(people("eval.1"), number)
    score_everything(people("eval.1"), number, disputed=2)
    score_everything(people("eval.2"), number, disputed=3)
    reach_consensus(people("eval.1"), people("eval.2"), number)
    review(people("revisa"), number)
    for member in ("comite", "comite.2"):
        vote(people(member), number)
    decide(people("comite"), number)
    accept_rules(people("coop"), number)
    sign(people("firma"), number)
    code = wait_for_certificate(people("coop"), number)
    follow_by_receipt(people(None), receipt)
    verify_as_stranger(people(None), code, tmp_path)
    suspend(people, people(None), number, code)
    read_journal(people("audita"), number)
    assert_nothing_is_amiss(site)


def hire_auditor(admin: Phone, newcomer: Phone) -> None:
    """A new person gets a password that is shown once, and it opens."""
    admin.open("/administracion/personas/nueva")
    admin.fill(username="nueva", name="Persona Nueva")
    admin.choose("roles", "auditor")
    admin.page.locator("main form button").last.click()
    password = re.search(r"[a-z2-7]{20}", admin.said())
    assert password is not None
    newcomer.open("/entrar")
    newcomer.fill(username="nueva", password=password[0])
    newcomer.press("Entrar")
    newcomer.open("/administracion")
    newcomer.open("/salir")
    newcomer.page.locator("main form button").click()


def read_journal(auditor: Phone, number: str) -> None:
    """Every step of the file by whom, and the whole installation derived anew."""
    auditor.open(f"/administracion/diario?solicitud={number}")
    for step in ("Se presentó la solicitud", "Se firmó para emitir el certificado"):
        assert step in auditor.said()
    auditor.open("/administracion?comprobar=1")
    assert "Todo coincide: el diario, la base y los archivos." in auditor.said()


def begin_application(phone: Phone) -> str:
    """Returns the address of the draft. What was typed stays when something is missing."""
    phone.open("/colectivos/nuevo")
    phone.fill(name=HOLDER, founded="2015-03-02", members="12")
    phone.press("Guardar y seguir", status=422)
    assert phone.page.locator("[name=name]").input_value() == HOLDER
    assert "¿Cuántas son mujeres?" in phone.said()
    phone.choose("kind", "workers")
    phone.choose("legal_status", "yes")
    phone.choose("municipality", "Pando")
    phone.fill(
        women="7",
        contact_name="Persona de Prueba",
        contact_phone="099 000 000",
        contact_email="p@ejemplo.invalid",
    )
    phone.press("Guardar y seguir")
    phone.choose("scope_kind", "products")
    phone.choose("category", "dairy")
    phone.choose("site_municipality", "Pando")
    phone.fill(products="Queso colonia\nDulce de leche", process="Con leche propia.", site_address="Camino 1")
    phone.press("Guardar")
    return phone.page.url


def add_evidence(phone: Phone, draft: str, folder: Path) -> None:
    paper = folder / "estatuto.txt"
    paper.write_text("Estatuto de prueba", encoding="utf-8")
    phone.open(f"{draft}/evidencia")
    phone.fill(title="Estatuto")
    phone.choose("kind", "statute_or_project")
    phone.choose("form", "stored")
    phone.page.set_input_files("[name=file]", str(paper))
    phone.press("Agregar")
    assert "Estatuto" in phone.said()


def submit(phone: Phone, draft: str) -> tuple[str, str]:
    """Returns the number of the application and its receipt."""
    phone.open(f"{draft}/presentar")
    phone.page.locator("[name=declaration]").check()
    phone.press("Presentar")
    receipt = re.search(r"S-\d{4}-\d{6}-[0-9A-Z]-[a-z2-7]+", phone.said())
    assert receipt is not None, phone.said()
    return receipt[0].rpartition("-")[0], receipt[0]


def check_papers(office: Phone, collective: Phone, number: str) -> None:
    """Taken up, something is asked for and answered, and admitted."""
    office.open(f"/solicitudes/{number}/tomar")
    office.fill(expediente="2026-81-1010-00001")
    office.press("Tomar")
    office.open(f"/solicitudes/{number}/pedir")
    office.fill(items="Acta de autoridades")
    office.press("Pedir")
    collective.open(f"/solicitudes/{number}/responder")
    collective.fill(answers__0="Va el acta.")
    collective.press("Enviar las respuestas")
    office.open(f"/solicitudes/{number}/admitir")
    office.page.locator("[name=eligible]").check()
    office.page.locator("main form button").last.click()
    office.open(f"/solicitudes/{number}")
    assert "Admitida" in office.said()


def seat_evaluators(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/evaluadores")
    for dimension in load_edition("mcc-2026").dimensions:
        phone.choose(f"{dimension.id}.first", "eval.1")
        phone.choose(f"{dimension.id}.second", "eval.2")
    phone.press("Asignar")


def seats_of(phone: Phone, number: str) -> list[str]:
    """Addresses of the person's sheets in this application."""
    phone.open(f"/solicitudes/{number}")
    links = phone.page.locator('main a[href^="/evaluacion/"]').all()
    return sorted({re.sub(r"(/evaluacion/\d+).*", r"\1", link.get_attribute("href") or "") for link in links})


def accept_seats(phone: Phone, number: str) -> None:
    seats = seats_of(phone, number)
    assert len(seats) == 4
    for seat in seats:
        phone.open(seat)
        phone.page.locator("[name=no_conflict]").check()
        phone.press("Aceptar")


def accept_team(phone: Phone, number: str) -> None:
    """The collective reads who evaluates, and has nothing against them."""
    phone.open(f"/solicitudes/{number}/equipo")
    assert "Eval.1" in phone.said()
    phone.press("Está bien, que empiecen")


def begin_evaluation(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/comenzar")
    phone.press("Comenzar")


def report_visit(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/visita/informe")
    phone.fill(on="2026-08-03", place="Pando", people="6", summary="Recorrida completa.")
    phone.press("Entregar el informe")


def score_everything(phone: Phone, number: str, *, disputed: int) -> None:
    """Level 3 everywhere but for one indicator; each sheet is looked over and closed."""
    for seat in seats_of(phone, number):
        phone.open(seat)
        for group in phone.page.locator(".levels").all():
            name = (group.locator("input").first.get_attribute("name") or "").partition(".")[0]
            phone.choose(f"{name}.level", str(disputed if name == DISPUTED else 3))
            choose_first_proof(phone, name)
            phone.fill(**{f"{name}__note": "Visto en el lugar."})
        phone.press("Revisar y cerrar puntaje")
        phone.press("Cerrar puntaje")


def choose_first_proof(phone: Phone, indicator: str) -> None:
    proof = phone.page.locator(f'[name="{indicator}.evidence"]').first
    if not proof.is_visible():
        phone.page.locator(f'fieldset:has([name="{indicator}.evidence"]) summary').first.click()
    proof.check()


def reach_consensus(first: Phone, second: Phone, number: str) -> None:
    (seat,) = [seat for seat in seats_of(first, number) if can_discuss(first, seat)]
    first.open(f"{seat}/consenso")
    first.choose(f"{DISPUTED}.level", "3")
    first.fill(**{f"{DISPUTED}__reason": "El acta del año está en la oficina."})
    first.press("Proponer")
    (seat,) = [seat for seat in seats_of(second, number) if can_discuss(second, seat)]
    second.open(f"{seat}/consenso")
    second.press("Confirmar")


def can_discuss(phone: Phone, seat: str) -> bool:
    phone.page.goto(f"{phone.address}{seat}/consenso")
    assert phone.last is not None
    return phone.last.status == 200


def review(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/revision")
    phone.choose("outcome", "send")
    phone.fill(notes="Completo y coherente.")
    phone.press("Guardar la revisión")


def vote(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/voto")
    phone.choose("award", "granted")
    phone.press("Votar")


def decide(phone: Phone, number: str) -> None:
    """A form that was sent twice is decided once."""
    phone.open(f"/solicitudes/{number}/decision")
    phone.fill(
        resolution_number="26/00001",
        resolution_date="2026-08-03",
        authority="Comité de Decisión de la Marca",
        reasons="Según el informe.",
    )
    phone.press("Guardar la decisión")
    phone.open(f"/solicitudes/{number}/decision", status=409)


def accept_rules(phone: Phone, number: str) -> None:
    phone.open(f"/solicitudes/{number}/reglamento")
    phone.fill(name="Persona de Prueba")
    phone.page.locator("label[for=accepted]").click()
    phone.press("Aceptar")


def sign(phone: Phone, number: str) -> None:
    phone.open("/firma")
    phone.page.locator(f"label[for=firma-{number}]").click()
    phone.press("Firmar lo elegido")
    assert "Se firmó 1 certificado" in phone.said()


def wait_for_certificate(phone: Phone, number: str) -> str:
    """The worker issues beside the site; returns the public address's code."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        phone.open(f"/solicitudes/{number}")
        link = phone.page.locator('main a[href*="/v/"]')
        if link.count():
            return (link.first.get_attribute("href") or "").rpartition("/v/")[2].partition("/")[0]
        time.sleep(0.5)
    pytest.fail("no certificate in time")


def follow_by_receipt(stranger: Phone, receipt: str) -> None:
    stranger.open("/seguimiento")
    stranger.fill(receipt=receipt)
    stranger.press("Ver dónde está")
    assert HOLDER in stranger.said()


def verify_as_stranger(stranger: Phone, code: str, folder: Path) -> None:
    """By the QR's address, by the printed number, and with the file itself."""
    stranger.open(f"/v/{code}")
    assert "VIGENTE" in stranger.said()
    assert HOLDER in stranger.said()
    printed = re.search(r"MCC-\d{4}-\d{6}-[0-9A-Z]", stranger.said())
    assert printed is not None
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="Descargar el certificado (PDF)").click()
    certificate = folder / "certificado.pdf"
    download.value.save_as(certificate)
    stranger.open("/verificar")
    stranger.fill(number=printed[0].lower())
    stranger.press("Comprobar el número")
    assert stranger.page.url == f"{stranger.address}/v/{code}"
    stranger.open("/verificar")
    stranger.page.set_input_files("[name=file]", str(certificate))
    stranger.press("Comprobar el archivo")
    assert "AUTÉNTICO" in stranger.said()
    changed = folder / "cambiado.pdf"
    changed.write_bytes(certificate.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    stranger.open("/verificar")
    stranger.page.set_input_files("[name=file]", str(changed))
    stranger.press("Comprobar el archivo")
    assert "NO ES VÁLIDO" in stranger.said()


def suspend(people: People, stranger: Phone, number: str, code: str) -> None:
    """Proposed by the office, answered by the holder, voted by two institutions, done by a member."""
    measure = f"/solicitudes/{number}/medida"
    desk, holder, member = people("coord"), people("coop"), people("comite")
    desk.open(measure)
    desk.choose("measure", "suspend")
    desk.fill(reason="Venció la habilitación.")
    desk.press("Proponer")
    holder.open(f"{measure}/respuesta")
    holder.fill(answer="La estamos renovando.")
    holder.press("Enviar la respuesta")
    for phone in (member, people("comite.2")):
        phone.open(f"{measure}/voto")
        assert "La estamos renovando." in phone.said()
        phone.choose("in_favour", "true")
        phone.fill(reasons="Según lo visto.")
        phone.press("Votar")
    member.open(f"/solicitudes/{number}/certificado/suspender")
    member.page.locator("main form button").last.click()
    stranger.open(f"/v/{code}")
    assert "SUSPENDIDA" in stranger.said()
    assert "VIGENTE" not in stranger.said()


def assert_nothing_is_amiss(site: Site) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mcc", "check", "--data", str(site.data), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, json.loads(checked.stdout)["findings"]) == (0, []), checked.stdout

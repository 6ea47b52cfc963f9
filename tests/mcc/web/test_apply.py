"""An applicant's way: collective, scope, evidence, declaration, receipt; and what was typed stays."""

from sqlmodel import select

from mcc.db.tables import Organisation
from tests.mcc.web.conftest import Visit, chosen_in, errors_of, typed_in, words_of
from tests.office import Office

COLLECTIVE = {
    "name": "Cooperativa Agraria «Las Tunas» & Cía. (ficticia)",
    "kind": "agrarian",
    "legal_status": "yes",
    "municipality": "San Jacinto",
    "founded": "2014-05-10",
    "members": "18",
    "women": "10",
    "registration": "",
    "contact_name": "Persona Ficticia",
    "contact_phone": "099 000 000",
    "contact_email": "x@ejemplo.invalid",
}
SCOPE = {
    "scope_kind": "products",
    "category": "dairy",
    "products": "Queso colonia\r\n\r\n  Dulce de leche  ",
    "process": "Con leche propia.",
    "site_address": "Ruta 7 km 50",
    "site_municipality": "San Jacinto",
}


def test_a_collective_applies_from_nothing_to_a_receipt(visit: Visit, office: Office) -> None:
    browser = visit("coop")
    scope = browser.post("/colectivos/nuevo", data=COLLECTIVE).headers["location"]
    draft = browser.post(scope, data=SCOPE).headers["location"]
    stored = {"title": "Estatuto", "kind": "estatuto_o_proyecto", "form": "stored", "book": "", "folio": ""}
    added = browser.post(f"{draft}/evidencia", data=stored, files={"file": ("estatuto.pdf", b"%PDF-1.7 x")})
    assert added.status_code == 303
    assert "Revisar y presentar" in words_of(browser.get(draft))
    receipt = browser.post(f"{draft}/presentar", data={"declaration": "yes"}).headers["location"]
    assert receipt == "/solicitudes/S-2026-000001-6/recibo"
    with office.look("coop") as work:
        application = office.application(work, "S-2026-000001-6")
        assert application.products == ["Queso colonia", "Dulce de leche"]
        assert application.state == "submitted"
        word = application.receipt_word
    assert f"S-2026-000001-6-{word}" in words_of(browser.get(receipt))


def test_everything_typed_stays_beside_what_is_wrong(visit: Visit, office: Office) -> None:
    absurd = {**COLLECTIVE, "members": "muchas", "founded": "ayer", "municipality": "Montevideo", "women": ""}
    page = visit("coop").post("/colectivos/nuevo", data=absurd)
    assert page.status_code == 422
    assert errors_of(page) == [
        "Municipio: «Montevideo» no es un municipio de Canelones. Elíjanlo de la lista.",
        "Fecha de fundación: Tiene que ser una fecha que exista, como 2026-03-12.",
        "Integrantes: Tiene que ser un número entero.",
        "Mujeres: Falta este dato.",
    ]
    kept = {name: typed_in(page, name) for name in ("name", "members", "founded", "contact_email")}
    assert kept == {name: absurd[name] for name in kept}
    assert (chosen_in(page, "kind"), chosen_in(page, "legal_status")) == (["agrarian"], ["yes"])
    assert page.text.count('aria-invalid="true"') == 4
    with office.look("coop") as work:
        assert work.session.exec(select(Organisation)).all() == []


def test_everything_that_is_wrong_is_told_at_once(visit: Visit) -> None:
    wrong = {"women": "19", "contact_email": "x", "contact_phone": "abc", "founded": "3015-01-01"}
    page = visit("coop").post("/colectivos/nuevo", data={**COLLECTIVE, **wrong})
    assert errors_of(page) == [
        "Mujeres: No puede haber más mujeres que integrantes (18).",
        "Teléfono: No es un teléfono: hacen falta al menos seis números.",
        "Correo electrónico: No tiene la forma que se espera.",
        "Fecha de fundación: El 1 de enero de 3015 todavía no llegó.",
    ]


def test_a_day_before_there_were_cooperatives_is_told_in_words(visit: Visit) -> None:
    page = visit("coop").post("/colectivos/nuevo", data={**COLLECTIVE, "founded": "1715-01-01"})
    assert errors_of(page) == ["Fecha de fundación: La fecha no puede ser anterior al 1 de enero de 1850."]


def test_what_is_applied_for_has_its_category(visit: Visit, office: Office) -> None:
    """Which documents are asked for depends on it."""
    organisation = office.register()
    page = visit("coop").post(f"/colectivos/{organisation}/solicitud", data={**SCOPE, "category": ""})
    assert errors_of(page) == ["Rubro: Falta este dato."]


def test_a_problem_in_a_list_names_its_line(visit: Visit, office: Office) -> None:
    organisation = office.register()
    products = f"Queso\n{'x' * 161}\nDulce"
    page = visit("coop").post(f"/colectivos/{organisation}/solicitud", data={**SCOPE, "products": products})
    assert errors_of(page) == ["Productos o servicios, renglón 2: Es muy largo: el máximo es 160 letras."]
    assert typed_in(page, "products") == products


def test_a_field_that_the_form_does_not_have_is_refused(visit: Visit, office: Office) -> None:
    organisation = office.register()
    page = visit("coop").post(f"/colectivos/{organisation}/solicitud", data={**SCOPE, "state": "granted"})
    assert page.status_code == 422


def test_what_is_typed_is_shown_as_text(visit: Visit, office: Office) -> None:
    organisation = office.register("coop", "<script>alert(1)</script> (ficticia)")
    browser = visit("coop")
    page = browser.get(f"/colectivos/{organisation}/solicitud")
    assert "<script" not in page.text
    assert "Empezar una solicitud de <script>alert(1)</script> (ficticia)" in words_of(
        browser.get("/solicitudes")
    )


def test_a_collective_of_others_cannot_be_applied_for(visit: Visit, office: Office) -> None:
    organisation = office.register("coop")
    assert visit("otra").get(f"/colectivos/{organisation}/solicitud").status_code == 404
    assert visit("otra").post(f"/colectivos/{organisation}/solicitud", data=SCOPE).status_code == 404


def test_submitting_without_the_declaration_says_what_is_missing(visit: Visit, office: Office) -> None:
    organisation = office.register()
    browser = visit("coop")
    draft = browser.post(f"/colectivos/{organisation}/solicitud", data=SCOPE).headers["location"]
    browser.post(
        f"{draft}/evidencia",
        data={"title": "Libro", "kind": "libro_actas", "form": "seen_on_site"},
    )
    page = browser.post(f"{draft}/presentar", data={})
    assert page.status_code == 409
    assert errors_of(page) == ["Falta declarar que lo que dice la solicitud es verdad."]


def test_a_draft_is_corrected_from_what_it_says(visit: Visit, office: Office) -> None:
    organisation = office.register()
    browser = visit("coop")
    draft = browser.post(f"/colectivos/{organisation}/solicitud", data=SCOPE).headers["location"]
    page = browser.get(f"{draft}/alcance")
    assert typed_in(page, "products") == "Queso colonia\nDulce de leche"
    assert chosen_in(page, "site_municipality") == ["San Jacinto"]
    assert browser.post(f"{draft}/alcance", data={**SCOPE, "products": "Miel"}).status_code == 303
    assert typed_in(browser.get(f"{draft}/alcance"), "products") == "Miel"


def test_a_request_is_answered_item_by_item(visit: Visit, office: Office) -> None:
    number = office.submit()
    coordinator = visit("coord")
    coordinator.post(f"/solicitudes/{number}/tomar", data={"expediente": "2026-1"})
    coordinator.post(f"/solicitudes/{number}/pedir", data={"items": "El acta\nLa habilitación"})
    browser = visit("coop")
    address = f"/solicitudes/{number}/responder"
    assert "2. La habilitación" in words_of(browser.get(address))
    page = browser.post(address, data={"answers.0": "Está.", "answers.1": ""})
    assert errors_of(page) == ["Respuestas 2: Está vacío o es muy corto: hacen falta al menos 1 letras."]
    assert typed_in(page, "answers.0") == "Está."
    assert browser.post(address, data={"answers.0": "Está.", "answers.1": "En trámite."}).status_code == 303
    assert "Respuesta: En trámite." in words_of(browser.get(f"/solicitudes/{number}"))


def test_the_way_out_asks_for_a_reason(visit: Visit, office: Office) -> None:
    number = office.submit()
    browser = visit("coop")
    page = browser.post(f"/solicitudes/{number}/desistir", data={"reason": "  "})
    assert errors_of(page) == ["Motivo: Falta este dato."]
    assert browser.post(f"/solicitudes/{number}/desistir", data={"reason": "Cerramos."}).status_code == 303
    with office.look("coop") as work:
        assert office.application(work, number).state == "withdrawn_by_applicant"

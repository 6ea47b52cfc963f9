"""People who come to the counter: the office enters their application, and only theirs."""

import pytest

from mcc.actions import apply
from mcc.errors import NotAllowed
from tests.mcc.pictures import picture
from tests.mcc.web.conftest import Visit, words_of
from tests.office import Office

COLLECTIVE = {
    "name": "Grupo del Mostrador (ficticio)",
    "kind": "artisans_group",
    "legal_status": "no",
    "municipality": "Pando",
    "founded": "2015-03-02",
    "members": "5",
    "women": "3",
    "contact_name": "Persona de Prueba",
    "contact_phone": "099 000 000",
    "contact_email": "p@ejemplo.invalid",
}
SCOPE = {
    "scope_kind": "products",
    "category": "dairy",
    "products": "Mantas",
    "process": "Telar.",
    "site_address": "Camino 1",
    "site_municipality": "Pando",
}


def enter_application(visit: Visit) -> str:
    """Returns the address of its page."""
    browser = visit("coord")
    registered = browser.post("/colectivos/nuevo", data=COLLECTIVE)
    assert registered.status_code == 303
    drafted = browser.post(registered.headers["location"], data=SCOPE)
    assert drafted.status_code == 303
    return drafted.headers["location"]


def test_the_office_enters_a_paper_application_and_hands_out_its_receipt(visit: Visit) -> None:
    draft, browser = enter_application(visit), visit("coord")
    assert "La carga la oficina, para Grupo del Mostrador" in words_of(browser.get(draft))
    added = browser.post(
        f"{draft}/evidencia",
        data={"title": "Declaración firmada", "kind": "statute_or_project", "form": "stored"},
        files={"file": ("papel.jpg", picture(), "image/jpeg")},
    )
    assert added.status_code == 303
    sent = browser.post(f"{draft}/presentar", data={"declaration": "yes"})
    assert sent.status_code == 303
    assert "S-2026-000001-6-" in words_of(browser.get(sent.headers["location"]))
    page = words_of(visit("audita").get("/solicitudes/S-2026-000001-6"))
    assert "Cargada en la oficina por Coord." in page


def test_the_office_enters_nothing_in_a_draft_that_a_collective_began(visit: Visit, office: Office) -> None:
    key = office.draft()
    browser = visit("coord")
    assert browser.get(f"/solicitudes/{key}").status_code == 404
    assert browser.post(f"/solicitudes/{key}/alcance", data=SCOPE).status_code == 404
    assert browser.post(f"/solicitudes/{key}/presentar", data={"declaration": "yes"}).status_code == 404


def test_the_office_does_not_answer_for_a_collective_that_applied_itself(office: Office) -> None:
    number = office.submit()
    with pytest.raises(NotAllowed) as refused, office.work("coord") as work:
        apply.withdraw_application(work, office.application(work, number), reason="No.")
    assert refused.value.code == "role_not_allowed"
    with pytest.raises(NotAllowed) as refused, office.work("coord") as work:
        apply.submit(work, office.application(work, number), declaration=True)
    assert refused.value.code == "not_entered_by_the_office"


def test_a_collectives_folder_stays_its_own(visit: Visit) -> None:
    draft = enter_application(visit)
    assert visit("coord").get(f"{draft}/documentos").status_code == 404
    assert visit("coord").get("/colectivos/1/carpeta").status_code == 404


def test_nobody_else_sees_a_draft_of_the_counter(visit: Visit) -> None:
    draft = enter_application(visit)
    for person in ("audita", "coop", "eval.1", "comite", "admin"):
        assert visit(person).get(draft).status_code == 404

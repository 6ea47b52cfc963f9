"""A collective's own place: its data, its page for the public, and nothing of anybody else."""

from tests.mcc.web.conftest import Visit, typed_in, words_of
from tests.office import Office


def test_whoever_acts_for_one_collective_is_led_to_it(visit: Visit, office: Office) -> None:
    key = office.register()
    phone = visit("coop")
    assert phone.get("/colectivos").headers["location"] == f"/colectivos/{key}"
    assert "Cooperativa de Prueba (ficticia)" in words_of(phone.get(f"/colectivos/{key}"))
    office.register(name="Otra del mismo grupo (ficticia)")
    assert "Otra del mismo grupo (ficticia)" in words_of(phone.get("/colectivos"))


def test_data_are_corrected_and_certificates_keep_what_they_say(visit: Visit, office: Office) -> None:
    office.issued()
    phone = visit("coop")
    page = phone.get("/colectivos/1/datos")
    assert typed_in(page, "name") == "Cooperativa de Prueba (ficticia)"
    given = {
        "name": "Nombre nuevo (ficticia)",
        "kind": "workers",
        "legal_status": "yes",
        "municipality": "Tala",
        "founded": "2015-03-02",
        "members": "13",
        "women": "8",
        "rut": "210000000013",
        "contact_name": "Persona",
        "contact_phone": "099 000 000",
        "contact_email": "a@b.invalid",
    }
    assert phone.post("/colectivos/1/datos", data=given).status_code == 303
    assert "Nombre nuevo (ficticia)" in words_of(phone.get("/colectivos/1"))
    assert "Cooperativa de Prueba (ficticia)" in words_of(visit(None).get("/registro"))
    refused = phone.post("/colectivos/1/datos", data=given | {"rut": "12"})
    assert refused.status_code == 422
    assert typed_in(refused, "rut") == "12"


def test_a_page_is_seen_by_strangers_only_once_it_is_published(visit: Visit, office: Office) -> None:
    office.issued()
    phone, stranger = visit("coop"), visit(None)
    story = "Empezamos en un galpón prestado."
    phone.post("/colectivos/1/pagina", data={"story": story})
    assert story not in words_of(stranger.get("/registro/1"))
    phone.post("/colectivos/1/pagina", data={"story": story, "published": "yes"})
    assert story in words_of(stranger.get("/registro/1"))
    assert typed_in(phone.get("/colectivos/1/pagina"), "story") == story


def test_a_fair_that_is_over_is_not_announced(visit: Visit, office: Office) -> None:
    office.issued()
    phone = visit("coop")
    fair = {"next_fair": "Feria de Pando", "published": "yes"}
    phone.post("/colectivos/1/pagina", data=fair | {"next_fair_on": "2026-08-30"})
    assert "Feria de Pando" in words_of(visit(None).get("/registro/1"))
    phone.post("/colectivos/1/pagina", data=fair | {"next_fair_on": "2026-08-01"})
    assert "Feria de Pando" not in words_of(visit(None).get("/registro/1"))


def test_the_place_of_others_does_not_exist(visit: Visit, office: Office) -> None:
    key = office.register()
    for username in ("otra", "coord", "comite", "audita"):
        for path in ("", "/datos", "/pagina"):
            assert visit(username).get(f"/colectivos/{key}{path}").status_code == 404

"""Changes on the pages: reported by the holder, decided at the desk or by the committee, issued anew."""

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_a_change_from_the_form_to_the_new_certificate(visit: Visit, office: Office) -> None:
    number = office.issued()
    address = f"/solicitudes/{number}"
    holder, desk = visit("coop"), visit("coord")
    assert "Avisar de un cambio" in words_of(holder.get(address))
    form = holder.get(f"{address}/avisar-cambio")
    assert "Queso colonia" in form.text
    given = {
        "kind": "product",
        "happened_on": "2026-08-03",
        "words": "Empezamos a hacer ricota.",
        "products": "Queso colonia\nDulce de leche\nRicota",
        "process": "Elaboración artesanal con leche propia.",
        "site_address": "Camino de Prueba 123",
        "site_municipality": "Pando",
        "name": "Cooperativa de Prueba (ficticia)",
    }
    wrong = holder.post(f"{address}/avisar-cambio", data=given | {"products": "Ricota"})
    assert len(errors_of(wrong)) == 1
    assert "Empezamos a hacer ricota." in wrong.text
    assert holder.post(f"{address}/avisar-cambio", data=given).status_code == 303
    page = words_of(holder.get(address))
    assert "Que diga: Queso colonia, Dulce de leche, Ricota" in page
    assert "En trámite. El plazo termina el 10 de agosto de 2026." in page
    assert "Resolver un cambio" in words_of(desk.get(address))
    assert errors_of(desk.post(f"{address}/cambio", data={"outcome": "accept"}))
    done = desk.post(f"{address}/cambio", data={"outcome": "accept", "answer": "Se vio."})
    assert done.status_code == 303
    assert "El certificado nuevo espera la firma" in words_of(holder.get(address))
    assert number in words_of(visit("firma").get("/firma"))
    assert visit("firma").post("/firma", data={"applications": number}).status_code == 303
    office.take_steps(number)
    assert "Ricota" in words_of(holder.get(address))


def test_what_the_committee_votes_is_sent_there(visit: Visit, office: Office) -> None:
    number = office.issued()
    address = f"/solicitudes/{number}"
    given = {
        "kind": "site",
        "happened_on": "2026-08-03",
        "words": "Nos mudamos.",
        "products": "Queso colonia\nDulce de leche",
        "process": "Elaboración artesanal con leche propia.",
        "site_address": "Ruta 8 km 40",
        "site_municipality": "Pando",
        "name": "Cooperativa de Prueba (ficticia)",
    }
    assert visit("coop").post(f"{address}/avisar-cambio", data=given).status_code == 303
    desk = visit("coord")
    assert "Lo vota el comité" in words_of(desk.get(f"{address}/cambio"))
    put = {"measure": "accept_change", "reason": "Nuevo lugar."}
    assert desk.post(f"{address}/medida", data=put).status_code == 303
    for username in ("comite", "comite.2"):
        vote = {"in_favour": "true", "reasons": "Se vio."}
        assert visit(username).post(f"{address}/medida/voto", data=vote).status_code == 303
    member = visit("comite")
    assert f"{address}/cambio" in member.get(f"{address}/medida").text
    done = member.post(f"{address}/cambio", data={"outcome": "accept", "answer": "Se votó."})
    assert done.status_code == 303
    assert "Se aceptó el" in words_of(visit("coop").get(address))

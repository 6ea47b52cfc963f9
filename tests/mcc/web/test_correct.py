"""Corrective action on the site: asked for by the review, read and finished by the collective."""

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_a_correction_from_the_review_to_the_evaluators(visit: Visit, office: Office) -> None:
    number = office.reach("in_review", DEC1=1, DEC2=1)
    reviewer, collective = visit("revisa"), visit("coop")
    assert "Pedir que corrijan" in words_of(reviewer.get(f"/solicitudes/{number}"))
    address = f"/solicitudes/{number}/pedir-correcciones"
    page = reviewer.get(address)
    assert 'value="DEC1" checked' in page.text
    assert 'value="DEC2"' in page.text
    assert 'value="DEC3"' not in page.text
    empty = reviewer.post(address, data={"indicators": "DEC1", "days": "30", "asks": ""})
    assert errors_of(empty) == ["Qué corregir: Falta este dato."]
    assert 'value="DEC1" checked' in empty.text
    asked = {"indicators": "DEC1", "days": "30", "asks": "Escribir cómo deciden."}
    assert reviewer.post(address, data=asked).status_code == 303
    assert reviewer.post(address, data=asked).status_code == 409
    assert "Leer qué corregir" in words_of(collective.get(f"/solicitudes/{number}"))
    own = f"/solicitudes/{number}/correcciones"
    shown = words_of(collective.get(own))
    for told in ("hasta el 2 de setiembre de 2026", "Escribir cómo deciden.", "Hay que llegar a"):
        assert told in shown
    assert "Terminar las correcciones" not in shown
    assert collective.post(own).status_code == 409
    paper = {"kind": "acta_asamblea", "title": "Acta", "form": "stored"}
    files = {"file": ("acta.txt", b"Acta de la asamblea", "text/plain")}
    assert collective.post(f"/solicitudes/{number}/evidencia", data=paper, files=files).status_code == 303
    assert "Terminar las correcciones" in words_of(collective.get(own))
    assert collective.post(own).status_code == 303
    assert "En evaluación" in words_of(collective.get(f"/solicitudes/{number}"))


def test_nothing_is_offered_where_nothing_critical_is_low(visit: Visit, office: Office) -> None:
    number = office.reach("in_review")
    assert "Pedir que corrijan" not in words_of(visit("revisa").get(f"/solicitudes/{number}"))


def test_nobody_else_reads_what_is_to_be_put_right(visit: Visit, office: Office) -> None:
    number = office.reach("in_review", DEC1=1)
    asked = {"indicators": "DEC1", "days": "30", "asks": "Escribir cómo deciden."}
    visit("revisa").post(f"/solicitudes/{number}/pedir-correcciones", data=asked)
    statuses = {
        name: visit(name).get(f"/solicitudes/{number}/correcciones").status_code
        for name in ("otra", "coord", "comite", "eval.1")
    }
    assert statuses == {"otra": 404, "coord": 403, "comite": 404, "eval.1": 403}

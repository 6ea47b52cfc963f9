"""The hearing on the site: opened by the review, read and answered by the collective, read by the review."""

from pathlib import Path

from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.mcc.web.test_committee import read
from tests.office import Office


def test_a_hearing_from_the_review_to_the_answer_and_to_the_committee(
    visit: Visit, office: Office, tmp_path: Path
) -> None:
    number = office.reach("in_review", level=2)
    reviewer, collective = visit("revisa"), visit("coop")
    page = reviewer.get(f"/solicitudes/{number}/revision")
    assert "Dar vista al colectivo" in words_of(page)
    assert "Pasar a decisión" not in words_of(page)
    forced = reviewer.post(f"/solicitudes/{number}/revision", data={"outcome": "send", "notes": "x"})
    assert (forced.status_code, len(errors_of(forced))) == (409, 1)
    tells = {"outcome": "hear", "notes": "Falta dejar escrito cómo deciden."}
    assert reviewer.post(f"/solicitudes/{number}/revision", data=tells).status_code == 303
    assert "Hacer la revisión técnica" not in words_of(reviewer.get(f"/solicitudes/{number}"))
    waiting = words_of(reviewer.get(f"/solicitudes/{number}/revision"))
    assert "Se espera la respuesta del colectivo." in waiting
    assert "Leer qué se encontró y responder" in words_of(collective.get(f"/solicitudes/{number}"))
    address = f"/solicitudes/{number}/vista"
    shown = words_of(collective.get(address))
    for told in (
        "Falta dejar escrito cómo deciden.",
        "50,0 de 100",
        "Nivel 2",
        "hasta el 13 de agosto de 2026",
    ):
        assert told in shown
    assert "Eval.1" not in shown
    empty = collective.post(address, data={"answer": " "})
    assert errors_of(empty) == ["Respuesta: Falta este dato."]
    assert collective.post(address, data={"answer": "Ya lo escribimos."}).status_code == 303
    again = collective.post(address, data={"answer": "Otra cosa."})
    assert again.status_code == 409
    heard = words_of(reviewer.get(f"/solicitudes/{number}/revision"))
    assert "Respuesta del colectivo: Ya lo escribimos." in heard
    done = {"outcome": "send", "notes": "Completo."}
    assert reviewer.post(f"/solicitudes/{number}/revision", data=done).status_code == 303
    member = visit("comite")
    for page_of in ("voto", "puntajes"):
        assert "Respuesta del colectivo: Ya lo escribimos." in words_of(
            member.get(f"/solicitudes/{number}/{page_of}")
        )
    folder = " ".join(read(member.get("/comite/carpeta.pdf").content, tmp_path).split())
    assert "Falta dejar escrito cómo deciden." in folder
    assert "Ya lo escribimos." in folder


def test_nobody_else_reads_a_hearing(visit: Visit, office: Office) -> None:
    number = office.reach("in_review", level=2)
    tells = {"outcome": "hear", "notes": "Falta."}
    visit("revisa").post(f"/solicitudes/{number}/revision", data=tells)
    statuses = {
        name: visit(name).get(f"/solicitudes/{number}/vista").status_code for name in ("otra", "comite")
    }
    assert statuses == {"otra": 404, "comite": 404}

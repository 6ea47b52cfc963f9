"""The collective's say in who evaluates, and complaints, on the pages."""

import re

from mcc.actions import evaluate
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def named(office: Office) -> str:
    number = office.submit()
    office.admit(number)
    office.seat(number)
    for username in ("eval.1", "eval.2"):
        with office.work(username) as work:
            for seat in office.seats(work, number):
                evaluate.accept(work, seat, no_conflict=True)
    return number


def test_a_collective_reads_who_evaluates_it_and_says_yes(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{named(office)}"
    collective = visit("coop")
    assert "Ver quiénes los evalúan y responder" in words_of(collective.get(address))
    page = words_of(collective.get(f"{address}/equipo"))
    assert "Eval.1" in page
    assert "hasta el 6 de agosto de 2026" in page
    assert collective.post(f"{address}/equipo").status_code == 303
    assert "Está bien, que empiecen" not in words_of(collective.get(f"{address}/equipo"))
    assert collective.post(f"{address}/equipo").status_code == 409
    assert visit("coord").post(f"{address}/comenzar").status_code == 303


def test_a_challenge_from_its_form_to_its_end(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{named(office)}"
    collective, desk = visit("coop"), visit("coord")
    empty = collective.post(f"{address}/recusar", data={"words": "Es primo."})
    assert errors_of(empty) == ["Persona evaluadora: Falta este dato."]
    assert "Es primo." in empty.text
    given = {"evaluator": "eval.2", "words": "Es primo del presidente."}
    assert collective.post(f"{address}/recusar", data=given).status_code == 303
    mine = words_of(collective.get(address))
    assert "Recusación" in mine
    assert "Eval.2" not in words_of(collective.get(f"{address}/recusar"))
    receipt = re.search(r"/casos/([a-z2-7]{10})", desk.get("/casos").text)
    assert receipt
    case = f"/casos/{receipt[1]}"
    for move in ("acknowledge", "accept_case", "investigate"):
        assert desk.post(case, data={"move": move}).status_code == 303
    assert "Recusan a Eval.2" in words_of(desk.get(case))
    assert "Resolver: tiene razón" not in words_of(desk.get(case))
    assert errors_of(desk.post(f"{case}/recusacion", data={"words": "Lo es."}))
    done = desk.post(f"{case}/recusacion", data={"outcome": "upheld", "words": "Lo es."})
    assert done.status_code == 303
    assert "Falta asignar" in words_of(desk.get(f"{address}/comenzar"))
    after = words_of(collective.get(address))
    assert "se les dio la razón" in after
    assert "Lo es." in after


def test_a_complaint_keeps_a_receipt_and_is_counted(visit: Visit) -> None:
    stranger = visit(None)
    wrong = stranger.post("/quejas", data={"words": "Nadie contestó."})
    assert errors_of(wrong) == ["De qué se trata: Falta este dato."]
    assert "Nadie contestó." in wrong.text
    page = stranger.post("/quejas", data={"about": "house", "words": "Nadie contestó."})
    receipt = page.headers["location"].removeprefix("/quejas/").partition("?")[0]
    shown = words_of(stranger.get(page.headers["location"]))
    assert "Recibimos la queja" in shown
    assert receipt in shown
    assert "Nadie contestó" not in shown
    counts = words_of(stranger.get("/quejas/en-numeros"))
    assert "Quejas 1 1 0 0 ninguno terminó" in " ".join(counts.split())
    assert "lo estudia el tribunal de recursos" in words_of(visit("coord").get(f"/casos/{receipt}"))

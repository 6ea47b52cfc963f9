"""The visit: agreed by the collective, people heard without their names, its record signed by both sides."""

import re
import subprocess
from pathlib import Path

import pytest

from mcc.actions import evidence, missing
from mcc.actions.uploads import purify
from mcc.actions.visit import list_interviews
from mcc.errors import NotAllowed, Refused
from tests.mcc.pictures import picture
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office

PLAN = {"on": "2026-08-20", "at": "14:30", "place": "Camino de Prueba 123", "visitors": ["eval.1", "eval.2"]}


@pytest.fixture
def number(office: Office) -> str:
    return office.reach("in_evaluation")


def address(number: str, *parts: str) -> str:
    return "/".join(["/solicitudes", number, "visita", *parts])


def digest_in(text: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def test_the_collective_reads_when_who_and_what_to_have_at_hand(visit: Visit, number: str) -> None:
    sent = visit("eval.1").post(address(number, "acordar"), data=PLAN | {"bring": "Libro de actas\nRótulos"})
    assert sent.status_code == 303
    shown = words_of(visit("coop").get(address(number)))
    for fact in (
        "20 de agosto de 2026 a las 14:30",
        "Camino de Prueba 123",
        "Eval.1, Eval.2",
        "Rótulos",
        "hasta el 10 de agosto de 2026",
    ):
        assert fact in shown
    notices = words_of(visit("coop").get("/avisos"))
    assert "Los visitamos el 20 de agosto de 2026" in notices


def test_the_collective_asks_for_another_date_with_its_reason(visit: Visit, number: str) -> None:
    visit("eval.1").post(address(number, "acordar"), data=PLAN)
    browser = visit("coop")
    bare = browser.post(address(number, "responder"), data={"answer": "other_date", "words": ""})
    assert (bare.status_code, len(errors_of(bare))) == (422, 1)
    browser.post(address(number, "responder"), data={"answer": "other_date", "words": "Es día de feria."})
    assert "Piden otra fecha. Es día de feria." in words_of(visit("eval.2").get(address(number)))
    again = browser.post(address(number, "responder"), data={"answer": "agreed"})
    assert again.status_code == 409


def test_after_its_term_the_collective_can_only_agree(visit: Visit, office: Office, number: str) -> None:
    visit("eval.1").post(address(number, "acordar"), data=PLAN)
    office.pass_days(9)
    late = visit("coop").post(
        address(number, "responder"), data={"answer": "other_person", "words": "Preferimos otra."}
    )
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"), [("on", "2026-07-01"), ("on", ""), ("at", "26:00"), ("visitors", ["eval.3"])]
)
def test_a_plan_that_cannot_be_is_refused(visit: Visit, number: str, field: str, value: str) -> None:
    page = visit("eval.1").post(address(number, "acordar"), data=PLAN | {field: value})
    assert page.status_code == 422


def test_three_people_are_heard_and_the_collective_never_reads_them(visit: Visit, number: str) -> None:
    browser = visit("eval.1")
    for told in ("uno", "dos", "tres"):
        browser.post(
            address(number, "conversaciones"), data={"outside_board": "false", "tells": f"Contó {told}."}
        )
    shown = words_of(browser.get(address(number, "conversaciones")))
    assert "Contó tres." in shown
    assert "Falta alguien que no sea de la directiva." in shown
    assert "tres personas por lo menos." not in shown.replace("Con tres personas por lo menos, y", "")
    assert visit("coop").get(address(number, "conversaciones")).status_code == 403
    assert "Contó" not in visit("coop").get(address(number)).text
    assert visit("coord").get(address(number, "conversaciones")).status_code == 403


def test_a_form_that_arrives_twice_is_taken_once(visit: Visit, office: Office, number: str) -> None:
    browser = visit("eval.1")
    page = browser.get(address(number, "conversaciones"))
    once = re.search(r'name="once" value="([a-z2-7]{26})"', page.text)
    assert once
    sent = {"once": once[1], "outside_board": "true", "tells": "Contó algo."}
    answers = [browser.post(address(number, "conversaciones"), data=sent).status_code for _ in range(3)]
    assert answers == [303, 303, 303]
    with office.look("eval.1") as work:
        assert len(list_interviews(work, office.application(work, number))) == 1


def test_both_sides_sign_the_record_on_one_screen(visit: Visit, number: str, tmp_path: Path) -> None:
    browser = visit("eval.1")
    digest = digest_in(browser.get(address(number, "acta")).text)
    for side, name in (("evaluators", "Evaluadora de Prueba"), ("collective", "Presidenta de Prueba")):
        sent = {"side": side, "name": name, "digest": digest, "strokes": "M10 20L30 40L50 20"}
        assert browser.post(address(number, "acta"), data=sent).status_code == 303
    shown = words_of(browser.get(address(number, "acta")))
    assert "Por el colectivo: Presidenta de Prueba" in shown
    twice = browser.post(address(number, "acta"), data={"side": "evaluators", "name": "X", "digest": digest})
    assert twice.status_code == 409
    paper = tmp_path / "acta.pdf"
    paper.write_bytes(visit("coop").get(address(number, "acta.pdf")).content)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True)
    for fact in ("Acta de visita", "Presidenta de Prueba", "3 de agosto de 2026"):
        assert fact in text.stdout


def test_what_was_signed_no_longer_counts_when_the_record_changes(
    visit: Visit, office: Office, number: str
) -> None:
    browser = visit("eval.1")
    digest = digest_in(browser.get(address(number, "acta")).text)
    browser.post(address(number, "acta"), data={"side": "evaluators", "name": "Ana", "digest": digest})
    with office.work("eval.1") as work:
        evidence.see_on_site(work, office.application(work, number), "E3", work.today)
    shown = words_of(browser.get(address(number, "acta")))
    assert "Por la evaluación: Ana" not in shown
    stale = browser.post(
        address(number, "acta"), data={"side": "evaluators", "name": "Ana", "digest": digest}
    )
    assert stale.status_code == 409


def test_the_collective_signs_for_itself_only(visit: Visit, number: str) -> None:
    browser = visit("coop")
    digest = digest_in(browser.get(address(number, "acta")).text)
    foreign = browser.post(
        address(number, "acta"), data={"side": "evaluators", "name": "A", "digest": digest}
    )
    assert foreign.status_code == 403
    own = browser.post(address(number, "acta"), data={"side": "collective", "name": "A", "digest": digest})
    assert own.status_code == 303


@pytest.mark.parametrize("strokes", ["M0 0L1 1<script>", "url(x)", "M0,0"])
def test_a_drawn_signature_is_only_lines(visit: Visit, number: str, strokes: str) -> None:
    browser = visit("eval.1")
    digest = digest_in(browser.get(address(number, "acta")).text)
    sent = {"side": "evaluators", "name": "A", "digest": digest, "strokes": strokes}
    assert browser.post(address(number, "acta"), data=sent).status_code == 422


def test_what_is_missing_to_judge_is_asked_and_answered_without_naming_who(
    visit: Visit, office: Office, number: str
) -> None:
    with office.look("eval.1") as work:
        seat = next(row.key for row in office.seats(work, number) if row.dimension == "participation")
    asked = {"indicator": "PAR1", "words": "Las listas de asistencia de 2025."}
    assert visit("eval.1").post(f"/evaluacion/{seat}/pedir", data=asked).status_code == 303
    browser = visit("coop")
    page = browser.get(f"/solicitudes/{number}")
    assert "Las listas de asistencia de 2025." in words_of(page)
    assert "Eval.1" not in page.text
    added = browser.post(
        f"/solicitudes/{number}/evidencia",
        data={"title": "Listas", "kind": "acta_asamblea", "form": "stored"},
        files={"file": ("listas.jpg", picture(), "image/jpeg")},
    )
    assert added.status_code == 303
    answered = browser.post(address(number, "pedidos", "1"), data={"answer": "Van en E4."})
    assert answered.status_code == 303
    sheet = words_of(visit("eval.1").get(f"/evaluacion/{seat}"))
    assert "Van en E4." in sheet
    assert visit("eval.1").post(f"/evaluacion/{seat}/seguir").status_code == 303
    late = browser.post(
        f"/solicitudes/{number}/evidencia",
        data={"title": "Otra", "kind": "acta_asamblea", "form": "stored"},
        files={"file": ("a.jpg", picture(), "image/jpeg")},
    )
    assert late.status_code == 409


def test_what_an_evaluator_asked_for_is_not_taken_back(office: Office, number: str) -> None:
    with office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == "participation")
        missing.await_evidence(work, seat, missing.AskInput(indicator="PAR1", words="Algo."))
    with office.work("coop") as work:
        application = office.application(work, number)
        given = evidence.EvidenceInput(kind="acta_asamblea", title="Acta", filename="a.txt")
        item = evidence.add_evidence(work, application, given, purify(b"Acta"))
        with pytest.raises(Refused) as refused:
            evidence.take_back_evidence(work, application, item.code)
        assert refused.value.code == "evidence_closed"


def test_nobody_but_the_collective_answers_for_it(office: Office, number: str) -> None:
    with office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == "participation")
        request = missing.await_evidence(work, seat, missing.AskInput(indicator="PAR1", words="Algo."))
        key = request.key
    with pytest.raises(NotAllowed), office.work("otra") as work:
        missing.answer_evidence_request(
            work, office.application(work, number), key, missing.AnsweredInput(answer="Sí.")
        )

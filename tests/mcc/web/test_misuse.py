"""Misuse of the mark: anybody may say so without a name, the office answers, and whoever said it learns the outcome."""

import re
from io import BytesIO

import pytest
from PIL import Image

from mcc.actions import cases, check_files, misuse, notify
from mcc.actions.accounts import find_account
from mcc.actions.impartiality import took_part
from mcc.actions.work import PUBLIC
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import START, Office

SEEN = {"words": "Vendían miel con el sello.", "place": "Feria de Pando", "seen_on": "2026-08-02"}


def report(visit: Visit, **more: str) -> str:
    """The receipt of a report by a stranger."""
    page = visit(None).post("/uso-indebido", data=SEEN | more)
    found = re.fullmatch(r"/uso-indebido/([a-z2-7]{10})\?recibido=1", page.headers["location"])
    assert found, page.headers["location"]
    return found[1]


def test_a_stranger_reports_and_keeps_a_receipt(visit: Visit) -> None:
    receipt = report(visit)
    shown = words_of(visit(None).get(f"/uso-indebido/{receipt}?recibido=1"))
    assert "Recibimos el aviso" in shown
    assert receipt in shown
    assert "miel" not in shown


def test_the_office_is_told_and_sees_what_was_reported(visit: Visit, office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        code = office.certificate(work, number).public_code
    receipt = report(visit, certificate=code, contact="alguien@ejemplo.invalid")
    browser = visit("coord")
    assert receipt in browser.get("/casos").text
    shown = words_of(browser.get(f"/casos/{receipt}"))
    for fact in (
        "Vendían miel con el sello.",
        "Feria de Pando",
        "alguien@ejemplo.invalid",
        "MCC-2026-000001",
    ):
        assert fact in shown
    with office.look("coord") as work:
        assert [row.code for row in notify.list_own(work)][:1] == ["misuse_reported"]


def test_the_holder_reads_nothing_of_a_report_about_it(visit: Visit, office: Office) -> None:
    number = office.issued()
    receipt = report(visit, certificate="MCC-2026-000001-G")
    assert visit("coop").get(f"/casos/{receipt}").status_code == 403
    assert "denuncia" not in words_of(visit("coop").get(f"/solicitudes/{number}")).lower()


def test_a_case_goes_its_way_and_the_receipt_tells_the_outcome(visit: Visit) -> None:
    receipt = report(visit)
    browser = visit("coord")
    for move in ("acknowledge", "accept_case", "investigate"):
        assert browser.post(f"/casos/{receipt}", data={"move": move, "words": ""}).status_code == 303
    refused = browser.post(f"/casos/{receipt}", data={"move": "resolve.upheld", "words": ""})
    assert (refused.status_code, len(errors_of(refused))) == (422, 1)
    browser.post(f"/casos/{receipt}", data={"move": "resolve.upheld", "words": "Se retiró el cartel."})
    shown = words_of(visit(None).get(f"/uso-indebido/{receipt}"))
    assert "Caso resuelto" in shown
    assert "Se retiró el cartel." in shown
    assert "Se les dio la razón." in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(visit: Visit) -> None:
    page = visit(None).post("/uso-indebido", data={"words": "", "place": "Feria", "seen_on": "2027-01-01"})
    assert page.status_code == 422
    assert typed_in(page, "place") == "Feria"
    later = visit(None).post("/uso-indebido", data=SEEN | {"seen_on": "2027-01-01"})
    assert len(errors_of(later)) == 1


def test_a_photo_is_drawn_anew_and_shown_to_the_office_alone(visit: Visit, office: Office) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
    page = visit(None).post(
        "/uso-indebido", data=SEEN, files={"file": ("foto.jpg", drawn.getvalue(), "image/jpeg")}
    )
    receipt = page.headers["location"].split("/")[-1].partition("?")[0]
    assert visit("coord").get(f"/casos/{receipt}/imagen").headers["content-type"] == "image/jpeg"
    assert visit("eval.1").get(f"/casos/{receipt}/imagen").status_code == 403
    with office.look("audita") as work:
        assert list(check_files.check_evidence(work)) == []


def test_what_is_no_photo_is_refused_and_what_was_typed_stays(visit: Visit) -> None:
    for name in ("foto.jpg", "foto.exe"):
        page = visit(None).post("/uso-indebido", data=SEEN, files={"file": (name, b"hola", "image/jpeg")})
        assert (page.status_code, len(errors_of(page))) == (422, 1)
        assert "Eso no es una foto." in errors_of(page)[0]
        assert typed_in(page, "place") == SEEN["place"]


def test_its_receipt_is_known_where_receipts_are_asked_for(visit: Visit) -> None:
    receipt = report(visit)
    page = visit(None).post("/seguimiento", data={"receipt": f" {receipt.upper()} "})
    assert (page.status_code, page.headers["location"]) == (303, f"/uso-indebido/{receipt}")


def test_a_machine_cannot_fill_the_office_with_reports(office: Office, visit: Visit) -> None:
    with office.installation.work(PUBLIC) as work:
        for _ in range(misuse.MOST_AN_HOUR):
            misuse.report_misuse(work, misuse.MisuseInput(words="x", place="y", seen_on=START.date()))
    assert visit(None).post("/uso-indebido", data=SEEN).status_code == 503


@pytest.mark.parametrize("receipt", ["aaaaaaaaaa", "x", "A B"])
def test_an_unknown_receipt_is_not_on_record(visit: Visit, receipt: str) -> None:
    assert visit(None).get(f"/uso-indebido/{receipt}").status_code == 404


def test_an_expert_who_evaluated_the_file_cannot_study_its_case(office: Office, visit: Visit) -> None:
    office.issued()
    report(visit, certificate="MCC-2026-000001-G")
    with office.look("coord") as work:
        (case,) = cases.list_open(work)
        coord, evaluator = (find_account(work, name).key for name in ("coord", "eval.1"))
        assert case.application_id is not None
        assert not took_part(work, case.application_id, coord)
        assert took_part(work, case.application_id, evaluator)

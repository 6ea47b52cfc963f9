"""The papers are offered when they exist, and only to those who may read them."""

import pytest

from tests.mcc.web.conftest import Visit, words_of
from tests.office import Office


def test_a_file_on_the_way_has_a_report_and_a_letter(visit: Visit, office: Office) -> None:
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    browser = visit("coop")
    shown = words_of(browser.get(f"/solicitudes/{number}"))
    assert ("Descargar la carta (PDF)" in shown, "Descargar el informe (PDF)" in shown) == (True, True)
    for paper in ("informe", "carta"):
        page = browser.get(f"/solicitudes/{number}/{paper}.pdf")
        assert (page.status_code, page.content[:5]) == (200, b"%PDF-")
        assert page.headers["content-disposition"] == f'attachment; filename="{paper}-{number}.pdf"'


@pytest.mark.parametrize("paper", ["informe", "carta"])
def test_there_is_no_paper_before_the_decision(visit: Visit, office: Office, paper: str) -> None:
    number = office.submit()
    browser = visit("coop")
    assert browser.get(f"/solicitudes/{number}/{paper}.pdf").status_code == 409
    assert "Descargar" not in words_of(browser.get(f"/solicitudes/{number}"))


def test_the_papers_of_others_do_not_exist(visit: Visit, office: Office) -> None:
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    assert visit("otra").get(f"/solicitudes/{number}/informe.pdf").status_code == 404

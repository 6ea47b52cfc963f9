"""The language of a page is the one that its reader chose."""

import pytest

from tests.mcc.web.conftest import Visit
from tests.office import Office

BROWSER = {"Accept-Language": "en-US,en;q=0.9"}


def language_of(page: str) -> str:
    return page.partition('lang="')[2].partition('"')[0]


def test_a_page_is_in_spanish_until_somebody_chooses(visit: Visit) -> None:
    assert language_of(visit(None).get("/entrar", headers=BROWSER).text) == "es-UY"


@pytest.mark.parametrize(("chosen", "tag"), [("en", "en"), ("pt", "pt-BR"), ("es", "es-UY"), ("fr", "es-UY")])
def test_a_language_that_was_chosen_is_kept(visit: Visit, chosen: str, tag: str) -> None:
    browser = visit(None)
    assert language_of(browser.get(f"/entrar?idioma={chosen}").text) == tag
    assert language_of(browser.get("/seguimiento").text) == tag


def test_every_page_leads_to_itself_in_the_other_languages(visit: Visit) -> None:
    page = visit(None).get("/entrar?volver=/solicitudes").text
    assert 'href="/entrar?volver=%2Fsolicitudes&amp;idioma=pt"' in page


def test_the_status_page_sets_no_cookie(visit: Visit, office: Office) -> None:
    with office.look("coord") as work:
        code = office.certificate(work, office.issued()).public_code
    answer = visit(None).get(f"/v/{code}?idioma=en")
    assert language_of(answer.text) == "en"
    assert "set-cookie" not in answer.headers
    assert language_of(visit(None).get(f"/v/{code}").text) == "es-UY"

"""Evidence comes in as a file or to be seen on site, and goes out as it came in."""

from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office


def test_what_is_downloaded_is_what_was_sent(visit: Visit, office: Office) -> None:
    number = office.submit()
    page = visit("coord").get(f"/solicitudes/{number}/evidencia/E1")
    assert (page.content, page.headers["content-type"]) == (
        b"Estatuto de prueba",
        "text/plain; charset=utf-8",
    )
    assert page.headers["content-disposition"] == 'attachment; filename="E1-E1.txt"'


def test_a_file_of_another_application_does_not_exist(visit: Visit, office: Office) -> None:
    number = office.submit("coop")
    assert visit("otra").get(f"/solicitudes/{number}/evidencia/E1").status_code == 404


def test_a_file_that_is_no_document_is_refused_and_the_title_stays(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    page = visit("coord").post(
        f"/solicitudes/{number}/evidencia",
        data={"title": "Programa", "kind": "otro", "form": "stored"},
        files={"file": ("programa.exe", b"MZ\x00\x90")},
    )
    assert page.status_code == 422
    assert errors_of(page) == ["Archivo: El archivo tiene que ser PDF, JPEG, PNG o texto."]
    assert typed_in(page, "title") == "Programa"


def test_a_file_is_never_dropped_without_a_word(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    page = visit("coord").post(
        f"/solicitudes/{number}/evidencia",
        data={"title": "Libro", "kind": "libro_actas", "form": "seen_on_site"},
        files={"file": ("libro.txt", b"Libro de prueba")},
    )
    assert page.status_code == 422
    assert "Eligieron un archivo y también «Se ve en el lugar»." in words_of(page)


def test_an_upload_without_a_file_says_so(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    data = {"title": "Acta", "kind": "acta_asamblea", "form": "stored"}
    page = visit("coord").post(f"/solicitudes/{number}/evidencia", data=data)
    assert errors_of(page) == ["Archivo: Falta el archivo, o está vacío. Elíjanlo de nuevo."]


def test_the_applicant_adds_nothing_while_the_office_has_the_file(visit: Visit, office: Office) -> None:
    number = office.submit()
    assert visit("coop").get(f"/solicitudes/{number}/evidencia").status_code == 409


def test_an_evaluator_confirms_what_was_seen_on_site(visit: Visit, office: Office) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    browser = visit("eval.1")
    address = f"/solicitudes/{number}/evidencia/E3/vista"
    assert "Confirmar que la vi" in words_of(browser.get(f"/solicitudes/{number}"))
    assert errors_of(browser.post(address, data={"seen_on": ""})) == ["Visto el: Falta este dato."]
    assert errors_of(browser.post(address, data={"seen_on": "2031-01-01"})) == [
        "Visto el: El 1 de enero de 2031 todavía no llegó."
    ]
    assert browser.post(address, data={"seen_on": "2026-08-03"}).status_code == 303
    assert "Vista en el lugar el 3 de agosto de 2026" in words_of(browser.get(f"/solicitudes/{number}"))

"""What a stranger learns: the truth of this moment, in words, with or without the file."""

from collections.abc import Callable

import pytest

from certificates import certificate_number
from mcc.actions.suspend import ReasonInput, relinquish, suspend, withdraw
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office


@pytest.fixture
def number(office: Office) -> str:
    return office.issued()


def code_of(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return office.certificate(work, number).public_code


def stored_file(office: Office, number: str) -> bytes:
    with office.look("coord") as work:
        return office.installation.files.certificate(office.certificate(work, number).number).read_bytes()


def test_a_valid_certificate_says_for_whom_for_what_and_until_when(
    visit: Visit, office: Office, number: str
) -> None:
    page = visit(None).get(f"/v/{code_of(office, number)}")
    shown = words_of(page)
    assert page.status_code == 200
    assert "VIGENTE Puede usar la Marca en estos productos hasta el 2 de agosto de 2028." in shown
    for fact in ("Cooperativa de Prueba (ficticia)", "Queso colonia", "EDICIÓN PILOTO", "26/00001"):
        assert fact in shown
    assert "Comprobado el 3 de agosto de 2026 a las 10:00." in shown
    assert "Persona de Prueba" not in page.text
    assert (page.headers["cache-control"], "set-cookie" in page.headers) == ("no-store", False)


def test_the_page_says_what_happened_since(visit: Visit, office: Office, number: str) -> None:
    browser, address = visit(None), f"/v/{code_of(office, number)}"
    assert "VIGENTE" in words_of(browser.get(address))
    for change, word in ((suspend, "SUSPENDIDA"), (withdraw, "RETIRADA")):
        office.carry(number, change, "Por esto.")
        assert word in words_of(browser.get(address))


def test_a_mark_that_was_given_up_says_so(visit: Visit, office: Office, number: str) -> None:
    with office.work("coop") as work:
        relinquish(work, office.certificate(work, number), ReasonInput(reason="Cerramos."))
    shown = words_of(visit(None).get(f"/v/{code_of(office, number)}"))
    assert "RENUNCIADA El colectivo la dejó por decisión propia el 3 de agosto de 2026." in shown


def test_a_certificate_past_its_date_is_expired_without_any_job(
    visit: Visit, office: Office, number: str
) -> None:
    office.pass_days(731)
    shown = words_of(visit(None).get(f"/v/{code_of(office, number)}"))
    assert "VENCIDA Venció el 2 de agosto de 2028." in shown


@pytest.mark.parametrize("code", ["nada", "a" * 26, "..%2f..%2fetc", "A" * 26, "x" * 5000])
def test_an_unknown_code_is_not_in_the_register(visit: Visit, code: str) -> None:
    page = visit(None).get(f"/v/{code}")
    assert page.status_code == 404
    if "%2f" not in code:
        assert "NO FIGURA No está en el registro." in words_of(page)


def test_a_database_that_fails_is_neither_yes_nor_no(visit: Visit, office: Office, number: str) -> None:
    code = code_of(office, number)
    office.installation.database.close()
    (office.installation.settings.data / "mcc.sqlite3").write_bytes(b"broken " * 1000)
    page = visit(None).get(f"/v/{code}")
    assert page.status_code == 503
    assert "NO SE PUDO COMPROBAR No es un sí ni un no." in words_of(page)


def test_the_certificate_is_the_published_file(visit: Visit, office: Office, number: str) -> None:
    page = visit(None).get(f"/v/{code_of(office, number)}/certificado.pdf")
    assert page.content == stored_file(office, number)
    assert page.headers["content-type"] == "application/pdf"


def test_a_file_that_was_replaced_is_not_handed_out(visit: Visit, office: Office, number: str) -> None:
    with office.look("coord") as work:
        path = office.installation.files.certificate(office.certificate(work, number).number)
    path.write_bytes(b"%PDF-1.7 falso")
    assert visit(None).get(f"/v/{code_of(office, number)}/certificado.pdf").status_code == 503


@pytest.mark.parametrize("write", [str, str.lower, lambda text: f"  {text} "])
def test_a_number_leads_to_the_same_page(
    visit: Visit, office: Office, number: str, write: Callable[[str], str]
) -> None:
    with office.look("coord") as work:
        printed = office.certificate(work, number).number
    answer = visit(None).post("/verificar", data={"number": write(printed)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{code_of(office, number)}")


def test_a_wrong_number_stays_in_its_field(visit: Visit) -> None:
    browser = visit(None)
    absurd = browser.post("/verificar", data={"number": "MCC-2026-1"})
    assert (absurd.status_code, typed_in(absurd, "number")) == (422, "MCC-2026-1")
    missing = browser.post("/verificar", data={"number": ""})
    assert errors_of(missing) == ["Número: Falta este dato."]


def test_a_number_of_nobody_is_not_in_the_register(visit: Visit, office: Office, number: str) -> None:
    page = visit(None).post("/verificar", data={"number": certificate_number(2026, 999)})
    assert page.status_code == 404
    assert "NO FIGURA" in words_of(page)
    assert errors_of(page) == []


def test_a_code_in_capitals_is_found(visit: Visit, office: Office, number: str) -> None:
    assert visit(None).get(f"/v/{code_of(office, number).upper()}").status_code == 200


def test_a_check_without_a_file_asks_for_the_file(visit: Visit) -> None:
    page = visit(None).post("/verificar", files={"file": ("", b"")})
    assert page.status_code == 422
    assert errors_of(page) == ["Archivo: Falta el archivo, o está vacío. Elíjanlo de nuevo."]


def test_the_published_file_is_authentic_and_shows_todays_status(
    visit: Visit, office: Office, number: str
) -> None:
    sent = {"file": ("mi certificado.pdf", stored_file(office, number), "application/pdf")}
    page = visit(None).post("/verificar", files=sent)
    shown = words_of(page)
    assert page.status_code == 200
    assert "AUTÉNTICO. Es el archivo que publicó el registro, sin cambios." in shown
    assert shown.index("VIGENTE") < shown.index("AUTÉNTICO")


def test_an_authentic_file_of_a_suspended_mark_is_no_yes(visit: Visit, office: Office, number: str) -> None:
    office.carry(number, suspend, "Venció.")
    page = visit(None).post("/verificar", files={"file": ("a.pdf", stored_file(office, number))})
    shown = words_of(page)
    assert "<title>SUSPENDIDA ·" in page.text
    assert shown.index("SUSPENDIDA") < shown.index("AUTÉNTICO")
    assert "VIGENTE" not in shown


def test_a_changed_file_is_not_valid_and_says_why(visit: Visit, office: Office, number: str) -> None:
    content = bytearray(stored_file(office, number))
    content[len(content) // 2] ^= 1
    page = visit(None).post("/verificar", files={"file": ("a.pdf", bytes(content))})
    shown = words_of(page)
    assert "NO ES VÁLIDO" in shown
    assert "VIGENTE" not in shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hola", "El archivo no es un PDF."),
        (b"%PDF-1.7\n", "El PDF está dañado o cortado, o no está hecho como nuestros certificados."),
    ],
)
def test_something_else_is_told_what_it_is(visit: Visit, content: bytes, sentence: str) -> None:
    page = visit(None).post("/verificar", files={"file": ("a.pdf", content)})
    assert sentence in words_of(page)


def test_a_photo_of_a_certificate_gets_advice_and_no_verdict(visit: Visit) -> None:
    page = visit(None).post(
        "/verificar", files={"file": ("foto.jpg", b"\xff\xd8\xff\xe0 foto", "image/jpeg")}
    )
    (told,) = errors_of(page)
    assert told.startswith("Archivo: Eso es una foto, y una foto no se puede comprobar.")
    assert "No se guardó nada" not in words_of(page)

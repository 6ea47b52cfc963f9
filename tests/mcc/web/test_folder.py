"""The folder on a phone: photographed, seen, replaced, taken out; a picture is shown and never runs."""

from tests.mcc.pictures import picture
from tests.mcc.web.conftest import Visit, errors_of, typed_in, words_of
from tests.office import Office

PHOTO = {"file": ("acta.jpg", picture(), "image/jpeg")}


def test_a_paper_is_added_seen_replaced_and_taken_out(visit: Visit, office: Office) -> None:
    folder = f"/colectivos/{office.register()}/carpeta"
    phone = visit("coop")
    assert "Todavía está vacía" in words_of(phone.get(folder))
    given = {"document": "statute", "expires_on": "2026-08-20"}
    assert phone.post(f"{folder}/agregar", data=given, files=PHOTO).headers["location"] == folder
    said = words_of(phone.get(folder))
    assert "Estatuto inscripto" in said
    assert "Por vencer el 20 de agosto de 2026" in said
    assert phone.get(f"{folder}/1").headers["content-disposition"] == 'attachment; filename="acta.jpg"'
    assert phone.post(f"{folder}/1/reemplazar", data={"document": "statute"}, files=PHOTO).status_code == 303
    assert phone.get(f"{folder}/1").status_code == 404
    assert phone.post(f"{folder}/2/sacar").status_code == 303
    assert "Todavía está vacía" in words_of(phone.get(folder))


def test_a_picture_is_shown_alone_and_locked_in(visit: Visit, office: Office) -> None:
    folder = f"/colectivos/{office.register()}/carpeta"
    phone = visit("coop")
    phone.post(f"{folder}/agregar", data={"document": "statute"}, files=PHOTO)
    phone.post(
        f"{folder}/agregar",
        data={"document": "authorities"},
        files={"file": ("a.pdf", b"%PDF-1.7 prueba", "application/pdf")},
    )
    shown = phone.get(f"{folder}/1/imagen")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert phone.get(f"{folder}/2/imagen").status_code == 404


def test_what_was_typed_stays_when_the_file_is_wrong(visit: Visit, office: Office) -> None:
    folder = f"/colectivos/{office.register()}/carpeta"
    page = visit("coop").post(
        f"{folder}/agregar",
        data={"document": "other", "title": "Contrato del local", "expires_on": "2027-01-01"},
        files={"file": ("virus.jpg", b"MZ\x90\x00", "image/jpeg")},
    )
    assert page.status_code == 422
    assert len(errors_of(page)) == 1
    assert (typed_in(page, "title"), typed_in(page, "expires_on")) == ("Contrato del local", "2027-01-01")


def test_a_folder_of_others_does_not_exist(visit: Visit, office: Office) -> None:
    folder = f"/colectivos/{office.register()}/carpeta"
    visit("coop").post(f"{folder}/agregar", data={"document": "statute"}, files=PHOTO)
    for username in ("otra", "coord", "audita"):
        other = visit(username)
        for path in ("", "/1", "/1/imagen", "/carpeta.zip", "/agregar"):
            assert other.get(folder + path).status_code == 404, (username, path)
        assert other.post(f"{folder}/1/sacar").status_code == 404


def test_the_bundle_is_one_zip(visit: Visit, office: Office) -> None:
    folder = f"/colectivos/{office.register()}/carpeta"
    phone = visit("coop")
    phone.post(f"{folder}/agregar", data={"document": "statute"}, files=PHOTO)
    assert phone.get(f"{folder}/carpeta.zip").content.startswith(b"PK")

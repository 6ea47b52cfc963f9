"""The pages on which several collectives become holders together."""

import re

from mcc.actions import apply
from tests.mcc.web.conftest import Visit, errors_of, words_of
from tests.office import Office


def test_from_the_link_to_the_second_name(visit: Visit, office: Office) -> None:
    office.draft("otra")
    key = office.draft("coop")
    coop, otra = visit("coop"), visit("otra")
    assert f"/solicitudes/{key}/titulares" in coop.get(f"/solicitudes/{key}").text
    asked = coop.post(f"/solicitudes/{key}/titulares", data={"name": "Las de al lado"})
    found = re.search(r"/titular/\w+", asked.text)
    assert found is not None
    assert "todavía no aceptó" in words_of(coop.get(f"/solicitudes/{key}/titulares"))
    assert "/entrar?volver=/titular/" in visit(None).get(found[0]).text
    page = otra.get(found[0])
    option = re.search(r'<option value="(\d+)">', page.text)
    assert option is not None
    nothing = otra.post(found[0], data={"organisation": ""})
    assert (nothing.status_code, len(errors_of(nothing))) == (422, 1)
    assert otra.post(found[0], data={"organisation": option[1]}).status_code == 303
    assert otra.get(f"/solicitudes/{key}").status_code == 200
    assert "aceptó el" in words_of(coop.get(f"/solicitudes/{key}/titulares"))
    assert otra.get(f"/solicitudes/{key}/titulares").status_code in {403, 404}
    assert visit(None).get(found[0]).status_code == 404


def test_a_name_is_needed(visit: Visit, office: Office) -> None:
    key = office.draft("coop")
    page = visit("coop").post(f"/solicitudes/{key}/titulares", data={"name": " "})
    assert (page.status_code, len(errors_of(page))) == (422, 1)


def test_a_holder_agrees_again_on_the_page_of_the_application(visit: Visit, office: Office) -> None:
    office.draft("otra")
    key = office.draft("coop")
    coop, otra = visit("coop"), visit("otra")
    asked = coop.post(f"/solicitudes/{key}/titulares", data={"name": "Las de al lado"})
    link = re.search(r"/titular/\w+", asked.text)
    assert link is not None
    option = re.search(r'<option value="(\d+)">', otra.get(link[0]).text)
    assert option is not None
    otra.post(link[0], data={"organisation": option[1]})
    assert "Aceptar lo que se pide ahora" not in words_of(otra.get(f"/solicitudes/{key}"))
    with office.work("coop") as work:
        application = office.open_draft(work, key)
        scope = apply.ScopeInput(**application.model_dump(include=set(apply.ScopeInput.model_fields)))
        apply.revise_application(work, application, scope.model_copy(update={"products": ["Miel"]}))
    assert "Aceptar lo que se pide ahora" in words_of(otra.get(f"/solicitudes/{key}"))
    assert "Aceptar lo que se pide ahora" not in words_of(coop.get(f"/solicitudes/{key}"))
    assert otra.post(f"/solicitudes/{key}/titulares/aceptar").status_code == 303
    assert "Aceptar lo que se pide ahora" not in words_of(otra.get(f"/solicitudes/{key}"))

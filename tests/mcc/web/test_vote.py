"""The committee's pages: voting, drafts, stepping aside, and who sits there."""

from mcc.actions.accounts import change_roles
from mcc.actions.mandates import MandateInput, name_member
from mcc.actions.work import SYSTEM, Role
from tests.mcc.web.conftest import Visit, chosen_in, errors_of, typed_in, words_of
from tests.office import Office

VOTE = {"award": "granted", "reasons": "Según el informe.", "cast": "yes"}


def test_the_form_offers_the_computed_award_and_lower_ones(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    page = visit("comite").get(f"/solicitudes/{number}/voto")
    assert chosen_in(page, "award") == [], "the committee chooses, not the page"
    assert 'value="granted"' in page.text
    assert ('value="on_the_way"' in page.text, 'value="distinction"' in page.text) == (True, False)
    assert "Votan por: Intendencia de Canelones" in words_of(page)


def test_a_vote_needs_its_reasons_and_keeps_what_was_typed(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    page = visit("comite").post(f"/solicitudes/{number}/voto", data={**VOTE, "award": ""})
    assert (page.status_code, len(errors_of(page)), typed_in(page, "reasons")) == (422, 1, VOTE["reasons"])


def test_from_a_draft_to_the_recorded_decision(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    one, other = visit("comite"), visit("comite.2")
    assert one.post(f"/solicitudes/{number}/voto", data={**VOTE, "cast": "no"}).status_code == 303
    assert "Este voto es un borrador" in words_of(one.get(f"/solicitudes/{number}/voto"))
    assert "Votos de las instituciones: 0 de 3." in words_of(other.get("/comite"))
    assert one.get(f"/solicitudes/{number}/decision").headers["location"].endswith("/voto")
    for browser in (one, other):
        assert browser.post(f"/solicitudes/{number}/voto", data=VOTE).headers["location"] == "/comite"
    assert "Votos de las instituciones: 2 de 3. Ustedes ya votaron." in words_of(other.get("/comite"))
    assert other.get(f"/solicitudes/{number}/decision").status_code == 200


def test_who_steps_aside_is_shown_nothing_of_the_file_any_more(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    browser = visit("comite.2")
    empty = browser.post(f"/solicitudes/{number}/excusarme", data={"reason": " "})
    assert (empty.status_code, len(errors_of(empty))) == (422, 1)
    assert browser.post(f"/solicitudes/{number}/excusarme", data={"reason": "Vínculo."}).status_code == 303
    assert number not in browser.get("/comite").text + browser.get("/solicitudes").text
    assert browser.get(f"/solicitudes/{number}").status_code == 404


def test_the_administration_names_who_sits_in_the_committee(visit: Visit, office: Office) -> None:
    admin = visit("admin")
    shown = words_of(admin.get("/administracion/comite"))
    assert "Inacoop Hoy nadie puede votar por esta institución." in shown
    seat = {
        "username": "comite",
        "institution": "inacoop",
        "substitute": "no",
        "since": "2026-08-03",
        "act": "N",
    }
    taken = admin.post("/administracion/comite", data=seat)
    assert (taken.status_code, typed_in(taken, "act")) == (409, "N")
    assert admin.post("/administracion/comite/1/terminar").status_code == 303
    assert admin.post("/administracion/comite", data=seat).status_code == 303
    assert "Intendencia de Canelones Hoy nadie puede votar" in words_of(admin.get("/administracion/comite"))
    late = admin.post("/administracion/comite/1/terminar")
    assert late.status_code == 404
    office_page = visit("coord").get("/administracion/comite")
    assert "Nombrar a una persona" not in words_of(office_page)


def test_the_committee_returns_a_file_with_the_questions_of_its_votes(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    one, other = visit("comite"), visit("comite.2")
    assert one.get(f"/solicitudes/{number}/devolver").status_code == 409
    for browser, question in ((one, "¿Quién lleva las actas?"), (other, "¿Dónde se elabora?")):
        back = {"award": "return", "reasons": question, "cast": "yes"}
        assert browser.post(f"/solicitudes/{number}/voto", data=back).status_code == 303
    assert one.get(f"/solicitudes/{number}/decision").headers["location"].endswith("/devolver")
    assert f"/solicitudes/{number}/devolver" in one.get("/comite").text
    page = one.get(f"/solicitudes/{number}/devolver")
    assert typed_in(page, "questions") == "¿Quién lleva las actas?\n\n¿Dónde se elabora?"
    empty = one.post(f"/solicitudes/{number}/devolver", data={"questions": " "})
    assert errors_of(empty) == ["Preguntas: Falta este dato."]
    done = one.post(f"/solicitudes/{number}/devolver", data={"questions": "¿Quién lleva las actas?"})
    assert done.status_code == 303
    shown = words_of(visit("revisa").get(f"/solicitudes/{number}/revision"))
    assert "El comité la devolvió con estas preguntas: ¿Quién lleva las actas?" in shown


def test_the_outcome_is_not_shown_to_who_has_not_voted(visit: Visit, office: Office) -> None:
    number = office.in_decision()
    office.vote(number, "return")
    with office.installation.work(SYSTEM) as work:
        change_roles(work, "eval.4", [Role.COMMITTEE])
        name_member(
            work,
            MandateInput(username="eval.4", institution="inacoop", since=work.today, act="Nota 3"),
        )
    assert "Devolver a la revisión" not in visit("eval.4").get("/comite").text

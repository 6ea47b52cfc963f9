"""The people of a collective: invited by a link that works once, never left without somebody to represent it."""

import re

from tests.mcc.web.conftest import Visit, words_of
from tests.office import Office


def invite(visit: Visit, standing: str = "helper") -> str:
    page = visit("coop").post("/colectivos/1/personas", data={"name": "Una socia", "standing": standing})
    assert page.status_code == 200
    found = re.search(r"/invitacion/([a-z2-7]+)", page.text)
    assert found is not None
    return found[0]


def test_a_link_brings_one_person_in_once(visit: Visit, office: Office) -> None:
    office.register()
    link = invite(visit)
    assert "Cooperativa de Prueba (ficticia)" in words_of(visit(None).get(link))
    assert visit(None).post(link).status_code == 401
    friend = visit("otra")
    assert friend.post(link).headers["location"] == "/colectivos/1"
    assert friend.get("/colectivos/1/carpeta").status_code == 200
    assert visit("coord").post(link).status_code == 404


def test_a_helper_works_but_invites_nobody(visit: Visit, office: Office) -> None:
    office.register()
    visit("otra").post(invite(visit))
    friend = visit("otra")
    assert friend.post("/colectivos/1/personas", data={"name": "X", "standing": "helper"}).status_code == 403
    assert "Invitar a alguien" not in words_of(friend.get("/colectivos/1/personas"))
    assert friend.post("/colectivos/1/personas/11/sacar").status_code == 403


def test_an_invitation_ends_with_its_time_or_when_it_is_taken_back(visit: Visit, office: Office) -> None:
    office.register()
    first, second = invite(visit), invite(visit)
    visit("coop").post("/colectivos/1/invitaciones/1/anular")
    assert visit("otra").get(first).status_code == 404
    assert visit("otra").get(second).status_code == 200
    office.pass_days(15)
    assert visit("otra").post(second).status_code == 404


def keys_of(visit: Visit, username: str) -> list[int]:
    """Keys of the accounts that the page lets this person act on."""
    page = visit(username).get("/colectivos/1/personas").text
    return [int(key) for key in re.findall(r"/personas/(\d+)/sacar", page)]


def test_somebody_always_represents_the_collective(visit: Visit, office: Office) -> None:
    office.register()
    (mine,) = keys_of(visit, "coop")
    assert visit("coop").post(f"/colectivos/1/personas/{mine}/sacar").status_code == 409
    visit("otra").post(invite(visit))
    assert visit("coop").post(f"/colectivos/1/personas/{mine}/sacar").status_code == 409
    other = next(key for key in keys_of(visit, "coop") if key != mine)
    answer = visit("coop").post(f"/colectivos/1/personas/{other}/papel", data={"standing": "representative"})
    assert answer.status_code == 303
    assert visit("coop").post(f"/colectivos/1/personas/{mine}/sacar").headers["location"] == "/colectivos"
    assert visit("coop").get("/colectivos/1").status_code == 404
    assert visit("otra").get("/colectivos/1").status_code == 200


def test_whoever_joins_from_the_office_no_longer_works_on_its_files(visit: Visit, office: Office) -> None:
    number = office.submit()
    assert visit("coord").get(f"/solicitudes/{number}/tomar").status_code == 200
    visit("coord").post(invite(visit))
    assert visit("coord").get(f"/solicitudes/{number}/tomar").status_code == 403


def test_who_is_in_already_does_not_join_twice(visit: Visit, office: Office) -> None:
    office.register()
    assert visit("coop").post(invite(visit)).status_code == 409


def test_the_people_of_others_are_nobodys_business(visit: Visit, office: Office) -> None:
    office.register()
    for username in ("otra", "coord", "audita"):
        assert visit(username).get("/colectivos/1/personas").status_code == 404

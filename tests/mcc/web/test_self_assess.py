"""The collective's look at itself: kept page by page, seen by nobody who evaluates, closed once it is submitted."""

from tests.mcc.web.conftest import Visit, chosen_in, typed_in, words_of
from tests.office import Office


def test_each_dimension_is_a_page_that_leads_to_the_next(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{office.draft()}/autoevaluacion"
    phone = visit("coop")
    answer = phone.post(
        f"{address}/participation", data={"PAR1.level": "3", "PAR1.example": "La huerta común"}
    )
    assert answer.headers["location"] == f"{address}/decision_making"
    page = phone.get(f"{address}/participation")
    assert chosen_in(page, "PAR1.level") == ["3"]
    assert typed_in(page, "PAR1.example") == "La huerta común"
    assert "1 de 6" in words_of(phone.get(address))
    assert phone.post(f"{address}/territorial_insertion", data={}).headers["location"] == address


def test_the_answers_of_the_last_application_are_offered_until_others_are_kept(
    visit: Visit, office: Office
) -> None:
    phone = visit("coop")
    first = office.draft()
    said = {"PAR1.level": "3", "PAR1.example": "La huerta común"}
    phone.post(f"/solicitudes/{first}/autoevaluacion/participation", data=said)
    with office.look("coop") as work:
        (mine,) = work.actor.organisations
    address = f"/solicitudes/{office.draft('coop', mine)}/autoevaluacion"
    offered = phone.get(f"{address}/participation")
    assert "lo que escribieron la última vez" in words_of(offered)
    assert (chosen_in(offered, "PAR1.level"), typed_in(offered, "PAR1.example")) == (["3"], "La huerta común")
    assert "lo que escribieron la última vez" not in words_of(phone.get(f"{address}/decision_making"))
    phone.post(f"{address}/participation", data={"PAR2.level": "1"})
    kept = phone.get(f"{address}/participation")
    assert (chosen_in(kept, "PAR1.level"), chosen_in(kept, "PAR2.level")) == ([], ["1"])


def test_the_answers_of_another_collective_are_not_offered(visit: Visit, office: Office) -> None:
    said = {"PAR1.level": "3", "PAR1.example": "La huerta común"}
    visit("otra").post(f"/solicitudes/{office.draft('otra')}/autoevaluacion/participation", data=said)
    page = visit("coop").get(f"/solicitudes/{office.draft()}/autoevaluacion/participation")
    assert chosen_in(page, "PAR1.level") == []


def test_what_is_left_out_is_open_again(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{office.draft()}/autoevaluacion"
    phone = visit("coop")
    phone.post(f"{address}/participation", data={"PAR1.level": "3"})
    phone.post(f"{address}/participation", data={})
    assert chosen_in(phone.get(f"{address}/participation"), "PAR1.level") == []


def test_a_level_that_does_not_exist_is_refused_and_the_rest_kept(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{office.draft()}/autoevaluacion/participation"
    page = visit("coop").post(address, data={"PAR1.level": "9", "PAR2.example": "Cada lunes"})
    assert page.status_code == 422
    assert typed_in(page, "PAR2.example") == "Cada lunes"
    assert visit("coop").post(address, data={"PAR1.level": "x"}).status_code == 422


def test_nobody_else_sees_it(visit: Visit, office: Office) -> None:
    number = office.reach("in_evaluation")
    for username in ("coord", "eval.1", "revisa", "comite", "audita"):
        assert visit(username).get(f"/solicitudes/{number}/autoevaluacion").status_code in {403, 404}
    assert visit("coop").get(f"/solicitudes/{number}/autoevaluacion").status_code == 200


def test_it_closes_with_the_application(visit: Visit, office: Office) -> None:
    address = f"/solicitudes/{office.submit()}/autoevaluacion"
    phone = visit("coop")
    assert phone.get(f"{address}/participation").status_code == 409
    assert phone.post(f"{address}/participation", data={"PAR1.level": "3"}).status_code == 409
    assert phone.get(f"{address}/nada").status_code in {404, 409}

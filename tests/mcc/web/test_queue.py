"""«Qué me toca hacer»: whatever waits for somebody is the first thing that they see."""

import re

import pytest

from mcc.actions import motion
from mcc.actions.suspend import ReasonInput, relinquish, suspend
from tests.mcc.actions.test_appeal import PANEL, denied, file, move, notify
from tests.mcc.actions.test_renew import begin, pass_until
from tests.mcc.web.conftest import Visit, words_of
from tests.mcc.web.test_challenge import named
from tests.office import Office


def to_do(visit: Visit, username: str) -> str:
    """The part of the first page that says what waits."""
    page = visit(username).get("/solicitudes").text
    box = re.search(r'(?s)<section class="todo-box".*?</section>', page)
    assert box
    return " ".join(re.sub(r"<[^>]+>", " ", box[0]).split())


IN_ORDER = "Qué me toca hacer Todo en orden."


def test_a_collective_is_asked_about_its_evaluators(visit: Visit, office: Office) -> None:
    number = named(office)
    assert number in to_do(visit, "coop")
    visit("coop").post(f"/solicitudes/{number}/equipo")
    assert to_do(visit, "coop") == IN_ORDER


def test_a_holder_is_asked_about_what_is_put_to_the_committee(visit: Visit, office: Office) -> None:
    number = office.issued()
    given = motion.MotionInput(measure=motion.Measure.WITHDRAW, reason="Dejó de cumplir.")
    with office.work("coord") as work:
        motion.open_motion(work, office.certificate(work, number), given)
    assert number in to_do(visit, "coop")
    assert number not in to_do(visit, "comite")
    visit("coop").post(f"/solicitudes/{number}/medida/respuesta", data={"answer": "Cumplimos."})
    assert to_do(visit, "coop") == IN_ORDER
    assert number in to_do(visit, "comite")


def test_whoever_voted_on_a_measure_has_nothing_to_do_until_it_can_be_carried_out(
    visit: Visit, office: Office
) -> None:
    number = office.issued()
    office.put(number, "suspend")
    vote = motion.MotionVoteInput(in_favour=True, reasons="Sí.")
    for username, waits in (("comite", False), ("comite.2", True)):
        with office.work(username) as work:
            motion.vote_motion(work, office.certificate(work, number), vote)
        assert (number in to_do(visit, username)) is waits


def test_the_committee_sees_a_suspension_by_the_office_that_it_has_to_ratify(
    visit: Visit, office: Office
) -> None:
    number = office.issued()
    assert to_do(visit, "comite") == IN_ORDER
    with office.work("coord") as work:
        suspend(work, office.certificate(work, number), ReasonInput(reason="Venció la habilitación."))
    assert number in to_do(visit, "comite")


def test_a_holder_is_reminded_while_it_can_renew(visit: Visit, office: Office) -> None:
    number = office.issued()
    pass_until(office, number, -121)
    assert to_do(visit, "coop") == IN_ORDER
    office.pass_days(1)
    assert number in to_do(visit, "coop")
    key = begin(office, number)
    shown = visit("coop").get(f"/solicitudes/{number}").text
    assert f'<a href="/solicitudes/{key}">Sigue en una solicitud nueva' in shown


def test_the_office_is_asked_to_tell_who_did_not_get_the_mark(visit: Visit, office: Office) -> None:
    number = denied(office)
    assert number in to_do(visit, "coord")
    notify(office, number)
    assert number not in to_do(visit, "coord")


@pytest.mark.parametrize(("taken", "waits_for"), [(False, "coord"), (True, PANEL)])
def test_a_case_waits_for_whoever_can_take_it_further(
    visit: Visit, office: Office, taken: bool, waits_for: str
) -> None:
    number = denied(office)
    notify(office, number)
    receipt = file(office, number)
    if taken:
        move(office, receipt, "acknowledge", "coord")
    assert {name for name in ("coord", PANEL) if receipt in to_do(visit, name)} == {waits_for}


def test_the_list_says_since_when_a_certificate_is_what_it_is(visit: Visit, office: Office) -> None:
    number = office.issued()
    office.pass_days(30)
    with office.work("coop") as work:
        relinquish(work, office.certificate(work, number), ReasonInput(reason="Cerramos."))
    shown = words_of(visit("coop").get("/solicitudes"))
    assert "RENUNCIADA desde el 2 de setiembre de 2026" in shown
    page = words_of(visit("coop").get(f"/solicitudes/{number}"))
    assert "Se otorgó hasta" in page
    assert "Vale hasta" not in page


def test_a_certificate_that_nobody_swept_is_expired_since_the_day_after_its_last(
    visit: Visit, office: Office
) -> None:
    number = office.issued()
    pass_until(office, number, 20)
    assert "VENCIDA desde el 3 de agosto de 2028" in words_of(visit("coop").get("/solicitudes"))


def test_a_refusal_says_a_day_as_people_say_it(visit: Visit, office: Office) -> None:
    number = office.issued()
    page = words_of(visit("coop").get(f"/solicitudes/{number}/renovar"))
    assert re.search(r"se abre el \d+ de \w+ de 20\d\d", page)


def test_a_collective_reads_in_its_story_what_it_filed_and_was_told(visit: Visit, office: Office) -> None:
    number = denied(office)
    notify(office, number)
    file(office, number)
    own, panel = (words_of(visit(name).get(f"/solicitudes/{number}")) for name in ("coop", "firma"))
    assert "El colectivo presentó un recurso" in own
    assert "El colectivo presentó un recurso" not in panel


def test_of_a_mark_that_was_lost_the_last_step_is_not_ticked(visit: Visit, office: Office) -> None:
    number = office.issued()
    path = re.compile(r'(?s)<ol class="path".*?</ol>')
    before = path.search(visit("coop").get(f"/solicitudes/{number}").text)
    with office.work("coop") as work:
        relinquish(work, office.certificate(work, number), ReasonInput(reason="Cerramos."))
    after = path.search(visit("coop").get(f"/solicitudes/{number}").text)
    assert before
    assert after
    assert (before[0].count("✓"), after[0].count("✓")) == (5, 4)
    assert "(RENUNCIADA)" in after[0]

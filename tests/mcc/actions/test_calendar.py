"""What falls due, for the office: every term that runs, and nothing of a file that one may not see."""

from icalendar import Calendar

from mcc.actions import calendar, motion, suspend
from mcc.actions.accounts import join_organisation
from mcc.actions.work import SYSTEM
from mcc.phrases import knows
from tests.office import Office
from workflows import load_workflow


def due(office: Office, username: str = "coord") -> list[tuple[str, str, str]]:
    with office.look(username) as work:
        return [(str(row.day), row.code, row.number) for row in calendar.list_due(work)]


def test_terms_of_files_and_ends_of_suspensions_stand_in_one_list(office: Office) -> None:
    issued = office.issued()
    submitted = office.submit("otra")
    with office.work("coord") as work:
        suspend.suspend(work, office.certificate(work, issued), suspend.ReasonInput(reason="Rótulo."))
    office.put(issued, "ratify_suspension")
    assert due(office) == [
        ("2026-08-10", "state_submitted", submitted),
        ("2026-08-17", "ratification", issued),
    ]


def test_the_end_of_a_certificate_comes_into_the_list_four_months_before(office: Office) -> None:
    number = office.issued()
    with office.look("coord") as work:
        left = (office.certificate(work, number).valid_until - work.today).days
    office.pass_days(left - 121)
    assert due(office) == []
    office.pass_days(1)
    assert [code for _, code, _ in due(office)] == ["certificate"]


def test_a_measure_whose_holder_is_heard_has_its_day(office: Office) -> None:
    number = office.issued()
    with office.work("coord") as work:
        given = motion.MotionInput(measure=motion.Measure.WITHDRAW, reason="Fraude.")
        motion.open_motion(work, office.certificate(work, number), given)
    assert due(office) == [("2026-08-13", "hearing", number)]


def test_nobody_finds_a_date_of_a_file_that_they_may_not_see(office: Office) -> None:
    number = office.submit()
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "coord", office.application(work, number).organisation_id)
    assert due(office) == []
    assert [code for _, code, _ in due(office, "audita")] == ["state_submitted"]


def test_as_a_calendar_each_has_its_name_day_and_address(office: Office) -> None:
    number = office.submit()
    with office.look("coord") as work:
        read = Calendar.from_ical(calendar.write_due(work, "es"))
    (event,) = read.walk("VEVENT")
    assert str(event["summary"]) == f"Tomar la solicitud: {number} Cooperativa de Prueba (ficticia)"
    assert str(event["url"]).endswith(f"/solicitudes/{number}")


def test_every_state_with_a_term_has_its_words() -> None:
    states = load_workflow("application").states
    held = [code for code, state in states.items() if state.term is not None and state.holder is not None]
    assert [code for code in held if not knows(f"due.state_{code}")] == []

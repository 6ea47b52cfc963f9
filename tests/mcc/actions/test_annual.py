"""The year in figures: what was counted by hand is what the paper counts, and nobody counts what they may not see."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from mcc.actions import admit, annual, apply, complain, suspend
from mcc.actions.accounts import join_organisation
from mcc.actions.terms import Stay
from mcc.actions.work import PUBLIC, SYSTEM
from mcc.errors import InputInvalid, NotAllowed
from tests.office import Office


def count(office: Office, username: str = "audita", year: int = 2026) -> annual.Year:
    with office.look(username) as work:
        return annual.count_year(work, year)


def test_what_was_done_by_hand_is_what_is_counted(office: Office) -> None:
    number = office.issued()
    second = office.submit("otra")
    denied = office.drive("in_decision", "coop", level=2)
    office.decide(denied, "on_the_way")
    office.carry(number, suspend.suspend)
    with office.installation.work(PUBLIC) as work:
        given = complain.ComplaintInput(about=complain.About.HOUSE, words="Nadie contestó.")
        complain.file_complaint(work, given)
    year = count(office)
    assert second
    assert (year.received, dict(year.by_kind), dict(year.by_municipality)) == (
        3,
        {"workers": 3},
        {"Pando": 3},
    )
    assert dict(year.by_state) == {"issued": 1, "submitted": 1, "on_the_way": 1}
    assert dict(year.awards) == {"granted": 1, "on_the_way": 1}
    assert dict(year.cases) == {("complaint", "open"): 1}
    assert {action: year.steps[action] for action in ("publish", "suspend", "open_hearing", "withdraw")} == {
        "publish": 1,
        "suspend": 1,
        "open_hearing": 1,
        "withdraw": 0,
    }
    assert {place for _, place in year.lines} == {"Pando"}
    assert sum(year.lines.values()) > 0


def test_a_term_is_kept_or_missed_and_days_of_the_collective_do_not_count(office: Office) -> None:
    number = office.submit()
    office.pass_days(9)
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente="1"))
        admit.request_information(work, application, admit.RequestInput(items=["El acta"]))
    office.pass_days(40)
    with office.work("coop") as work:
        apply.answer_request(
            work, office.application(work, number), apply.AnswersInput(answers=["Aquí está."])
        )
    office.pass_days(1)
    with office.work("coord") as work:
        admit.admit(work, office.application(work, number), eligible=True)
    stays = count(office).stays
    assert [(row.state, row.is_kept) for row in stays] == [("submitted", False), ("in_admissibility", True)]
    assert stays[0] == Stay("submitted", date(2026, 8, 3), date(2026, 8, 12), date(2026, 8, 10))


def test_another_year_counts_nothing_of_it_and_says_so(office: Office, tmp_path: Path) -> None:
    office.issued()
    year = count(office, year=2025)
    assert (year.received, year.stays, dict(year.awards), dict(year.steps)) == (0, (), {}, {})
    with office.look("audita") as work:
        (tmp_path / "a.pdf").write_bytes(annual.build_annual_report(work, 2025))
    told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    assert "En ese año no se registró nada." in told.stdout


def test_the_paper_tells_the_figures_and_names_nobody(office: Office, tmp_path: Path) -> None:
    office.issued()
    with office.look("coord") as work:
        (tmp_path / "a.pdf").write_bytes(annual.build_annual_report(work, 2026))
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Memoria del año 2026", "Pando", "Emitidos", "Plazos de la casa", "Decisiones"):
        assert words in told
    assert "Cooperativa de Prueba" not in told
    assert "Eval.1" not in told


def test_nobody_counts_what_they_may_not_see(office: Office) -> None:
    number = office.issued()
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "coord", office.application(work, number).organisation_id)
    mine, all_of_it = count(office, "coord"), count(office)
    assert (mine.received, dict(mine.awards), dict(mine.steps), dict(mine.lines)) == (0, {}, {}, {})
    assert all_of_it.received == 1


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_that_is_none_is_refused(office: Office, year: int) -> None:
    with pytest.raises(InputInvalid) as refused:
        count(office, year=year)
    assert [row.code for row in refused.value.problems] == ["year_out_of_range"]


@pytest.mark.parametrize("username", ["coop", "eval.1", "revisa", "comite", "admin"])
def test_it_is_for_the_office_and_for_whoever_audits(office: Office, username: str) -> None:
    with pytest.raises(NotAllowed):
        count(office, username)

"""What falls due by itself comes to the same, whether somebody looked every day or once after a year."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from mcc.actions import folder, suspend
from mcc.actions.check import check_installation
from mcc.actions.folder import DocumentInput
from mcc.actions.suspend import ReasonInput
from mcc.actions.uploads import purify
from mcc.actions.work import SYSTEM
from mcc.db.tables import Application, Certificate, Notice, Organisation
from mcc.errors import NotAllowed
from mcc.installation import open_installation
from mcc.jobs.sweep import do_what_is_due, move_clock
from mcc.settings import Settings
from tests.office import START, Office, RecordingQueue

REASON = ReasonInput(reason="Venció la habilitación.")
DAYS = 200
Story = tuple[list[tuple[str, str]], list[tuple[str, str | None]], list[tuple[int, str, str]]]


def set_up(office: Office) -> None:
    """Two suspensions, one of them provisional; a grant that nobody accepts; a paper that expires."""
    for username, by in (("coop", "comite"), ("otra", "coord")):
        number = office.drive("issued", username, level=3)
        if by == "comite":
            office.carry(number, suspend.suspend)
        else:
            with office.work(by) as work:
                suspend.suspend(work, office.certificate(work, number), REASON)
    office.drive("granted", "coop", level=4)
    with office.work("coop") as work:
        organisation = work.session.exec(select(Organisation)).first()
        assert organisation is not None
        paper = DocumentInput(document="food_premises", filename="h.txt", expires_on=date(2026, 11, 30))
        folder.add_document(work, organisation, paper, purify(b"Habilitado"))


def story_of(office: Office) -> Story:
    with office.installation.look(SYSTEM) as work:
        assert check_installation(work) == []
        files = work.session.exec(select(Application).order_by(Application.number))
        certificates = work.session.exec(select(Certificate).order_by(Certificate.number))
        notices = work.session.exec(select(Notice)).all()
        return (
            [(row.number or "", row.state) for row in files],
            [(row.state, row.state_reason) for row in certificates],
            sorted((row.account_id, row.code, row.facts.get("due", "")) for row in notices),
        )


@pytest.fixture
def twin(office: Office, tmp_path: Path) -> Iterator[Office]:
    """The same office a second time."""
    set_up(office)
    shutil.copytree(office.installation.settings.data, tmp_path / "twin")
    copied = open_installation(Settings(data=tmp_path / "twin"), jobs=RecordingQueue())
    yield Office(replace(copied, demonstration=False, clock=office.installation.clock))
    copied.close()


def test_two_hundred_days_in_one_step_are_two_hundred_steps(office: Office, twin: Office) -> None:
    """As `mcc clock` takes a demonstration there; whatever was done is not done again."""
    first, second = (replace(one.installation, demonstration=True) for one in (office, twin))
    last = START.date() + timedelta(days=DAYS)
    for day in range(1, DAYS + 1):
        assert list(move_clock(first, START.date() + timedelta(days=day))) == [
            START.date() + timedelta(days=day)
        ]
    assert len(list(move_clock(second, last))) == DAYS
    office.installation, twin.installation = first, second
    assert story_of(twin) == story_of(office)
    do_what_is_due(second)
    assert story_of(twin) == story_of(office)
    files, certificates, notices = story_of(office)
    assert [state for _, state in files] == ["issued", "issued", "lapsed"]
    assert [state for state, _ in certificates] == ["withdrawn", "valid"]
    assert {"suspension_ends", "paper_expires", "lapsed", "unratified"} <= {code for _, code, _ in notices}


def test_a_machine_that_was_off_makes_up_for_everything_but_warnings(office: Office, twin: Office) -> None:
    """Nobody is warned of what has happened by then."""
    twin.pass_days(DAYS)
    do_what_is_due(twin.installation)
    for _ in range(DAYS // 5):
        office.pass_days(5)
        do_what_is_due(office.installation)
    off, on = story_of(twin), story_of(office)
    assert off[:2] == on[:2]
    assert [row for row in on[2] if row not in off[2]] == [
        row for row in on[2] if row[1] == "suspension_ends"
    ]


def test_the_clock_of_a_real_installation_is_not_moved(office: Office) -> None:
    with pytest.raises(NotAllowed) as denied:
        list(move_clock(office.installation, START.date() + timedelta(days=1)))
    assert denied.value.code == "clock_only_in_demonstration"


def test_a_clock_goes_back_in_one_step(office: Office) -> None:
    installation = replace(office.installation, demonstration=True)
    assert list(move_clock(installation, date(2020, 1, 1))) == [date(2020, 1, 1)]

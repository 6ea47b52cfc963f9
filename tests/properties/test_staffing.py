"""Two months of an office of the real size; whole years are for the nightly run."""

from pathlib import Path
from random import Random

from tests.staffing import PEERS, live_year, make_office

FILES = 6


def test_every_file_finds_people_who_are_impartial(tmp_path: Path) -> None:
    """Three of the house, six seats, eight peers: two evaluators, a reviewer and a quorum for each."""
    make_office(tmp_path / "template")
    year = live_year(tmp_path / "template", tmp_path / "data", Random(7), FILES)
    assert year.unstaffed == []
    assert sum(year.load.values()) == 2 * FILES
    assert year.reseated > 0
    assert max(year.load.values()) <= 2 * FILES // len(PEERS) + 1

"""Years of an office of the real size: every file of sixty finds impartial people (`tests/staffing.py`)."""

import tempfile
from pathlib import Path
from random import Random

from tests.nightly.hunting import Hunt, Round
from tests.staffing import live_year, make_office


def prepare() -> Round:
    template = Path(tempfile.mkdtemp()) / "data"
    make_office(template)

    def live(chance: Random) -> None:
        with tempfile.TemporaryDirectory() as name:
            year = live_year(template, Path(name) / "data", chance)
        assert not year.unstaffed, f"not staffed for want of {year.unstaffed}"

    return live


HUNTS = {"staffing": Hunt(prepare, 20)}

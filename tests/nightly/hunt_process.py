"""The whole process at the hands of chance: everybody tries everything, crashes in between, and what must hold is checked.

The rules are those of `tests/properties/test_process.py`; a round is one walk of forty steps through an office of its own.
"""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.nightly.hunting import Hunt, Round
from tests.office import make_template
from tests.properties.test_process import Process

STEPS = 40
ONE_WALK = settings(
    max_examples=1,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def prepare() -> Round:
    template = Path(tempfile.mkdtemp()) / "data"
    make_template(template)

    def walk(chance: Random) -> None:
        number = chance.randrange(2**32)
        machine = seed(number)(type("Walk", (Process,), {"template": template}))
        try:
            run_state_machine_as_test(machine, settings=ONE_WALK)
        except Exception as found:
            raise AssertionError(f"seed {number}: {type(found).__name__}: {found}") from found

    return walk


HUNTS = {"process": Hunt(prepare, 2_500)}

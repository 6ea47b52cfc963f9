"""`./run nightly [--only NAME] [--seed N] [--rounds N]`: the hunts that take too long for every day.

Each prints its seed, its rounds and the number of violations last. Stopped, it goes on where it stood when it is
started again (without --seed, or with the same). Exit codes: 0 nothing was found, 1 something was, 64 wrong usage.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from tests.nightly.hunting import Hunt, run_hunt

HERE = Path(__file__).parent
PROGRESS = HERE.parents[1] / "var" / "nightly"
USAGE = 64


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def collect() -> dict[str, Hunt]:
    """Every hunt of the modules hunt_*.py beside this file, by its name."""
    found: dict[str, Hunt] = {}
    for path in sorted(HERE.glob("hunt_*.py")):
        found |= import_module(f"{__package__}.{path.stem}").HUNTS
    return found


def main(arguments: Sequence[str], hunts: Mapping[str, Hunt], folder: Path) -> int:
    parser = Parser(prog="./run nightly", description="Hunt for what is wrong, at length.")
    parser.add_argument("--only", choices=sorted(hunts), metavar="NAME", help=", ".join(hunts))
    parser.add_argument(
        "--seed", type=int, help="where chance begins; else a new one, or that of a stopped hunt"
    )
    parser.add_argument("--rounds", type=int, help="other than the usual number of rounds")
    given = parser.parse_args(arguments)
    violations = 0
    for name in [given.only] if given.only else hunts:
        tell(f"{name}:")
        hunted = run_hunt(
            hunts[name], folder / f"{name}.json", seed=given.seed, rounds=given.rounds, say=tell
        )
        for example in hunted.examples:
            tell(f"  {example}")
        tell(f"{name}: seed {hunted.seed}, rounds {hunted.done}, violations {hunted.violations}")
        violations += hunted.violations
    return 1 if violations else 0


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], collect(), PROGRESS))

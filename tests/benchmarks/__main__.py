"""`./run bench [NAME] [--json]`: measures each speed that MCC promises, as a ratio to something plain in the same run.

A module bench_*.py beside this file lists what it measures as `{NAME: (measure, runs)}`, under AT_MOST when the
ratio may not exceed the target, under AT_LEAST when it has to reach it. `measure(runs)` returns a dictionary with
name, ratio, target, baseline and runs. Exit codes: 0 every target is met, 1 one is not, 64 wrong usage.
"""

import argparse
import json
import operator
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

Measure = Callable[[int], dict[str, Any]]
KEYS = ("name", "ratio", "target", "baseline", "runs")
DIRECTIONS = {"AT_MOST": ("≤", operator.le), "AT_LEAST": ("≥", operator.ge)}
USAGE = 64


@dataclass(frozen=True)
class Bench:
    measure: Measure
    runs: int
    direction: str

    def meets(self, result: Mapping[str, Any]) -> bool:
        return bool(DIRECTIONS[self.direction][1](result["ratio"], result["target"]))


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def collect(folder: Path) -> dict[str, Bench]:
    """Every bench of the modules in the folder, by its name."""
    found: dict[str, Bench] = {}
    for path in sorted(folder.glob("bench_*.py")):
        module = import_module(f"{__package__}.{path.stem}")
        listed = {
            name: Bench(measure, runs, direction)
            for direction in DIRECTIONS
            for name, (measure, runs) in getattr(module, direction, {}).items()
        }
        assert listed, f"{path.name} lists nothing under AT_MOST or AT_LEAST"
        found |= listed
    return found


def measure_one(bench: Bench, runs: int | None) -> dict[str, Any]:
    result = bench.measure(bench.runs if runs is None else runs)
    return {key: result[key] for key in KEYS}


def describe(bench: Bench, result: Mapping[str, Any]) -> str:
    sign = DIRECTIONS[bench.direction][0]
    verdict = "met" if bench.meets(result) else "MISSED"
    return (
        f"{result['name']:<16}{result['ratio']:>10.3f}  {sign} {result['target']:<8}{verdict:<8}"
        f"{result['runs']:>6} runs  to: {result['baseline']}"
    )


def main(arguments: Sequence[str], benches: Mapping[str, Bench]) -> int:
    parser = Parser(prog="./run bench", description="Measure the speeds that MCC promises.")
    parser.add_argument("name", nargs="?", choices=sorted(benches), metavar="NAME", help=", ".join(benches))
    parser.add_argument("--json", action="store_true", help="print one JSON list and nothing else")
    parser.add_argument("--runs", type=int, help="other than the usual number of runs")
    given = parser.parse_args(arguments)
    results = []
    for name in [given.name] if given.name else benches:
        results.append(measure_one(benches[name], given.runs))
        if not given.json:
            tell(describe(benches[name], results[-1]))
    if given.json:
        tell(json.dumps(results, ensure_ascii=False, indent=1))
    return 0 if all(benches[result["name"]].meets(result) for result in results) else 1


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], collect(Path(__file__).parent)))

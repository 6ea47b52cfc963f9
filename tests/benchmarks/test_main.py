"""`./run bench`: what it prints, and that a missed target is a failure."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.__main__ import Bench, collect, main
from tests.benchmarks.bench_verification import issue_certificate


def measure(runs: int) -> dict[str, Any]:
    return {"name": "sample", "ratio": 9.5, "target": 10, "baseline": "nothing", "runs": runs, "beside": 1}


@pytest.mark.parametrize(("direction", "code"), [("AT_MOST", 0), ("AT_LEAST", 1)])
def test_the_exit_code_says_whether_the_target_is_met(direction: str, code: int) -> None:
    assert main([], {"sample": Bench(measure, 3, direction)}) == code


def test_one_document_is_printed_with_exactly_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--json", "--runs", "7"], {"sample": Bench(measure, 3, "AT_MOST")})
    assert json.loads(capsys.readouterr().out) == [
        {"name": "sample", "ratio": 9.5, "target": 10, "baseline": "nothing", "runs": 7}
    ]


def test_a_missed_target_is_said_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["sample"], {"sample": Bench(measure, 3, "AT_LEAST")})
    assert "MISSED" in capsys.readouterr().out


def test_a_name_that_does_not_exist_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["elsewhere"], {"sample": Bench(measure, 3, "AT_MOST")})
    assert caught.value.code == 64


def test_every_module_beside_it_lists_what_it_measures() -> None:
    modules = {path.stem for path in Path(__file__).parent.glob("bench_*.py")}
    benches = collect(Path(__file__).parent).values()
    assert {bench.measure.__module__.rsplit(".", maxsplit=1)[-1] for bench in benches} == modules


def test_there_is_a_certificate_to_measure_with(tmp_path: Path) -> None:
    """What the office takes to issue one changes with the process; the benchmarks have to keep up."""
    assert len(issue_certificate(tmp_path / "data")) == 26

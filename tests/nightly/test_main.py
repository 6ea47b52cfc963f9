"""`./run nightly`: hunts can be repeated and resumed, what they find is told, and each of them looks at something."""

from pathlib import Path
from random import Random

import pytest

from rubric import Answers, Rubric, assess
from tests.nightly import hunt_scoring, hunt_walks
from tests.nightly.__main__ import collect, main
from tests.nightly.hunting import Hunt, Progress, keep
from tests.properties import test_process
from tests.properties.test_workflow_walks import read_table
from workflows import load_workflow


def note_draws(draws: list[int]) -> Hunt:
    return Hunt(lambda: lambda chance: draws.append(chance.randrange(10**9)), rounds=5)


def find_even_ones(chance: Random) -> None:
    drawn = chance.randrange(10)
    assert drawn % 2, f"{drawn} is even"


def test_the_same_seed_gives_the_same_rounds(tmp_path: Path) -> None:
    first: list[int] = []
    second: list[int] = []
    assert main(["--seed", "7"], {"sample": note_draws(first)}, tmp_path) == 0
    assert main(["--seed", "7"], {"sample": note_draws(second)}, tmp_path) == 0
    assert len(set(first)) == 5
    assert first == second


def test_a_stopped_hunt_goes_on_where_it_stood(tmp_path: Path) -> None:
    whole: list[int] = []
    rest: list[int] = []
    main(["--seed", "7"], {"sample": note_draws(whole)}, tmp_path)
    keep(tmp_path / "sample.json", Progress(seed=7, done=3))
    main([], {"sample": note_draws(rest)}, tmp_path)
    assert rest == whole[3:]
    assert list(tmp_path.iterdir()) == []


def test_another_seed_begins_anew(tmp_path: Path) -> None:
    keep(tmp_path / "sample.json", Progress(seed=7, done=3))
    draws: list[int] = []
    main(["--seed", "8", "--rounds", "2"], {"sample": note_draws(draws)}, tmp_path)
    assert len(draws) == 2


def test_what_is_found_is_told_with_seed_rounds_and_figure_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hunt = Hunt(lambda: find_even_ones, rounds=40)
    assert main(["--only", "sample", "--seed", "1"], {"sample": hunt}, tmp_path) == 1
    lines = capsys.readouterr().out.splitlines()
    found = sum(Random(f"1:{number}").randrange(10) % 2 == 0 for number in range(40))
    assert lines[-1] == f"sample: seed 1, rounds 40, violations {found}"
    assert lines[1].startswith("  round ")


def test_a_hunt_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--only", "snark"], collect(), tmp_path)
    assert caught.value.code == 64


@pytest.mark.parametrize("name", ["scoring", "walks"])
def test_a_short_hunt_finds_nothing(name: str, tmp_path: Path) -> None:
    assert main(["--only", name, "--seed", "1", "--rounds", "60"], collect(), tmp_path) == 0


def test_the_process_holds_in_a_few_walks_and_is_seen_not_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert main(["--only", "process", "--seed", "1", "--rounds", "2"], collect(), tmp_path) == 0
    monkeypatch.setattr(test_process, "check_installation", lambda _work: ["amiss"])
    assert main(["--only", "process", "--seed", "1", "--rounds", "1"], collect(), tmp_path) == 1


def test_every_file_of_hunts_is_collected() -> None:
    assert set(collect()) == {
        path.stem.removeprefix("hunt_") for path in Path(__file__).parent.glob("hunt_*.py")
    }


def test_the_hunt_of_scoring_sees_a_wrong_score(monkeypatch: pytest.MonkeyPatch) -> None:
    def assess_another(rubric: Rubric, answers: Answers) -> object:
        name = next(iter(answers.scores))
        other = {**answers.scores, name: (answers.scores[name] + 1) % (rubric.maximum_level + 1)}
        return real(rubric, Answers(other, answers.not_applicable))

    real = assess
    monkeypatch.setattr(hunt_scoring, "assess", assess_another)
    with pytest.raises(AssertionError):
        hunt_scoring.compare_once(Random(1))


def test_the_hunt_of_walks_sees_a_wrong_move() -> None:
    workflow = load_workflow("assignment")
    wrong = tuple({**move, "to": "scored"} for move in read_table("assignment"))
    with pytest.raises(AssertionError):
        for number in range(50):
            hunt_walks.take_step(Random(number), workflow, wrong, workflow.initial)

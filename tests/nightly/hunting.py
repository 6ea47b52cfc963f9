"""A hunt: the same question asked again and again with chance as the only difference, until an answer is wrong.

Every round draws from a generator seeded with the hunt's seed and the round's number, so that a single round can be
played again. What was done is kept in a file: a hunt that is stopped goes on where it stood.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

Round = Callable[[Random], None]
"""Raises AssertionError with what is wrong."""

SECONDS_BETWEEN_NOTES = 2.0
MOST_KEPT = 5


@dataclass(frozen=True)
class Hunt:
    prepare: Callable[[], Round]
    rounds: int
    """So many in an ordinary night."""


@dataclass
class Progress:
    seed: int
    done: int = 0
    violations: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, message: str) -> None:
        self.violations += 1
        if len(self.examples) < MOST_KEPT:
            self.examples.append(f"round {self.done}: {message}")


def run_hunt(
    hunt: Hunt, file: Path, *, seed: int | None, rounds: int | None, say: Callable[[str], None]
) -> Progress:
    """All rounds, or what is left of them. Without a seed an unfinished hunt goes on, else a new one begins."""
    progress = resume(file, seed)
    goal = hunt.rounds if rounds is None else rounds
    if progress.done:
        say(f"  goes on after round {progress.done}")
    play = hunt.prepare()
    noted = time.monotonic()
    while progress.done < goal:
        try:
            play(Random(f"{progress.seed}:{progress.done}"))
        except AssertionError as violation:
            progress.note(str(violation))
        progress.done += 1
        if time.monotonic() - noted > SECONDS_BETWEEN_NOTES:
            keep(file, progress)
            say(f"  {progress.done} of {goal}, violations: {progress.violations}")
            noted = time.monotonic()
    file.unlink(missing_ok=True)
    return progress


def resume(file: Path, seed: int | None) -> Progress:
    if file.exists():
        found = Progress(**json.loads(file.read_text("utf-8")))
        if seed is None or seed == found.seed:
            return found
    return Progress(Random().randrange(2**32) if seed is None else seed)


def keep(file: Path, progress: Progress) -> None:
    """Whole or not at all: a hunt may be stopped while it writes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(asdict(progress)), "utf-8")
    beside.replace(file)

"""Build the demonstration: every dossier through the real actions, in one chronology, under a set clock."""

import heapq
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mcc.actions.apply import receipt_of
from mcc.actions.files import write_whole
from mcc.actions.verify import state_on
from mcc.actions.work import SYSTEM, Work
from mcc.clock import SystemClock
from mcc.db.queries.certify import certificate_of
from mcc.db.queries.decide import decision_of
from mcc.demo.dossier import Dossier, load_dossiers
from mcc.demo.stage import STAFF, TODAY, Play, Stage, opening_of, running_worker
from mcc.demo.story import play
from mcc.errors import Refused
from mcc.installation import create_installation, set_demonstration_clock
from mcc.phrases import say as say_words
from mcc.settings import Settings

DOSSIERS = Path(__file__).parents[2] / "examples" / "dossiers"
OURS = (
    "mcc.sqlite3",
    "mcc.sqlite3-journal",
    "mcc.sqlite3-wal",
    "mcc.sqlite3-shm",
    "accounts.json",
    "demo.json",
    "certificates",
    "prepared",
    "mail",
    "evidence",
    "keys",
    "trust",
    "log",
    ".building",
)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one dossier: its entry of demo.json, and whether it is what the dossier expected."""

    dossier: Dossier
    entry: dict[str, str | None]

    @property
    def as_expected(self) -> bool:
        expect = self.dossier.expect.model_dump()
        return all(self.entry[key] == value for key, value in expect.items())


def build_demo(
    folder: Path, *, fresh: bool, say: Say, progress: Callable[[int, int, Outcome], None]
) -> list[Outcome]:
    """Build the demonstration in the folder, unless it is there; returns what became of each dossier.

    Raises Refused when the folder holds something else: nothing of anybody is ever deleted.
    """
    settings = Settings(data=folder)
    clear_folder(folder, fresh=fresh)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".building").touch()
    dossiers = load_dossiers(DOSSIERS)
    say("demo.preparing")
    installation = create_installation(settings, demonstration=True, clock=_opening(dossiers).isoformat())
    stage = Stage(installation)
    for username, (name, role) in STAFF.items():
        stage.hire(username, name, role)
    stage.give_mandates(_opening(dossiers).date(), say_words("demo.named_by", "es"))
    with running_worker(installation):
        outcomes = perform(stage, dossiers, progress)
    _keep_time_running(stage)
    _write_results(folder, stage, outcomes)
    installation.close()
    return outcomes


def is_built(folder: Path) -> bool:
    return (folder / "demo.json").is_file()


def clear_folder(folder: Path, *, fresh: bool) -> None:
    """Empty a folder of what an earlier demonstration left; `.building` marks one that was interrupted."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    interrupted = (folder / ".building").exists()
    if not (interrupted or (fresh and is_built(folder))):
        raise Refused("folder_not_empty", where=str(folder))
    for name in OURS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def perform(
    stage: Stage, dossiers: Sequence[Dossier], progress: Callable[[int, int, Outcome], None]
) -> list[Outcome]:
    """Let every story take its next step in the order of time, as in a real office."""
    plays = [Play(stage, dossier, _opening([dossier])) for dossier in dossiers]
    due = [(act.now, order, play(act)) for order, act in enumerate(plays)]
    heapq.heapify(due)
    ended: list[Outcome] = []
    while due:
        moment, order, story = heapq.heappop(due)
        stage.set_clock(moment)
        try:
            heapq.heappush(due, (next(story), order, story))
        except StopIteration:
            ended.append(tell_outcome(plays[order]))
            progress(len(ended), len(plays), ended[-1])
    stage.set_clock(TODAY)
    return [tell_outcome(act) for act in plays]


def _opening(dossiers: Sequence[Dossier]) -> datetime:
    return opening_of(min(dossier.submitted for dossier in dossiers))


def tell_outcome(act: Play) -> Outcome:
    with act.stage.installation.look(SYSTEM) as work:
        return Outcome(act.dossier, _entry(work, act))


def _entry(work: Work, act: Play) -> dict[str, str | None]:
    application = act.stage.application(work, act.number)
    decision = decision_of(work.session, application.key)
    certificate = certificate_of(work.session, application.key)
    return {
        "slug": act.dossier.slug,
        "receipt": receipt_of(application),
        "final_state": application.state,
        "certificate_state": None if certificate is None else state_on(certificate, work.today),
        "award": None if decision is None else decision.award,
        "total": None if decision is None else decision.assessment["total"],
        "certificate_number": None if certificate is None else certificate.number,
        "public_code": None if certificate is None else certificate.public_code,
    }


def _keep_time_running(stage: Stage) -> None:
    """From here on the demonstration's clock runs as the real one does, from the day on which the stories end."""
    shift = TODAY.astimezone(UTC) - SystemClock().now()
    set_demonstration_clock(stage.installation, f"{int(shift.total_seconds()):+d}")


def _write_results(folder: Path, stage: Stage, outcomes: Sequence[Outcome]) -> None:
    """accounts.json for people, demo.json last: its presence says that the demonstration is whole."""
    accounts = folder / "accounts.json"
    write_whole(accounts, _as_json(stage.accounts))
    accounts.chmod(0o600)
    write_whole(folder / "demo.json", _as_json([outcome.entry for outcome in outcomes]))
    (folder / ".building").unlink()


def _as_json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

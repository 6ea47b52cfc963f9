"""A year of an office of the real size: are there impartial people to evaluate, review and decide every file.

Three of the house (one coordinates, one reviews, one evaluates and also advises collectives), six seats of the committee (three
institutions, each with a substitute) and eight trained peers who belong to collectives themselves. Chance says whom a file
ties: advice given, membership, a conflict declared, a challenge that is upheld. The rules are the real ones, on a real file.
"""

import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from mcc.actions import admit, assign, assist, cases, challenge, mandates
from mcc.actions.accounts import AccountInput, create_account, find_account, join_organisation
from mcc.actions.cases import CaseMoveInput
from mcc.actions.editions import current_rubric
from mcc.actions.impartiality import find_voice
from mcc.actions.mandates import committee
from mcc.actions.unseat import declare_conflict
from mcc.actions.vote import list_able
from mcc.actions.work import SYSTEM, Role, Work
from mcc.clock import FixedClock
from mcc.db.queries.accounts import accounts_with_role
from mcc.db.queries.evaluate import active_assignments
from mcc.db.tables import Application
from mcc.installation import create_installation, open_installation
from mcc.settings import Settings
from tests.office import PASSWORD, START, Office, RecordingQueue

PEERS = tuple(f"par.{place}" for place in range(1, 9))
HOUSE = {"coord": Role.COORDINATOR, "revisa": Role.REVIEWER, "tecnica": Role.EVALUATOR}
SEATS = tuple(
    (code, place) for code in ("intendencia", "mesa_intercooperativa", "inacoop") for place in (1, 2)
)
FILES = 60
ADVISED, MEMBER, TIED_MEMBER, CONFLICT, CHALLENGED = 0.4, 0.15, 0.05, 0.1, 0.05
"""How often a file ties the one who advises, a peer, somebody of the committee; and how often one steps back or is challenged."""


@dataclass
class Year:
    """What came of it: each file that could not be staffed says for want of whom."""

    unstaffed: list[str] = field(default_factory=list)
    load: Counter[str] = field(default_factory=Counter)
    """Files that each person evaluated."""
    reseated: int = 0
    without_third: int = 0
    """Files for which nobody would be left to settle a difference: told, and no fault of the rules."""


def make_office(folder: Path) -> None:
    """The people and their mandates, made once and copied for each year."""
    installation = create_installation(Settings(data=folder), demonstration=True, clock=START.isoformat())
    people: dict[str, Role] = {**HOUSE, **dict.fromkeys(PEERS, Role.EVALUATOR), "coop": Role.APPLICANT}
    people |= {f"{code}.{place}": Role.COMMITTEE for code, place in SEATS}
    with installation.work(SYSTEM) as work:
        for username, role in people.items():
            given = AccountInput(username=username, name=username.title(), password=PASSWORD, roles=[role])
            create_account(work, given)
    with installation.work(SYSTEM) as work:
        for code, place in SEATS:
            seat = mandates.MandateInput(
                username=f"{code}.{place}",
                institution=code,
                substitute=place > 1,
                since=START.date(),
                act="Nota 1/2026",
            )
            mandates.name_member(work, seat)
    installation.close()


def live_year(template: Path, folder: Path, chance: Random, files: int = FILES) -> Year:
    shutil.copytree(template, folder)
    installation = open_installation(Settings(data=folder), jobs=RecordingQueue())
    office = Office(replace(installation, demonstration=False, clock=FixedClock(START)))
    year = Year()
    for _ in range(files):
        office.pass_days(365 // files)
        _live_file(office, chance, year)
    installation.close()
    return year


def _live_file(office: Office, chance: Random, year: Year) -> None:
    key = office.register("coop")
    _tie(office, chance, key)
    number = office.submit("coop", key)
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente=number))
        able = [row for row in assign.list_candidates(work, application) if row.refusal is None]
        year.without_third += len(able) < len(("first", "second", "third"))
        admit.admit(work, application, eligible=True)
    for _ in range(len(PEERS)):
        if not _seat_all(office, number, year):
            year.unstaffed.append("evaluators")
            return
        if not _lose_somebody(office, number, chance):
            break
        year.reseated += 1
    with office.look("coord") as work:
        application = office.application(work, number)
        seated = {row.account_id for row in active_assignments(work.session, application.key)}
        year.load.update(seated_names(work, seated))
        year.unstaffed += _list_lacking(work, application, seated)


def _tie(office: Office, chance: Random, organisation: int) -> None:
    """What binds people to this collective before it applies."""
    if chance.random() < ADVISED:
        with office.work("coord") as work:
            given = assist.AssistanceInput(
                organisation=organisation,
                username="tecnica",
                kind=assist.AssistanceKind.TAILORED,
                given_on=work.today - timedelta(days=chance.randrange(700)),
                words="Plan de gestión.",
            )
            assist.record_assistance(work, given)
    with office.installation.work(SYSTEM) as work:
        if chance.random() < MEMBER:
            join_organisation(work, chance.choice(PEERS), organisation)
        if chance.random() < TIED_MEMBER:
            code, place = chance.choice(SEATS)
            join_organisation(work, f"{code}.{place}", organisation)


def _seat_all(office: Office, number: str, year: Year) -> bool:
    """The ones with the least work first, as the page offers them; the same two for every dimension."""
    with office.work("coord") as work:
        application = office.application(work, number)
        taken = {(row.dimension, row.seat): row for row in active_assignments(work.session, application.key)}
        for place in (assign.Seat.FIRST, assign.Seat.SECOND):
            if any(seat == place for _, seat in taken):
                continue
            held = {row.account_id for row in taken.values()}
            free = [
                row
                for row in assign.list_candidates(work, application)
                if row.refusal is None and find_account(work, row.username).key not in held
            ]
            if not free:
                return False
            chosen = min(free, key=lambda row: (year.load[row.username], row.username))
            for dimension in current_rubric().dimensions:
                given = assign.SeatInput(dimension=dimension.id, evaluator=chosen.username, seat=place)
                row = assign.assign_evaluator(work, application, given)
                taken[dimension.id, place.value] = row
    return True


def _lose_somebody(office: Office, number: str, chance: Random) -> bool:
    """Somebody steps back, or is challenged and the challenge is upheld; returns whether a seat became free."""
    with office.look("coord") as work:
        application = office.application(work, number)
        people = sorted(
            seated_names(work, {row.account_id for row in active_assignments(work.session, application.key)})
        )
    lost, challenged = chance.random() < CONFLICT, chance.random() < CHALLENGED
    if lost:
        username = chance.choice(people)
        with office.work(username) as work:
            declare_conflict(work, office.seats(work, number)[0], reason="Parentesco.")
    elif challenged:
        _challenge(office, number, chance.choice(people))
    return lost or challenged


def _challenge(office: Office, number: str, evaluator: str) -> None:
    with office.work("coop") as work:
        given = challenge.ChallengeInput(evaluator=evaluator, words="Parentesco.")
        receipt = challenge.file_challenge(work, office.application(work, number), given).receipt
    with office.work("coord") as work:
        case = cases.open_case(work, receipt)
        for action in ("acknowledge", "accept_case", "investigate"):
            cases.move_case(work, case, action, CaseMoveInput())
        upheld = challenge.FindingInput(outcome=challenge.Finding.UPHELD, words="Lo es.")
        challenge.resolve_challenge(work, case, upheld)


def seated_names(work: Work, people: set[int]) -> list[str]:
    return [row.username for row in accounts_with_role(work.session, Role.EVALUATOR) if row.key in people]


def _list_lacking(work: Work, application: Application, seated: set[int]) -> list[str]:
    """Of those who come after the evaluation, whoever is missing."""
    reviewers = [
        row
        for row in accounts_with_role(work.session, Role.REVIEWER)
        if row.key not in seated and find_voice(work, application, row.key) is None
    ]
    lacking = [] if reviewers else ["reviewer"]
    return lacking + ([] if len(list_able(work, application)) >= committee().quorum else ["quorum"])

"""A dossier: everything about one fictitious collective and its way through the office, as YAML."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from mcc.actions.apply import CollectiveKind, ScopeKind
from mcc.actions.catalogue import CategoryCode
from mcc.actions.municipalities import Municipality
from mcc.demo.happenings import Appealed, Challenged, Changed, Reported, Strict
from rubric import Problem, RubricInvalid, locate, read_yaml

Where = tuple[str | int, ...]


class Contact(Strict):
    name: str
    phone: str
    email: str


class Collective(Strict):
    name: str
    kind: CollectiveKind = Field(alias="class")
    legal_status: bool
    municipality: Municipality
    founded: date
    members: int
    women: int
    registration: str | None = None
    contact: Contact


class Site(Strict):
    address: str
    municipality: Municipality


class Scope(Strict):
    kind: ScopeKind
    category: CategoryCode | None = None
    products: tuple[str, ...] = Field(min_length=1)
    process: str
    site: Site


class Evidence(Strict):
    id: str
    kind: str
    title: str
    form: Literal["stored", "seen_on_site"]
    content: str | None = None
    book: str | None = None
    folio: str | None = None


class Request(Strict):
    items: tuple[str, ...] = Field(min_length=1)
    answers: tuple[str, ...] = ()


class NotAdmitted(Strict):
    reason: Literal["outside_department", "not_a_collective", "scope_outside_scheme", "incomplete"]
    explanation: str


class Withdrawn(Strict):
    after: Literal["in_admissibility", "admitted", "in_evaluation", "in_review"]
    reason: str


class Afterwards(Strict):
    action: Literal["suspend", "reinstate", "withdraw", "relinquish", "expire", "renew"]
    after_months: int = 0
    renewal: Literal["draft", "submitted", "in_admissibility"] = "draft"
    """Where a renewal lies when the demonstration opens."""
    reason: str = "-"


class Course(Strict):
    information_requested: tuple[Request, ...] = ()
    unanswered: bool = False
    not_admitted: NotAdmitted | None = None
    withdrawn: Withdrawn | None = None
    stops_at: Literal["submitted", "in_evaluation", "in_review", "in_decision"] | None = None
    """Where the file lies when the demonstration opens, for whoever tries it to take up."""
    first_vote: str | None = None
    """Reasons of the institution that has voted already where the file waits for its decision."""
    afterwards: tuple[Afterwards, ...] = ()
    reports: tuple[Reported, ...] = ()
    appeal: Appealed | None = None
    change: Changed | None = None


class Conflict(Strict):
    evaluator: str
    reason: str


class Talk(Strict):
    outside_board: bool
    tells: str


class Signatures(Strict):
    evaluators: str
    collective: str


class Visit(Strict):
    date: date
    place: str
    people: int
    summary: str
    interviews: tuple[Talk, ...] = ()
    signed: Signatures | None = None
    """Names under the record; without them nobody has signed yet."""


class Consensus(Strict):
    level: int
    reason: str


class Third(Strict):
    level: int
    note: str


class LevelEntry(Strict):
    """What both found for one indicator, and what came of a difference; or why it was left out."""

    levels: tuple[int, int] = (0, 0)
    notes: tuple[str, str] = ("", "")
    evidence: tuple[str, ...] = ()
    consensus: Consensus | None = None
    no_agreement: str | None = None
    """Why the two did not agree; the lower level stands, or a third person scores."""
    third: Third | None = None
    not_applicable: str | None = None


class Evaluation(Strict):
    team: tuple[str, str]
    third: str | None = None
    conflict: Conflict | None = None
    challenged: Challenged | None = None
    visit: Visit
    levels: dict[str, LevelEntry]


class Heard(Strict):
    tells: str
    answer: str


class ReviewNotes(Strict):
    notes: str
    hearing: Heard | None = None
    """Where what the levels come to is adverse."""


class DecisionNotes(Strict):
    resolution: str
    authority: str
    reasons: str
    hearing: Heard | None = None
    """Where the committee gives less than what was computed, and nobody heard the collective before."""
    award: str | None = None
    """Only where the committee departs from the computed award, which it may do downward."""


class Page(Strict):
    """What the collective tells the public once it holds the mark."""

    story: str
    offers: str
    next_fair: str | None = None
    next_fair_on: date | None = None
    contact: str


class Expectation(Strict):
    final_state: str
    certificate_state: str | None = None
    award: str | None = None
    total: str | None = None


class Dossier(Strict):
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    fictitious: Literal[True]
    collective: Collective
    scope: Scope
    submitted: date
    expediente: str
    declaration: bool
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    course: Course = Course()
    evaluation: Evaluation | None = None
    review: ReviewNotes | None = None
    decision: DecisionNotes | None = None
    page: Page | None = None
    expect: Expectation


class DossierInvalid(ValueError):
    """The dossier cannot be played; `problems` says everything that is wrong, and where."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def load_dossiers(folder: Path) -> tuple[Dossier, ...]:
    """Every dossier of a folder, by date of submission. Raises DossierInvalid."""
    dossiers = [load_dossier(path) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(dossiers, key=lambda dossier: (dossier.submitted, dossier.slug)))


def load_dossier(path: Path) -> Dossier:
    """Raises DossierInvalid; OSError when the file cannot be read."""
    try:
        document = read_yaml(path)
    except RubricInvalid as invalid:
        raise DossierInvalid(invalid.problems) from invalid
    try:
        dossier = Dossier.model_validate(document)
    except ValidationError as error:
        found = [
            (tuple(item["loc"]), item["type"], item.get("ctx", {}))
            for item in error.errors(include_url=False)
        ]
        raise DossierInvalid(tuple(_problem(path, document, *one) for one in found)) from error
    if problems := tuple(_problem(path, document, *found) for found in check_sense(dossier)):
        raise DossierInvalid(problems)
    return dossier


def _problem(path: Path, document: Any, where: Where, code: str, facts: dict[str, Any]) -> Problem:
    line, column = locate(document, where)
    facts = {key: value for key, value in facts.items() if key != "error"}
    return Problem(str(path), line, column, ".".join(map(str, where)), code, facts)


def check_sense(dossier: Dossier) -> Iterator[tuple[Where, str, dict[str, Any]]]:
    """What a schema cannot see: evidence that is not listed, differences without an outcome, files without content."""
    if dossier.slug and not dossier.collective.name.endswith(("(ficticia)", "(ficticio)")):
        yield ("collective", "name"), "not_marked_fictitious", {"value": dossier.collective.name}
    for index, item in enumerate(dossier.evidence):
        if item.form == "stored" and not item.content:
            yield ("evidence", index), "file_missing", {"code": item.id}
    if dossier.evaluation is not None:
        yield from _check_levels(dossier, dossier.evaluation)


def _check_levels(dossier: Dossier, evaluation: Evaluation) -> Iterator[tuple[Where, str, dict[str, Any]]]:
    listed = {item.id for item in dossier.evidence}
    for indicator, entry in evaluation.levels.items():
        where: Where = ("evaluation", "levels", indicator)
        for code in entry.evidence:
            if code not in listed:
                yield (*where, "evidence"), "evidence_unknown", {"code": code}
        if entry.not_applicable is None and not all(note.strip() for note in entry.notes):
            yield (*where, "notes"), "missing", {}
        settled = entry.consensus or entry.no_agreement
        if (entry.levels[0] != entry.levels[1]) != bool(settled):
            yield where, "difference_without_outcome", {"value": list(entry.levels)}
        if entry.third is not None and evaluation.third is None:
            yield ("evaluation", "third"), "missing", {"indicator": indicator}

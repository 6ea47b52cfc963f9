"""Before an application is handed in: is it for us, what will be asked, and what is still to do."""

from dataclasses import dataclass
from enum import StrEnum

from mcc.actions.apply import CollectiveKind
from mcc.actions.catalogue import CategoryCode, Document, documents_for
from mcc.actions.editions import current_rubric
from mcc.actions.folder import Freshness, Paper, judge_freshness
from mcc.actions.inputs import Input
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of, self_scores_of
from mcc.db.queries.folder import documents_of
from mcc.db.tables import Application, EvidenceItem, Organisation


class SelfCheck(Input):
    """Five questions, answered before there is an account; nothing of it is kept."""

    several: bool
    """Two persons or more decide together."""
    in_canelones: bool
    legal_status: bool
    kind: CollectiveKind
    category: CategoryCode


class Obstacle(StrEnum):
    """What stands in the way, or what one should know before starting."""

    ALONE = "alone"
    ELSEWHERE = "elsewhere"
    INFORMAL = "informal"
    """No obstacle to start: without legal status the most that can be reached is En camino."""


class TaskState(StrEnum):
    DONE = "done"
    BEGUN = "begun"
    TO_DO = "to_do"


@dataclass(frozen=True)
class AskedDocument:
    """A document that concerns an application: what is in the file already, and what the folder could give."""

    document: Document
    present: tuple[EvidenceItem, ...]
    in_folder: tuple[Paper, ...]

    @property
    def missing(self) -> bool:
        return not (self.present or self.document.by_office or self.document.optional)


@dataclass(frozen=True)
class Task:
    name: str
    state: TaskState
    done: int | None = None
    of: int | None = None


def check_eligibility(given: SelfCheck) -> tuple[Obstacle, ...]:
    found = []
    if not given.several:
        found.append(Obstacle.ALONE)
    if not given.in_canelones:
        found.append(Obstacle.ELSEWHERE)
    if not given.legal_status:
        found.append(Obstacle.INFORMAL)
    return tuple(found)


def list_documents(work: Work, application: Application) -> list[AskedDocument]:
    """Everything that concerns this application, in the order of the catalogue."""
    require(work, "draft_application", application)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    present = evidence_of(work.session, application.key)
    kept = documents_of(work.session, organisation.key)
    papers = [Paper(row, judge_freshness(row.expires_on, work.today)) for row in kept]
    asked = documents_for(organisation.kind, application.category, legal_status=organisation.legal_status)
    return [
        AskedDocument(
            document=document,
            present=tuple(item for item in present if item.document == document.code),
            in_folder=tuple(
                paper
                for paper in papers
                if paper.row.document == document.code and paper.freshness != Freshness.EXPIRED
            ),
        )
        for document in asked
    ]


def list_tasks(work: Work, application: Application) -> list[Task]:
    """The parts of a draft, each with how far it is."""
    documents = list_documents(work, application)
    asked = [item for item in documents if not (item.document.by_office or item.document.optional)]
    brought = sum(not item.missing for item in asked)
    indicators = len(current_rubric().indicators)
    scored = sum(row.level is not None for row in self_scores_of(work.session, application.key))
    return [
        Task("collective", TaskState.DONE),
        Task("scope", TaskState.DONE if application.category is not None else TaskState.BEGUN),
        Task("documents", _progress(brought, len(asked)), brought, len(asked)),
        Task("self_assessment", _progress(scored, indicators), scored, indicators),
    ]


def _progress(done: int, of: int) -> TaskState:
    if done >= of:
        return TaskState.DONE
    return TaskState.BEGUN if done else TaskState.TO_DO

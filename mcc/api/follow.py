"""Where files stand, for those who may see them; and the public status by receipt."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import follow
from mcc.actions.finding import find_by_reference
from mcc.actions.follow import Standing, StoryEntry
from mcc.api.addresses import Reference
from mcc.api.answering import Answer
from mcc.api.apply import OrganisationAnswer, describe_organisation
from mcc.api.asking import Look, PublicLook
from mcc.api.inputs import ReceiptInput
from mcc.clock import local_day
from mcc.db.tables import Organisation

router = APIRouter(tags=["follow"])


class ApplicationLine(Answer):
    id: int
    number: str | None
    organisation: str
    state: str
    since: date


class ApplicationAnswer(Answer):
    id: int
    number: str | None
    expediente: str | None
    organisation: OrganisationAnswer
    scope_kind: str
    products: tuple[str, ...]
    process: str
    site_address: str
    site_municipality: str
    edition: str | None
    round: int
    outcome_reason: str | None
    standing: Standing
    moves: tuple[str, ...]
    """What the person may do now."""


class ReceiptStatusAnswer(Answer):
    number: str
    standing: Standing


@router.get("/applications")
def list_visible(work: Look, state: str | None = None) -> list[ApplicationLine]:
    """The applications that the person may see, the longest waiting first."""
    return [
        ApplicationLine(
            id=application.key,
            number=application.number,
            organisation=organisation.name,
            state=application.state,
            since=local_day(application.state_since),
        )
        for application, organisation in follow.list_visible(work, state)
    ]


@router.get("/applications/{reference}")
def show(work: Look, reference: Reference) -> ApplicationAnswer:
    application = find_by_reference(work, reference)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    return ApplicationAnswer(
        **application.model_dump(include=set(SHOWN)),
        organisation=describe_organisation(organisation),
        standing=follow.describe_standing(work, application),
        moves=tuple(follow.list_moves(work, application)),
    )


SHOWN = ApplicationAnswer.model_fields.keys() - {"organisation", "standing", "moves"}


@router.get("/applications/{reference}/story")
def tell_story(work: Look, reference: Reference) -> list[StoryEntry]:
    """What happened so far, oldest first."""
    return follow.tell_story(work, find_by_reference(work, reference))


@router.post("/receipts/status")
def status_by_receipt(work: PublicLook, given: ReceiptInput) -> ReceiptStatusAnswer:
    """Open to everybody who holds the receipt: number and word together."""
    application, standing = follow.status_by_receipt(work, given.receipt)
    assert application.number is not None, "found by it"
    return ReceiptStatusAnswer(number=application.number, standing=standing)

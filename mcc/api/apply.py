"""The applicant's part: collectives, drafts, submission, answers, withdrawal."""

from datetime import date

from fastapi import APIRouter

from mcc.actions import apply
from mcc.actions.apply import AnswersInput, OrganisationInput, ScopeInput
from mcc.actions.finding import find_by_reference
from mcc.api.addresses import Key, Reference
from mcc.api.answering import Answer, Done
from mcc.api.asking import Change, Look
from mcc.api.inputs import DeclarationInput, WithdrawalInput
from mcc.db.tables import Organisation

router = APIRouter(tags=["apply"])


class OrganisationAnswer(Answer):
    id: int
    name: str
    kind: str
    legal_status: bool
    municipality: str
    founded: date
    members: int
    women: int
    registration: str | None


class DraftAnswer(Answer):
    id: int
    """The draft's reference until it is submitted."""
    state: str


class ReceiptAnswer(Answer):
    number: str
    receipt: str
    """Number and word: together they open the public status of the application."""


def describe_organisation(organisation: Organisation) -> OrganisationAnswer:
    """What the office and the collective itself see; contact details stay out."""
    return OrganisationAnswer(id=organisation.key, **organisation.model_dump(include=set(DESCRIBED)))


DESCRIBED = OrganisationAnswer.model_fields.keys() - {"id"}


@router.get("/organisations")
def list_own(work: Look) -> list[OrganisationAnswer]:
    """The collectives that the person acts for."""
    found = (work.session.get(Organisation, key) for key in sorted(work.actor.organisations))
    return [describe_organisation(organisation) for organisation in found if organisation is not None]


@router.post("/organisations", status_code=201)
def register_organisation(work: Change, given: OrganisationInput) -> OrganisationAnswer:
    return describe_organisation(apply.register_organisation(work, given))


@router.post("/organisations/{organisation}/applications", status_code=201)
def draft_application(work: Change, organisation: Key, given: ScopeInput) -> DraftAnswer:
    application = apply.draft_application(work, organisation, given)
    return DraftAnswer(id=application.key, state=application.state)


@router.put("/applications/{reference}/scope")
def revise_application(work: Change, reference: Reference, given: ScopeInput) -> Done:
    apply.revise_application(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/applications/{reference}/submit")
def submit(work: Change, reference: Reference, given: DeclarationInput) -> ReceiptAnswer:
    application = find_by_reference(work, reference)
    apply.submit(work, application, declaration=given.declaration)
    assert application.number is not None, "given on submission"
    return ReceiptAnswer(number=application.number, receipt=apply.receipt_of(application))


@router.post("/applications/{reference}/answer-request")
def answer_request(work: Change, reference: Reference, given: AnswersInput) -> Done:
    apply.answer_request(work, find_by_reference(work, reference), given)
    return Done()


@router.post("/applications/{reference}/withdraw-application")
def withdraw_application(work: Change, reference: Reference, given: WithdrawalInput) -> Done:
    apply.withdraw_application(work, find_by_reference(work, reference), reason=given.reason)
    return Done()

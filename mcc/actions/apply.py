"""The applicant's part: register the collective, describe the scope, submit, answer, withdraw."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from mcc.actions import journal
from mcc.actions.catalogue import CategoryCode
from mcc.actions.inputs import Email, Input, Line, Phone, Prose
from mcc.actions.municipalities import Municipality
from mcc.actions.numbering import next_application_number
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.db.queries.apply import evidence_of, requests_of
from mcc.db.queries.certify import withdrawn_since
from mcc.db.queries.co_holders import co_holders_of, holders_of
from mcc.db.tables import Application, Membership, Organisation
from mcc.errors import InputInvalid, NotAllowed, NotFound, Problem

EARLIEST_FOUNDING = date(1850, 1, 1)
"""Before that there were no cooperatives to speak of: a year was mistyped."""

BARRED = timedelta(days=365)
"""How long after its mark was withdrawn a collective cannot apply."""

SCOPE_OPEN = ("draft", "info_requested")
"""While what is applied for, and by whom, may change."""


class CollectiveKind(StrEnum):
    """Classes of Ley 18.407 and the other forms of Ley 19.848, article 6; groups without legal status too."""

    WORKERS = "workers"
    SOCIAL = "social"
    AGRARIAN = "agrarian"
    CONSUMER = "consumer"
    HOUSING = "housing"
    ARTISANS_GROUP = "artisans_group"
    PRODUCER_ASSOCIATION = "producer_association"
    RURAL_SOCIETY = "rural_society"
    OTHER = "other"


class ScopeKind(StrEnum):
    PRODUCTS = "products"
    SERVICES = "services"


class OrganisationInput(Input):
    name: Line
    kind: CollectiveKind
    legal_status: bool
    municipality: Municipality
    founded: date
    members: int = Field(ge=2, le=100_000)
    women: int = Field(ge=0)
    registration: Line | None = None
    rut: str | None = Field(default=None, pattern=r"^\d{12}$")
    contact_name: Line
    contact_phone: Phone
    contact_email: Email

    @field_validator("women")
    @classmethod
    def count_women_among_members(cls, women: int, info: ValidationInfo) -> int:
        """Of the field, not of the whole: what is wrong elsewhere does not keep this from being told."""
        members = info.data.get("members")
        if members is not None and women > members:
            raise PydanticCustomError(
                "more_women_than_members", "more women than members", {"members": members}
            )
        return women


class ScopeInput(Input):
    """What the mark is asked for: products or services, the process behind them, and the site."""

    scope_kind: ScopeKind
    category: CategoryCode | None = None
    products: list[Line] = Field(min_length=1, max_length=30)
    process: Prose
    site_address: Line
    site_municipality: Municipality


class AnswersInput(Input):
    answers: list[Prose] = Field(min_length=1, max_length=50)


def register_organisation(work: Work, given: OrganisationInput) -> Organisation:
    """Store a collective; an applicant who registers one becomes its first member with access."""
    role = require(work, "register_organisation")
    _refuse_impossible_founding(work, given)
    organisation = Organisation(**given.model_dump(), created_at=work.now)
    work.add(organisation)
    if role == Role.APPLICANT:
        work.add(Membership(account_id=work.actor.key, organisation_id=organisation.key, since=work.now))
    journal.record(work, f"organisation:{organisation.id}", "register_organisation", role=role)
    return organisation


def revise_organisation(work: Work, organisation: Organisation, given: OrganisationInput) -> None:
    """Correct what the collective says about itself; certificates that were issued keep what they say."""
    role = require(work, "revise_organisation", organisation)
    _refuse_impossible_founding(work, given)
    organisation.sqlmodel_update(given.model_dump())
    work.session.add(organisation)
    journal.record(work, f"organisation:{organisation.id}", "revise_organisation", role=role)


def _refuse_impossible_founding(work: Work, given: OrganisationInput) -> None:
    if problems := list_founding_problems(given.founded, work.today):
        raise InputInvalid(problems)


def list_founding_problems(founded: date, today: date) -> list[Problem]:
    if founded > today:
        return [Problem("founded", "date_in_future", {"value": str(founded)})]
    if founded < EARLIEST_FOUNDING:
        return [Problem("founded", "date_too_early", {"minimum": str(EARLIEST_FOUNDING)})]
    return []


def draft_application(work: Work, organisation_id: int, given: ScopeInput) -> Application:
    """Open a draft for one's own organisation; or at the office's counter, for people who brought their papers."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound("organisation_unknown", organisation=organisation_id)
    role = require(work, "draft_application", organisation)
    application = Application(
        organisation_id=organisation_id,
        **given.model_dump(),
        created_at=work.now,
        entered_by=work.actor.key if role == Role.COORDINATOR else None,
    )
    journal.begin(work, application, role=role, action="draft_application")
    return application


def revise_application(work: Work, application: Application, given: ScopeInput) -> None:
    """Change the scope of a draft, or of a file whose applicant was asked to complete it."""
    role = require(work, "draft_application", application)
    refuse_submitted(application, "revise_application")
    changed = application.model_dump(include=set(ScopeInput.model_fields)) != given.model_dump()
    application.sqlmodel_update(given.model_dump())
    work.session.add(application)
    journal.record(
        work, f"application:{application.id}", "revise_application", role=role, application=application
    )
    if changed:
        _ask_holders_again(work, application, role)


def _ask_holders_again(work: Work, application: Application, role: Role) -> None:
    """Those who agreed, agreed to something else: each has to say so again."""
    agreed = [row for row in co_holders_of(work.session, application.key) if row.agreed_at is not None]
    for row in agreed:
        row.agreed_at = None
        work.session.add(row)
    if agreed:
        subject = f"application:{application.id}"
        journal.record(work, subject, "ask_holders_again", role=role, application=application)


def refuse_submitted(application: Application, action: str) -> None:
    """Raises NotAllowed once what is applied for, and by whom, is what the office works on."""
    if application.state not in SCOPE_OPEN:
        raise NotAllowed("no_longer_a_draft", action=action, subject=f"application:{application.id}")


def submit(work: Work, application: Application, *, declaration: bool) -> None:
    """Hand the application in: it gets its number and the receipt that opens its public status.

    Raises Refused when scope, evidence or declaration is missing.
    """
    role = require(work, "submit", application)
    guards = {
        "scope_described": bool(application.products and application.process),
        "documents_listed": bool(evidence_of(work.session, application.key)),
        "declaration_made": declaration,
        "co_holders_agreed": have_holders_agreed(work, application),
        "not_barred": not is_barred(work, application),
    }
    application.declaration = declaration
    application.submitted_at = work.now
    application.number = application.number or next_application_number(work.session, work.today.year)
    application.receipt_word = application.receipt_word or draw_word(work.chance, 8)
    journal.advance(work, application, "submit", role=role, guards=guards, number=application.number)


def is_barred(work: Work, application: Application) -> bool:
    """Whether one of its collectives lost the mark in the last twelve months (domain.md, section 2)."""
    return withdrawn_since(work.session, holders_of(work.session, application), work.now - BARRED)


def have_holders_agreed(work: Work, application: Application) -> bool:
    return all(row.agreed_at is not None for row in co_holders_of(work.session, application.key))


def answer_request(work: Work, application: Application, given: AnswersInput) -> None:
    """Answer every item that the office asked for, in their order."""
    role = require(work, "answer_request", application)
    requests = requests_of(work.session, application.key)
    open_request = requests[-1] if requests else None
    answered = open_request is not None and len(given.answers) == len(open_request.items)
    if open_request is not None and answered:
        open_request.answers = list(given.answers)
        open_request.answered_at = work.now
        work.session.add(open_request)
    guards = {"every_item_answered": answered, "co_holders_agreed": have_holders_agreed(work, application)}
    journal.advance(work, application, "answer_request", role=role, guards=guards, answers=len(given.answers))


def withdraw_application(work: Work, application: Application, *, reason: str) -> None:
    """The applicant gives the application up before a decision."""
    role = require(work, "withdraw_application", application)
    if not reason.strip():
        raise InputInvalid([Problem("reason", "missing")])
    application.outcome_reason = "withdrawn"
    application.outcome_words = reason
    journal.advance(work, application, "withdraw_application", role=role, words=reason)


def receipt_of(application: Application) -> str:
    """What the receipt prints: the number and the word that goes with it."""
    return f"{application.number}-{application.receipt_word}"

"""Mandates: who sits in the committee (mcc/data/committee.yaml) and who signs certificates, from when to when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from mcc.actions import journal
from mcc.actions.accounts import find_account
from mcc.actions.catalogue import Strict, Words
from mcc.actions.inputs import Code, Input, Line
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.db.queries.accounts import roles_of_account
from mcc.db.queries.mandates import all_mandates, mandates_on
from mcc.db.tables import Account, Mandate
from mcc.db.tables.mandates import SIGNATURE
from mcc.errors import InputInvalid, NotFound, Problem, Refused


class Institution(Strict):
    code: str
    label: Words


class Committee(Strict):
    """Each institution has one vote; a tie is settled by the one that is named for it."""

    institutions: tuple[Institution, ...]
    signature: Words
    quorum: int = Field(ge=1)
    casting: str

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        codes = [item.code for item in self.institutions]
        if len(set(codes)) != len(codes) or self.casting not in codes or self.quorum > len(codes):
            raise ValueError(
                "committee.yaml: institutions differ, casting is one of them, quorum is not above them"
            )
        return self

    @property
    def seats(self) -> tuple[Institution, ...]:
        """Everything that a mandate may be for: the institutions, and signing."""
        return *self.institutions, Institution(code=SIGNATURE, label=self.signature)

    def institution(self, code: str) -> Institution:
        return next(item for item in self.seats if item.code == code)


@cache
def committee() -> Committee:
    text = files("mcc").joinpath("data/committee.yaml").read_text(encoding="utf-8")
    return Committee.model_validate(YAML(typ="safe", pure=True).load(text))


class MandateInput(Input):
    username: Code
    institution: Code
    """Of the committee; or `signature`, for whoever signs certificates."""
    substitute: bool = False
    since: date
    until: date | None = None
    act: Line
    """The resolution or note by which the institution named the person."""


@dataclass(frozen=True)
class Seated:
    mandate: Mandate
    person: Account


def list_mandates(work: Work) -> list[Seated]:
    """Every one there ever was, titulars before substitutes, the newest first."""
    require(work, "view_mandates")
    found = [Seated(mandate, person) for mandate, person in all_mandates(work.session)]
    return sorted(found, key=lambda row: row.mandate.substitute)


def name_member(work: Work, given: MandateInput) -> Mandate:
    """Seat a person in the committee, or to sign. Raises Refused where another titular sits in those days."""
    role = require(work, "manage_mandates")
    person = find_account(work, given.username)
    _refuse_unfit(work, person, given)
    _refuse_taken(work, given)
    mandate = Mandate(
        institution=given.institution,
        account_id=person.key,
        substitute=given.substitute,
        since=given.since,
        until=given.until,
        act=given.act,
        named_at=work.now,
    )
    work.add(mandate)
    journal.record(
        work,
        f"mandate:{mandate.id}",
        "name_member",
        role=role,
        account=person.id,
        until=str(given.until or ""),
    )
    return mandate


def _refuse_unfit(work: Work, person: Account, given: MandateInput) -> None:
    problems = []
    signs = given.institution == SIGNATURE
    if (Role.SIGNATORY if signs else Role.COMMITTEE) not in roles_of_account(work.session, person.key):
        reason = "not_a_signatory" if signs else "not_in_committee"
        problems.append(Problem("username", reason, {"value": person.username}))
    if not signs and given.institution not in {item.code for item in committee().institutions}:
        problems.append(Problem("institution", "institution_unknown", {"value": given.institution}))
    if given.until is not None and given.until < given.since:
        problems.append(Problem("until", "date_too_early", {"minimum": str(given.since)}))
    if problems:
        raise InputInvalid(problems)


def _refuse_taken(work: Work, given: MandateInput) -> None:
    """One titular for each seat at any time, and one institution of the committee for each person."""
    for mandate, person in all_mandates(work.session):
        if mandate.ended_at is not None or not _meet(mandate, given):
            continue
        same_kind = (mandate.institution == SIGNATURE) == (given.institution == SIGNATURE)
        if person.username == given.username and same_kind:
            raise Refused("already_seated", where="username", institution=mandate.institution)
        if not (given.substitute or mandate.substitute) and mandate.institution == given.institution:
            raise Refused("titular_present", where="institution", name=person.name)


def _meet(mandate: Mandate, given: MandateInput) -> bool:
    """Whether the two have a day in common."""
    begins_before_end = given.until is None or mandate.since <= given.until
    return begins_before_end and (mandate.until is None or given.since <= mandate.until)


def is_open(mandate: Mandate, day: date) -> bool:
    """Running, or still to begin."""
    return mandate.ended_at is None and (mandate.until is None or mandate.until >= day)


def end_mandate(work: Work, key: int) -> None:
    """From now on the person neither votes nor decides; votes that were cast stay."""
    role = require(work, "manage_mandates")
    mandate = work.session.get(Mandate, key)
    if mandate is None or mandate.ended_at is not None:
        raise NotFound("mandate_unknown", where="mandate", value=key)
    mandate.ended_at = work.now
    work.session.add(mandate)
    journal.record(work, f"mandate:{mandate.id}", "end_mandate", role=role)


def can_be_signed(work: Work) -> bool:
    """Whether somebody may sign today."""
    return any(mandate.institution == SIGNATURE for mandate, _ in mandates_on(work.session, work.today))


def list_vacant(work: Work, without: Collection[int] = ()) -> list[str]:
    """Codes of the institutions for which nobody could vote today, leaving out the accounts in `without`."""
    seated = {
        m.institution for m, person in mandates_on(work.session, work.today) if person.key not in without
    }
    return [item.code for item in committee().institutions if item.code not in seated]

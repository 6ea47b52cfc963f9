"""The collective agrees to the rules of use; what nobody agreed to in time lapses (ISO/IEC 17065, 4.1.2)."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from pydantic import Field
from ruamel.yaml import YAML

from mcc.actions import journal
from mcc.actions.catalogue import Strict, Words
from mcc.actions.editions import workflow_of
from mcc.actions.inputs import Input, Line
from mcc.actions.permissions import require
from mcc.actions.terms import find_due
from mcc.actions.work import Role, Work
from mcc.db.queries.accept_rules import agreement_of
from mcc.db.queries.apply import applications_in
from mcc.db.tables import Application, UseAgreement
from mcc.errors import InputInvalid, Problem, Refused

GUARD = "agreement_accepted"
"""An edition of the workflow that has it asks for an agreement; files of earlier ones are signed without."""


class RulesOfUse(Strict):
    edition: str
    pilot: bool
    clauses: tuple[Words, ...] = Field(min_length=1)


class AcceptanceInput(Input):
    name: Line = Field(max_length=200)
    """Of whoever represents the collective by law."""
    accepted: bool = False


@cache
def _read_rules() -> bytes:
    return files("mcc").joinpath("data/rules_of_use.yaml").read_bytes()


@cache
def rules_of_use() -> RulesOfUse:
    return RulesOfUse.model_validate(YAML(typ="safe", pure=True).load(_read_rules().decode()))


def accept_rules(work: Work, application: Application, given: AcceptanceInput) -> UseAgreement:
    """Say yes for the collective. Raises InputInvalid without the tick, Refused where nothing waits for it."""
    role = require(work, "accept_rules", application)
    if not is_waiting_for_rules(work, application):
        raise Refused("nothing_to_accept", where="application")
    if not given.accepted:
        raise InputInvalid([Problem("accepted", "missing")])
    row = UseAgreement(
        application_id=application.key,
        account_id=work.actor.key,
        name=given.name,
        edition=rules_of_use().edition,
        digest=sha256(_read_rules()).hexdigest(),
        accepted_at=work.now,
    )
    work.add(row)
    journal.record(
        work,
        f"use_agreement:{row.id}",
        "accept_rules",
        role=role,
        application=application,
        edition=row.edition,
        digest=row.digest,
    )
    return row


def is_waiting_for_rules(work: Work, application: Application) -> bool:
    """Whether it was granted, and the collective has to agree before anybody signs."""
    return application.state == "granted" and not is_settled(work, application)


def is_settled(work: Work, application: Application) -> bool:
    """Whether the rules were accepted, or the edition that the file moves by asks for no acceptance."""
    asked = GUARD in workflow_of(application).guards
    return not asked or agreement_of(work.session, application.key) is not None


def lapse_unaccepted(work: Work) -> int:
    """What was granted lapses when its rules were not accepted within the term; returns how many."""
    lapsed = 0
    for application in applications_in(work.session, "granted"):
        due = find_due(work, application)
        if due is not None and due < work.today and is_waiting_for_rules(work, application):
            guards = {"agreement_term_over": True}
            journal.advance(work, application, "lapse", role=Role.SYSTEM, guards=guards)
            lapsed += 1
    return lapsed

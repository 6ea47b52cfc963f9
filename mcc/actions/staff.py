"""A file that too few impartial people could evaluate: somebody from outside, or a measure that is published (ISO/IEC 17065, 4.2).

The measure lets one person evaluate who advised the collective not long ago; never both of a dimension, never whoever belongs
to the collective, and never for reviewing or deciding.
"""

from enum import StrEnum

from mcc.actions import journal
from mcc.actions.assign import Candidate, list_candidates
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.accounts import account_by_username
from mcc.db.queries.staff import safeguards_of
from mcc.db.tables import Application, Safeguard
from mcc.errors import InputInvalid, Problem, Refused

NEEDED = 2
"""People for each dimension."""
OPEN = ("in_admissibility", "admitted", "in_evaluation")


class SafeguardKind(StrEnum):
    OUTSIDE = "outside"
    MEASURE = "measure"


class SafeguardInput(Input):
    kind: SafeguardKind
    evaluator: Code | None = None
    """Username; of a measure."""
    words: Prose


def list_able(work: Work, application: Application) -> list[Candidate]:
    """Who could evaluate it today."""
    return [row for row in list_candidates(work, application) if row.refusal is None]


def is_staffed(work: Work, application: Application) -> bool:
    """Whether two people could evaluate it, or it is settled who is asked from outside."""
    asked = any(row.kind == SafeguardKind.OUTSIDE for row in safeguards_of(work.session, application.key))
    return asked or len(list_able(work, application)) >= NEEDED


def set_safeguard(work: Work, application: Application, given: SafeguardInput) -> Safeguard:
    """Raises Refused where two can evaluate it anyway, or a measure stands already; InputInvalid for whom none helps."""
    role = require(work, "set_safeguard", application)
    if application.state not in OPEN:
        raise Refused(
            "not_from_this_state", where="application", action="set_safeguard", state=application.state
        )
    if len(list_able(work, application)) >= NEEDED:
        raise Refused("enough_evaluators", where="application")
    row = Safeguard(
        application_id=application.key,
        kind=given.kind.value,
        account_id=_find_adviser(work, application, given) if given.kind == SafeguardKind.MEASURE else None,
        words=given.words,
        set_by=work.actor.key,
        set_at=work.now,
    )
    work.add(row)
    subject = f"safeguard:{row.id}"
    journal.record(
        work, subject, "set_safeguard", role=role, application=application, words=given.words, kind=row.kind
    )
    return row


def _find_adviser(work: Work, application: Application, given: SafeguardInput) -> int:
    """Somebody whom nothing but their advice keeps out."""
    if any(row.account_id is not None for row in safeguards_of(work.session, application.key)):
        raise Refused("one_safeguard_only", where="evaluator")
    if given.evaluator is None:
        raise InputInvalid([Problem("evaluator", "missing")])
    refusals = {row.username: row.refusal for row in list_candidates(work, application)}
    person = account_by_username(work.session, given.evaluator)
    if person is None or refusals.get(given.evaluator) != "gave_assistance":
        raise InputInvalid([Problem("evaluator", "no_measure_helps", {"value": given.evaluator})])
    return person.key

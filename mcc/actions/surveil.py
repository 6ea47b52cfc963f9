"""Surveillance: a certificate that is valid is looked at again before it ends (ISO/IEC 17065, 7.9).

By itself every twelve months and when a paper that it rests on expires; by the office after a complaint that was founded, or
by a sample of those that the records show to be at risk. The mark stays valid meanwhile; the review says of each indicator
whether it still holds. Where one does not, it is for the committee to suspend.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

from pydantic import Field

from mcc.actions import journal
from mcc.actions.cases import find_case
from mcc.actions.editions import pinned_rubric
from mcc.actions.inputs import Code, Input, Line, Prose
from mcc.actions.permissions import application_of, require
from mcc.actions.settle import compute_assessment, final_answers
from mcc.actions.work import Role, Work
from mcc.clock import add_months
from mcc.db.queries.apply import self_scores_of
from mcc.db.queries.certify import certificates_of
from mcc.db.queries.decide import decision_of
from mcc.db.queries.renew import continuation_of
from mcc.db.queries.surveil import papers_expired, surveillances_of, valid_certificates
from mcc.db.tables import Application, Certificate, Surveillance
from mcc.errors import InputInvalid, Problem, Refused
from rubric import Assessment
from workflows import due_on, load_workflow

EVERY = 12
"""Months (domain.md, section 2)."""
JUST_PASSING = 5
"""Points above what the award asks for in all."""
VERY_HIGH, VERY_LOW = 80, 55
JUMP = 15
"""Points more than in the application before."""
APART = 2
"""Levels between what the collective said of itself and what was found."""


class Cause(StrEnum):
    ANNIVERSARY = "anniversary"
    DOCUMENT = "document"
    COMPLAINT = "complaint"
    SAMPLE = "sample"


class Sign(StrEnum):
    """What makes a certificate worth a second look (Balanç Social's criteria; domain.md, section 1)."""

    JUST_PASSING = "just_passing"
    UNEVEN = "uneven"
    JUMP = "jump"
    INCONSISTENT = "inconsistent"


class OpeningInput(Input):
    cause: Cause
    """complaint or sample: the others come by themselves."""
    case: Line | None = None
    """The receipt of the complaint that was found to be right."""
    indicators: list[Code] = Field(default_factory=list, max_length=100)
    """The critical ones are among them in any case."""
    reason: Prose


class FindingInput(Input):
    holds: bool
    note: Prose


def open_surveillance(work: Work, certificate: Certificate, given: OpeningInput) -> Surveillance:
    """By the office, with its reason. Raises InputInvalid, Refused when a complaint was not found to be right."""
    role = require(work, "open_surveillance", certificate)
    if given.cause not in {Cause.COMPLAINT, Cause.SAMPLE}:
        raise InputInvalid([Problem("cause", "cause_comes_by_itself", {"value": given.cause.value})])
    rubric = pinned_rubric(application_of(work, certificate))
    unknown = [code for code in given.indicators if code not in rubric.indicators]
    if unknown:
        raise InputInvalid([Problem("indicators", "unknown_indicator", {"value": unknown[0]})])
    about = _name_complaint(work, certificate, given) if given.cause == Cause.COMPLAINT else None
    return _open(work, certificate, role, given.cause, about, given.reason, set(given.indicators))


def _name_complaint(work: Work, certificate: Certificate, given: OpeningInput) -> str:
    if given.case is None:
        raise InputInvalid([Problem("case", "missing")])
    case = find_case(work, given.case)
    ended = case.state in {"resolved", "closed"}
    if case.certificate_id != certificate.id or not ended or case.outcome != "upheld":
        raise Refused("complaint_not_founded", where="case")
    return f"case:{case.key}"


def open_due(work: Work) -> int:
    """Twelve months passed, or a paper expired: opened by itself, once for each of them; returns how many."""
    opened = 0
    for certificate in valid_certificates(work.session):
        chain = _list_chain(work, certificate)
        known = {row.about for link in chain for row in surveillances_of(work.session, link.key)}
        for cause, about in _list_due(work, certificate):
            if about not in known:
                _open(work, certificate, Role.SYSTEM, cause, about, None, set())
                opened += 1
                break
    return opened


def _list_chain(work: Work, certificate: Certificate) -> list[Certificate]:
    """The certificate and those whose place it took because of a change: a new file starts no new year."""
    rows = certificates_of(work.session, [certificate.application_id])
    return [row for row in rows if row.valid_until == certificate.valid_until]


def _list_due(work: Work, certificate: Certificate) -> Iterator[tuple[Cause, str]]:
    """What calls for it today; of the anniversaries the last one that came, and none on the last day of all."""
    if work.today > certificate.valid_until:
        return
    first = min(link.issued_on for link in _list_chain(work, certificate))
    months = EVERY
    while add_months(first, months + EVERY) <= work.today:
        months += EVERY
    if add_months(first, months) <= work.today:
        yield Cause.ANNIVERSARY, f"month:{months}"
    for paper in papers_expired(work.session, certificate.application_id, work.today):
        yield Cause.DOCUMENT, f"paper:{paper.key}"


def _open(  # noqa: PLR0917 - a row in one line
    work: Work,
    certificate: Certificate,
    role: Role,
    cause: Cause,
    about: str | None,
    reason: str | None,
    indicators: set[str],
) -> Surveillance:
    application = application_of(work, certificate)
    rubric, levels = pinned_rubric(application), final_answers(work, application).scores
    due = due_on(load_workflow("certificate"), "surveillance", work.today)
    assert due is not None, "the edition gives this state a term"
    wanted = indicators | set(rubric.critical)
    row = Surveillance(
        certificate_id=certificate.key,
        application_id=application.key,
        cause=cause.value,
        about=about,
        reason=reason,
        signs=[sign.value for sign in find_signs(work, certificate)],
        indicators=[code for code in rubric.indicators if code in wanted and code in levels],
        opened_at=work.now,
        opened_by=None if role == Role.SYSTEM else work.actor.key,
        due_on=due,
    )
    work.add(row)
    journal.advance(
        work, certificate, "open_surveillance", role=role, words=reason, cause=cause.value, due=str(due)
    )
    return row


def find_open(work: Work, certificate: Certificate) -> Surveillance | None:
    """What is being looked at now; None unless the certificate is under surveillance."""
    rows = surveillances_of(work.session, certificate.key)
    return rows[-1] if rows and certificate.state == "surveillance" else None


def recheck(work: Work, certificate: Certificate, given: Mapping[str, FindingInput]) -> bool:
    """What the review found on each indicator; where all hold, the surveillance is closed. Returns whether they did.

    Raises InputInvalid when one is missing, Refused when nothing is open.
    """
    role = require(work, "close_surveillance", certificate)
    row = find_open(work, certificate)
    if row is None:
        raise Refused("no_surveillance", where="certificate", number=certificate.number)
    missing = [Problem(f"{code}.holds", "missing") for code in row.indicators if code not in given]
    unknown = [
        Problem(code, "unknown_indicator", {"value": code}) for code in given if code not in row.indicators
    ]
    if missing or unknown:
        raise InputInvalid([*missing, *unknown])
    row.findings = {code: given[code].model_dump() for code in row.indicators}
    row.found_by = work.actor.key
    work.session.add(row)
    failed = [code for code in row.indicators if not given[code].holds]
    if failed:
        subject, application = f"certificate:{certificate.id}", application_of(work, certificate)
        journal.record(work, subject, "recheck_failed", role=role, application=application, indicators=failed)
        return False
    row.closed_at = work.now
    journal.advance(work, certificate, "close_surveillance", role=role, guards={"indicators_rechecked": True})
    return True


def list_at_risk(work: Work) -> list[tuple[Certificate, Application, tuple[Sign, ...]]]:
    """Valid certificates that show a sign, those with most of them first."""
    require(work, "view_risks")
    rows = [
        (certificate, application_of(work, certificate), find_signs(work, certificate))
        for certificate in valid_certificates(work.session)
    ]
    return sorted((row for row in rows if row[2]), key=lambda row: (-len(row[2]), row[0].number))


def find_signs(work: Work, certificate: Certificate) -> tuple[Sign, ...]:
    """What the records show, in a fixed order."""
    application = application_of(work, certificate)
    assessment = compute_assessment(work, application)[1]
    signs = {
        Sign.JUST_PASSING: _is_just_passing(work, application, assessment),
        Sign.UNEVEN: _is_uneven(assessment),
        Sign.JUMP: _has_jumped(work, application, assessment),
        Sign.INCONSISTENT: _is_inconsistent(work, application),
    }
    return tuple(sign for sign, shown in signs.items() if shown)


def _is_just_passing(work: Work, application: Application, assessment: Assessment) -> bool:
    decision = decision_of(work.session, application.key)
    assert decision is not None, "certified by a decision"
    minimum = Fraction(pinned_rubric(application).award(decision.award).total_minimum)
    return assessment.exact_total < minimum + JUST_PASSING


def _is_uneven(assessment: Assessment) -> bool:
    scores = [row.exact for row in assessment.dimensions.values()]
    return max(scores) >= VERY_HIGH and min(scores) < VERY_LOW


def _has_jumped(work: Work, application: Application, assessment: Assessment) -> bool:
    continuation = continuation_of(work.session, application.key)
    before = None if continuation is None else work.session.get(Application, continuation.follows_id)
    if before is None or decision_of(work.session, before.key) is None:
        return False
    return assessment.exact_total - compute_assessment(work, before)[1].exact_total >= JUMP


def _is_inconsistent(work: Work, application: Application) -> bool:
    """A third or more of what the collective said of itself lies far from what was found."""
    levels = final_answers(work, application).scores
    said = {
        row.indicator: row.level
        for row in self_scores_of(work.session, application.key)
        if row.level is not None and row.indicator in levels
    }
    apart = sum(abs(level - levels[code]) >= APART for code, level in said.items())
    return bool(said) and 3 * apart >= len(said)

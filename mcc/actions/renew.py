"""Renewal of a certificate and another attempt after none was granted (ISO/IEC 17065, 7.10; domain.md, section 2).

Either is an application of its own that starts from the one before. Where nothing important changed, only some indicators
are evaluated and the levels of the rest are kept. While a renewal that was asked for in time is decided, the certificate
goes on for some time; that ends by itself.
"""

from datetime import timedelta

from pydantic import Field

from mcc.actions import journal
from mcc.actions.apply import ScopeInput
from mcc.actions.editions import current_rubric, pinned_rubric
from mcc.actions.folder import Freshness, judge_freshness, use_in_application
from mcc.actions.inputs import Code, Input, Prose
from mcc.actions.permissions import application_of, require
from mcc.actions.work import Role, Work
from mcc.clock import local_day
from mcc.db.queries.amend import open_amendment
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.certify import certificates_ending
from mcc.db.queries.decide import decision_of
from mcc.db.queries.evaluate import final_levels, not_applicable_of
from mcc.db.queries.folder import documents_of
from mcc.db.queries.improve import steps_of
from mcc.db.queries.renew import UNDECIDED, continuation_of, followers_of, renewals_of
from mcc.db.tables import Application, Certificate, Continuation, FinalLevel, NotApplicable
from mcc.errors import InputInvalid, Problem, Refused

OPENS, IN_TIME = timedelta(days=120), timedelta(days=60)
"""Before the end: from when a renewal can be asked for, and until when so that the certificate goes on meanwhile."""
EXTENSION = timedelta(days=90)
SOON_AGAIN = timedelta(days=365)
"""How long the levels of an attempt that brought no mark may be kept for the next one."""
RENEWABLE = ("valid", "surveillance", "extended", "suspended")
ENDED = ("on_the_way", "denied", "lapsed", "inadmissible", "withdrawn_by_applicant")
"""States of an application after which another attempt may follow."""


class ShorteningInput(Input):
    indicators: list[Code] = Field(min_length=1, max_length=100)
    """What is evaluated; every critical one is among them in any case."""
    reason: Prose


def begin_renewal(work: Work, certificate: Certificate) -> Application:
    """A draft that starts from what was certified. Raises Refused before its time, after it, or while one is under way."""
    role = require(work, "begin_renewal", certificate)
    refuse_renewal(work, certificate)
    before = application_of(work, certificate)
    return _continue(work, before, certificate, role, "begin_renewal")


def refuse_renewal(work: Work, certificate: Certificate) -> None:
    if certificate.state not in RENEWABLE or work.today > certificate.last_day:
        raise Refused("not_renewable", where="certificate", number=certificate.number)
    if work.today < certificate.valid_until - OPENS:
        opens = str(certificate.valid_until - OPENS)
        raise Refused("renewal_not_open", where="certificate", opens=opens)
    before = application_of(work, certificate)
    if before.state != "issued" or open_amendment(work.session, before.key) is not None:
        raise Refused("change_is_open", where="certificate")
    refuse_continued(work, before)


def begin_another(work: Work, before: Application) -> Application:
    """A draft that starts from an application that brought no mark."""
    role = require(work, "begin_another", before)
    refuse_another(before)
    refuse_continued(work, before)
    return _continue(work, before, None, role, "begin_another")


def refuse_another(before: Application) -> None:
    if before.state not in ENDED:
        raise Refused("not_ended", where="application", state=before.state)


def refuse_continued(work: Work, before: Application) -> None:
    if (running := find_running(work, before)) is not None:
        number = running.number or str(running.key)
        raise Refused("already_continued", where="application", number=number)


def find_running(work: Work, before: Application) -> Application | None:
    """The draft or application that continues this one and has not come to its end."""
    following = followers_of(work.session, before.key)
    return next((row for row in following if row.state in {"draft", *UNDECIDED}), None)


def _continue(
    work: Work, before: Application, certificate: Certificate | None, role: Role, action: str
) -> Application:
    application = Application(
        organisation_id=before.organisation_id,
        **before.model_dump(include=set(ScopeInput.model_fields)),
        created_at=work.now,
        entered_by=work.actor.key if role == Role.COORDINATOR else None,
    )
    journal.begin(work, application, role=role, action=action, follows=before.number)
    row = Continuation(
        application_id=application.key,
        follows_id=before.key,
        certificate_id=None if certificate is None else certificate.key,
        begun_at=work.now,
    )
    work.add(row)
    journal.record(work, f"continuation:{row.id}", "continue", role=role, application=application)
    _bring_papers(work, application, before)
    return application


def _bring_papers(work: Work, application: Application, before: Application) -> None:
    """The papers of the folder that the application before used, and those that show a step of its plan, as far as they count."""
    used = {item.document for item in evidence_of(work.session, before.key) if item.folder_document_id}
    proofs = {row.proof_id for row in steps_of(work.session, before.key).values()}
    for paper in documents_of(work.session, before.organisation_id):
        fresh = judge_freshness(paper.expires_on, work.today) != Freshness.EXPIRED
        if (paper.document in used or paper.id in proofs) and fresh:
            use_in_application(work, application, paper)


def is_renewing(work: Work, certificate: Certificate) -> bool:
    """Whether a renewal that was handed in in time waits for its decision."""
    latest = certificate.valid_until - IN_TIME
    return any(
        row.state in UNDECIDED and row.submitted_at is not None and local_day(row.submitted_at) <= latest
        for row in renewals_of(work.session, certificate.key)
    )


def extend_renewing(work: Work) -> int:
    """Let certificates go on whose renewal is being decided, from their last day on; returns how many."""
    extended = 0
    for certificate in certificates_ending(work.session, work.today):
        until = certificate.valid_until + EXTENSION
        if work.today <= until and is_renewing(work, certificate):
            certificate.extended_until = until
            guards = {"renewal_filed_in_time": True}
            journal.advance(work, certificate, "extend", role=Role.SYSTEM, guards=guards, due=str(until))
            extended += 1
    return extended


def find_obstacle(work: Work, application: Application) -> str | None:
    """Why only a full evaluation will do, as a code; None where the levels of the application before may be kept."""
    continuation = continuation_of(work.session, application.key)
    if continuation is None:
        return "nothing_before"
    before = work.session.get_one(Application, continuation.follows_id)
    decision = decision_of(work.session, before.key)
    if decision is None:
        return "nothing_before"
    if before.edition_hash != current_rubric().meaning_hash:
        return "edition_changed"
    if _scope_of(application) != _scope_of(before) or not set(application.products) <= set(before.products):
        return "scope_changed"
    late = continuation.certificate_id is None and work.now > decision.decided_at + SOON_AGAIN
    return "too_long_ago" if late else None


def _scope_of(application: Application) -> tuple[str, ...]:
    words = (
        application.scope_kind,
        application.process,
        application.site_address,
        application.site_municipality,
    )
    return tuple(" ".join(text.casefold().split()) for text in words)


def shorten_evaluation(work: Work, application: Application, given: ShorteningInput) -> Continuation:
    """Evaluate these indicators and the critical ones alone. Raises Refused, InputInvalid for an unknown indicator."""
    role = require(work, "shorten_evaluation", application)
    if application.state != "in_admissibility":
        raise Refused(
            "not_from_this_state", where="application", action="shorten_evaluation", state=application.state
        )
    if (obstacle := find_obstacle(work, application)) is not None:
        raise Refused(obstacle, where="application")
    rubric = current_rubric()
    unknown = [code for code in given.indicators if code not in rubric.indicators]
    if unknown:
        raise InputInvalid([Problem("indicators", "unknown_indicator", {"value": unknown[0]})])
    chosen = {*given.indicators, *rubric.critical}
    bare = [row.id for row in rubric.dimensions if not chosen & {item.id for item in row.indicators}]
    if bare:
        raise InputInvalid([Problem("indicators", "one_of_each_dimension", {"value": bare[0]})])
    continuation = continuation_of(work.session, application.key)
    assert continuation is not None, "asked for above"
    continuation.indicators, continuation.reason = sorted(chosen), given.reason
    work.session.add(continuation)
    subject, facts = f"continuation:{continuation.id}", {"indicators": sorted(chosen)}
    journal.record(
        work, subject, "shorten_evaluation", role=role, application=application, words=given.reason, **facts
    )
    return continuation


def keep_levels(work: Work, application: Application) -> None:
    """On admission: the levels that are not evaluated again stand from the start; those left out stay left out."""
    continuation = continuation_of(work.session, application.key)
    if continuation is None or continuation.indicators is None:
        return
    if find_obstacle(work, application) is not None:
        raise Refused("scope_changed", where="application")
    before = work.session.get_one(Application, continuation.follows_id)
    chosen = set(continuation.indicators)
    for row in final_levels(work.session, before.key, before.round).values():
        if row.indicator not in chosen:
            facts = row.model_dump(include={"dimension", "indicator", "level"})
            work.session.add(
                FinalLevel(application_id=application.key, round=application.round, origin="kept", **facts)
            )
    for left_out in not_applicable_of(work.session, before.key).values():
        if left_out.approved and left_out.indicator not in chosen:
            facts = left_out.model_dump(exclude={"id", "application_id"})
            work.session.add(NotApplicable(application_id=application.key, **facts))


def list_proposed(work: Work, application: Application) -> list[str]:
    """What a short evaluation would look at: the critical indicators, and those below what the mark asks of them."""
    continuation = continuation_of(work.session, application.key)
    if continuation is None:
        return []
    before = work.session.get_one(Application, continuation.follows_id)
    rubric = pinned_rubric(before)
    minimum = rubric.measured_award.critical_minimum
    low = {
        row.indicator
        for row in final_levels(work.session, before.key, before.round).values()
        if row.level < minimum
    }
    return [code for code in rubric.indicators if code in low or rubric.is_critical(code)]

"""What the bound file of an application tells, part by part, from the records; nothing is left out but what people said in confidence."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certificates import Section
from mcc.actions.editions import pinned_rubric
from mcc.actions.work import Work
from mcc.dates import show_day, show_moment
from mcc.db.queries.accept_rules import agreement_of
from mcc.db.queries.amend import amendments_of
from mcc.db.queries.appeal import findings_of
from mcc.db.queries.apply import requests_of
from mcc.db.queries.bind import (
    assignments_ever,
    authorisations_of,
    discussions_ever,
    final_levels_ever,
    motions_about,
    notifications_of,
    recusals_of,
    requests_for_evidence,
    scores_of,
    surveillances_about,
)
from mcc.db.queries.cases import cases_of
from mcc.db.queries.certify import certificates_of
from mcc.db.queries.correct import correction_of
from mcc.db.queries.decide import decisions_of, reviews_of
from mcc.db.queries.evaluate import not_applicable_of
from mcc.db.queries.hear import hearing_of
from mcc.db.queries.journal import events_of_application
from mcc.db.queries.staff import safeguards_of
from mcc.db.queries.visit import interviews_of, visits_of
from mcc.db.tables import Account, Application, Organisation
from mcc.phrases import knows, say

LANGUAGE = "es"


def word(label: str, **facts: Any) -> str:
    return say(f"bound.{label}", LANGUAGE, **facts)


def write(value: object) -> str:
    """As people write it; a dash for what is not there."""
    match value:
        case None | "" | []:
            text = "-"
        case bool():
            text = word("yes" if value else "no")
        case datetime():
            text = show_moment(value, LANGUAGE)
        case date():
            text = show_day(value, LANGUAGE)
        case list() | tuple():
            text = "; ".join(map(write, value))
        case dict():
            text = ", ".join(f"{write(key)}: {write(item)}" for key, item in value.items())
        case _:
            text = str(value)
    return text


def tell_row(work: Work, row: Any, *fields: str) -> str:
    """One line: the named fields of a row, each with its label; people by name."""
    told = []
    for field in fields:
        value = getattr(row, field)
        if field.endswith(("_by", "_id")) or field == "against":
            person = None if value is None else work.session.get(Account, value)
            value = None if person is None else person.name
        told.append(f"{word(field)}: {write(value)}")
    return ". ".join(told)


Listed = tuple[str, Callable[[Session, int], Iterable[Any]], str]
"""A heading, the rows of an application, and what is told of each, in this order."""

EVALUATION: tuple[Listed, ...] = (
    (
        "not_applicable",
        lambda session, key: not_applicable_of(session, key).values(),
        "indicator reason requested_by approved decided_by",
    ),
    ("evidence_requests", requests_for_evidence, "indicator words asked_at answer"),
    ("discussions", discussions_ever, "round indicator agreed_level reason proposed_by confirmed_by"),
    ("levels", final_levels_ever, "round indicator level origin"),
    ("visits", visits_of, "on place people summary reported_by"),
)
DECISION: tuple[Listed, ...] = (
    ("reviews", reviews_of, "reviewed_at reviewer_id outcome notes"),
    (
        "correction",
        lambda session, key: one(correction_of(session, key)),
        "indicators asks due_on finished_at",
    ),
    (
        "hearing",
        lambda session, key: one(hearing_of(session, key)),
        "opened_at tells due_on answer answered_at",
    ),
    ("recusals", recusals_of, "account_id reason declared_at"),
    (
        "decisions",
        decisions_of,
        "decided_at award computed_award resolution_number resolution_date authority reasons votes",
    ),
    ("notifications", notifications_of, "act means told told_on"),
    ("cases", cases_of, "kind receipt filed_at words against state outcome"),
    ("finding", findings_of, "indicator level_before level reason"),
)
CERTIFICATES: tuple[Listed, ...] = (
    ("agreement", lambda session, key: one(agreement_of(session, key)), "name edition digest accepted_at"),
    ("authorisations", authorisations_of, "authorised_at absence"),
    (
        "certificates",
        lambda session, key: certificates_of(session, [key]),
        "number state issued_on valid_until extended_until state_reason",
    ),
    ("surveillances", surveillances_about, "opened_at cause reason signs findings closed_at"),
    ("motions", motions_about, "opened_at measure reason answer outcome votes"),
    ("changes", amendments_of, "reported_at kind words before wanted outcome answer"),
)


def one(row: Any) -> list[Any]:
    return [] if row is None else [row]


def tell_listed(work: Work, application: Application, listed: Iterable[Listed]) -> Iterator[Section]:
    """A section for each that has a row."""
    for heading, rows, fields in listed:
        items = tuple(tell_row(work, row, *fields.split()) for row in rows(work.session, application.key))
        if items:
            yield Section(heading=word(heading), items=items)


def tell_application(work: Work, application: Application) -> Iterator[Section]:
    organisation = work.session.get_one(Organisation, application.organisation_id)
    who = ("name", "legal_status", "municipality", "founded", "members", "women", "registration", "rut")
    what = ("products", "process", "site_address", "site_municipality", "declaration", "submitted_at")
    contact = ("contact_name", "contact_phone", "contact_email")
    for heading, row, fields in (
        ("collective", organisation, (*who, *contact)),
        ("scope", application, what),
        ("pinned", application, ("edition", "edition_hash", "workflow_hash")),
    ):
        facts = tuple((word(field), write(getattr(row, field))) for field in fields)
        yield Section(heading=word(heading), facts=facts)
    asked = (("requests", requests_of, "asked_at items due_on answered_at answers"),)
    yield from tell_listed(work, application, asked)


def tell_evaluation(work: Work, application: Application) -> Iterator[Section]:
    """Who evaluated, sheet by sheet in every round, and what became of the differences."""
    who = (
        ("safeguards", safeguards_of, "kind words set_at"),
        ("seats", assignments_ever, "dimension seat account_id state assigned_at conflict_reason"),
    )
    yield from tell_listed(work, application, who)
    for seat in assignments_ever(work.session, application.key):
        person = work.session.get_one(Account, seat.account_id)
        items = tuple(
            tell_row(work, row, "round", "indicator", "level", "note", "evidence")
            for row in scores_of(work.session, seat.key)
        )
        if items:
            heading = word("sheet", dimension=name_dimension(application, seat.dimension), name=person.name)
            yield Section(heading=heading, items=items)
    yield from tell_listed(work, application, EVALUATION)
    heard = len(interviews_of(work.session, application.key))
    if heard:
        yield Section(heading=word("interviews"), paragraphs=(word("in_confidence", count=heard),))


def name_dimension(application: Application, code: str) -> str:
    return pinned_rubric(application).dimension(code).label.in_language(LANGUAGE)


def tell_decision(work: Work, application: Application) -> Iterator[Section]:
    return tell_listed(work, application, DECISION)


def tell_certificates(work: Work, application: Application) -> Iterator[Section]:
    return tell_listed(work, application, CERTIFICATES)


def tell_history(work: Work, application: Application) -> Iterator[Section]:
    """Every event, with the beginning of its hash, by which it is found in the journal."""
    items = []
    for event, words in events_of_application(work.session, application.key):
        code = f"action.{event.action}"
        deed = say(code, LANGUAGE) if knows(code) else event.action
        said = "" if words is None else f" «{words.words}»"
        role = say(f"role.{event.role}", LANGUAGE)
        items.append(f"{write(event.at)} · {deed}{said} ({role}) · {event.hash[:12]}")
    yield Section(heading=word("history"), items=tuple(items))

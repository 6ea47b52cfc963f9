"""What the bound file of an application tells, part by part, from the records; nothing is left out but what people said in confidence."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from certificates import Section
from mcc.actions.editions import pinned_rubric
from mcc.actions.work import Work
from mcc.dates import show_day, show_moment
from mcc.db.queries.accept_rules import agreement_of
from mcc.db.queries.amend import amendments_of
from mcc.db.queries.apply import requests_of
from mcc.db.queries.bind import (
    answered_requests,
    assignments_ever,
    authorisations_of,
    cases_of,
    discussions_ever,
    final_levels_ever,
    motions_about,
    notifications_of,
    recusals_of,
    scores_of,
    surveillances_about,
)
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


def list_rows(work: Work, heading: str, rows: Iterable[Any], *fields: str) -> Iterator[Section]:
    """A section where there is a row."""
    items = tuple(tell_row(work, row, *fields) for row in rows)
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
    yield from list_rows(
        work,
        "requests",
        requests_of(work.session, application.key),
        "asked_at",
        "items",
        "due_on",
        "answered_at",
        "answers",
    )


def tell_evaluation(work: Work, application: Application) -> Iterator[Section]:
    key = application.key
    yield from list_rows(work, "safeguards", safeguards_of(work.session, key), "kind", "words", "set_at")
    seats = assignments_ever(work.session, key)
    yield from list_rows(
        work, "seats", seats, "dimension", "seat", "account_id", "state", "assigned_at", "conflict_reason"
    )
    for seat in seats:
        person = work.session.get_one(Account, seat.account_id)
        items = tuple(
            tell_row(work, row, "round", "indicator", "level", "note", "evidence")
            for row in scores_of(work.session, seat.key)
        )
        if items:
            heading = word("sheet", dimension=name_dimension(application, seat.dimension), name=person.name)
            yield Section(heading=heading, items=items)
    yield from list_rows(
        work,
        "not_applicable",
        not_applicable_of(work.session, key).values(),
        "indicator",
        "reason",
        "requested_by",
        "approved",
        "decided_by",
    )
    yield from list_rows(
        work,
        "evidence_requests",
        answered_requests(work.session, key),
        "indicator",
        "words",
        "asked_at",
        "answer",
    )
    yield from list_rows(
        work,
        "discussions",
        discussions_ever(work.session, key),
        "round",
        "indicator",
        "agreed_level",
        "reason",
        "proposed_by",
        "confirmed_by",
    )
    yield from list_rows(
        work, "levels", final_levels_ever(work.session, key), "round", "indicator", "level", "origin"
    )
    yield from tell_visits(work, application)


def name_dimension(application: Application, code: str) -> str:
    return pinned_rubric(application).dimension(code).label.in_language(LANGUAGE)


def tell_visits(work: Work, application: Application) -> Iterator[Section]:
    yield from list_rows(
        work,
        "visits",
        visits_of(work.session, application.key),
        "on",
        "place",
        "people",
        "summary",
        "reported_by",
    )
    heard = len(interviews_of(work.session, application.key))
    if heard:
        yield Section(heading=word("interviews"), paragraphs=(word("in_confidence", count=heard),))


def tell_decision(work: Work, application: Application) -> Iterator[Section]:
    key = application.key
    reviews = reviews_of(work.session, key)
    yield from list_rows(work, "reviews", reviews, "reviewed_at", "reviewer_id", "outcome", "notes")
    correction, hearing = correction_of(work.session, key), hearing_of(work.session, key)
    yield from list_rows(
        work,
        "correction",
        [] if correction is None else [correction],
        "indicators",
        "asks",
        "due_on",
        "finished_at",
    )
    yield from list_rows(
        work,
        "hearing",
        [] if hearing is None else [hearing],
        "opened_at",
        "tells",
        "due_on",
        "answer",
        "answered_at",
    )
    yield from list_rows(
        work, "recusals", recusals_of(work.session, key), "account_id", "reason", "declared_at"
    )
    yield from list_rows(
        work,
        "decisions",
        decisions_of(work.session, key),
        "decided_at",
        "award",
        "computed_award",
        "resolution_number",
        "resolution_date",
        "authority",
        "reasons",
        "votes",
    )
    yield from list_rows(
        work, "notifications", notifications_of(work.session, key), "act", "means", "told", "told_on"
    )
    yield from list_rows(
        work,
        "cases",
        cases_of(work.session, key),
        "kind",
        "receipt",
        "filed_at",
        "words",
        "against",
        "state",
        "outcome",
    )


def tell_certificates(work: Work, application: Application) -> Iterator[Section]:
    key = application.key
    agreement = agreement_of(work.session, key)
    yield from list_rows(
        work,
        "agreement",
        [] if agreement is None else [agreement],
        "name",
        "edition",
        "digest",
        "accepted_at",
    )
    yield from list_rows(
        work, "authorisations", authorisations_of(work.session, key), "authorised_at", "absence"
    )
    yield from list_rows(
        work,
        "certificates",
        certificates_of(work.session, [key]),
        "number",
        "state",
        "issued_on",
        "valid_until",
        "extended_until",
        "state_reason",
    )
    yield from list_rows(
        work,
        "surveillances",
        surveillances_about(work.session, key),
        "opened_at",
        "cause",
        "reason",
        "signs",
        "findings",
        "closed_at",
    )
    yield from list_rows(
        work,
        "motions",
        motions_about(work.session, key),
        "opened_at",
        "measure",
        "reason",
        "answer",
        "outcome",
        "votes",
    )
    yield from list_rows(
        work,
        "changes",
        amendments_of(work.session, key),
        "reported_at",
        "kind",
        "words",
        "before",
        "wanted",
        "outcome",
        "answer",
    )


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

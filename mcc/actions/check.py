"""`mcc check`: derive everything anew from the journal, the editions and the files, and list what does not hold.

The chain (numbers, hashes, words, seals), every material row against its last seal, every state against the
published workflow, every decision against the rubric, every certificate against its claims and its file.
"""

from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from certificates import Claims, parse_number
from mcc.actions.check_files import Finding, check_files
from mcc.actions.journal import GENESIS, event_hash, seals_digest, words_digest
from mcc.actions.permissions import require
from mcc.actions.work import Work
from mcc.db.queries.check import (
    all_events,
    find_damage,
    last_seals,
    last_serials,
    rows_of,
    seals_by_event,
    words_by_event,
)
from mcc.db.sealing import row_digest, table_of
from mcc.db.tables import (
    Application,
    Certificate,
    Decision,
    Event,
    Issuance,
    Living,
    Material,
    NumberLedger,
)
from rubric import Answers, assess, load_edition
from workflows import list_editions, load_workflow


def check_installation(work: Work) -> list[Finding]:
    """Every finding; an empty list means that all of it holds."""
    require(work, "check_installation")
    checks: dict[str, Callable[[Work], Iterator[Finding]]] = {
        "database": check_database,
        "journal": check_chain,
        "rows": check_rows,
        "states": check_states,
        "decisions": check_decisions,
        "numbers": check_numbers,
        "counters": check_counters,
        "files": check_files,
    }
    return [finding for name, check in checks.items() for finding in _run(name, check, work)]


def _run(name: str, check: Callable[[Work], Iterator[Finding]], work: Work) -> Iterator[Finding]:
    """Content that cannot even be read is a finding too, and does not keep the other checks from running."""
    try:
        yield from check(work)
    except (SQLAlchemyError, ValueError, LookupError, TypeError, AttributeError) as error:
        yield Finding("unreadable", name, {"error": type(error).__name__})


def check_chain(work: Work) -> Iterator[Finding]:
    """Numbers without gaps, hashes that link, words and seals that fit their digests."""
    spoken, seals = words_by_event(work.session), seals_by_event(work.session)
    expected, previous = 1, GENESIS
    for event in all_events(work.session):
        where = f"event:{event.seq}"
        if event.seq != expected:
            yield Finding("event_missing", f"event:{expected}")
        if event.previous_hash != previous:
            yield Finding("chain_broken", where)
        if event.hash != event_hash(event):
            yield Finding("event_altered", where)
        if event.seals_digest != seals_digest(seals.pop(event.seq, [])):
            yield Finding("seals_altered", where)
        words = spoken.pop(event.seq, None)
        if event.words_digest is not None and (words is None or words_digest(words) != event.words_digest):
            yield Finding("words_missing" if words is None else "words_altered", where)
        if event.words_digest is None and words is not None:
            yield Finding("words_added", where)
        expected, previous = event.seq + 1, event.hash
    yield from (Finding("seals_without_event", f"event:{seq}") for seq in sorted(seals))
    yield from (Finding("words_without_event", f"event:{seq}") for seq in sorted(spoken))


def check_rows(work: Work) -> Iterator[Finding]:
    """Each material row is what its last seal covers; no row came or went without an event."""
    seals = last_seals(work.session)
    for table in sorted((*Material.__subclasses__(), *Living.__subclasses__()), key=lambda cls: cls.__name__):
        if table is Living:
            continue
        for row in rows_of(work.session, table):
            where = f"{table_of(row)}:{row.id}"
            seal = seals.pop((table_of(row), row.key), None)
            if seal is None:
                yield Finding("row_without_event", where)
            elif row_digest(row, seal.salt) != seal.digest:
                yield Finding("row_altered", where)
    yield from (Finding("row_missing", f"{table}:{key}") for table, key in sorted(seals))


def check_states(work: Work) -> Iterator[Finding]:
    """Every change of state is an edge of the published workflow, and the last one is where the row stands."""
    standing: dict[str, str] = {}
    for event in all_events(work.session):
        if event.to_state is None:
            continue
        workflow = load_workflow(event.subject.split(":", maxsplit=1)[0])
        if event.from_state is None:
            legal = event.to_state == workflow.initial
        else:
            legal = event.from_state == standing.get(event.subject) and _is_edge(event)
        if not legal:
            yield Finding("move_not_in_workflow", f"event:{event.seq}", {"action": event.action})
        standing[event.subject] = event.to_state
    for table in sorted(Living.__subclasses__(), key=lambda cls: cls.__name__):
        for row in rows_of(work.session, table):
            assert isinstance(row, Living)
            if standing.get(f"{row.life}:{row.id}") != row.state:
                yield Finding("state_without_event", f"{row.life}:{row.id}", {"state": row.state})


def _is_edge(event: Event) -> bool:
    """Of any edition: the one that a file moved by may have been replaced since."""
    return any(
        event.action == move.action
        and event.from_state in move.from_states
        and event.to_state == move.to
        and event.role in move.roles
        for workflow in list_editions(event.subject.split(":", maxsplit=1)[0])
        for move in workflow.moves
    )


def check_decisions(work: Work) -> Iterator[Finding]:
    """Each decision's assessment is what the pinned edition makes of its answers."""
    for row in rows_of(work.session, Decision):
        assert isinstance(row, Decision)
        where = f"decision:{row.id}"
        rubric = load_edition(row.edition)
        if rubric.meaning_hash != row.edition_hash:
            yield Finding("edition_altered", where, {"edition": row.edition})
            continue
        answers = Answers(scores=row.answers["scores"], not_applicable=row.answers["not_applicable"])
        assessment = assess(rubric, answers)
        order = [award.code for award in rubric.awards]
        if assessment.as_document() != row.assessment or assessment.award != row.computed_award:
            yield Finding("assessment_does_not_follow", where)
        if row.award not in order or order.index(row.award) < order.index(assessment.award):
            yield Finding("award_not_supported", where, {"award": row.award})


def check_database(work: Work) -> Iterator[Finding]:
    """The database file itself is whole, as far as its engine can tell."""
    for told in find_damage(work.session):
        yield Finding("database_damaged", "database", {"detail": told})


def check_counters(work: Work) -> Iterator[Finding]:
    """The next number of each series follows the last one that was given out."""
    given = [row.number for row in rows_of(work.session, NumberLedger) if isinstance(row, NumberLedger)]
    given += [
        row.number
        for row in rows_of(work.session, Application)
        if isinstance(row, Application) and row.number
    ]
    last: dict[str, int] = {}
    for number in map(parse_number, given):
        series = f"{number.prefix}-{number.year}"
        last[series] = max(last.get(series, 0), number.serial)
    counters = last_serials(work.session)
    for series in sorted(last.keys() | counters.keys()):
        if last.get(series, 0) != counters.get(series, 0):
            yield Finding("counter_disagrees", f"series:{series}", {"last": last.get(series, 0)})


def check_numbers(work: Work) -> Iterator[Finding]:
    """The ledger has no gap and no number that came from nowhere; what is issued is in the register, once."""
    issuances = {row.number: row for row in rows_of(work.session, Issuance) if isinstance(row, Issuance)}
    certificates = {
        row.number: row for row in rows_of(work.session, Certificate) if isinstance(row, Certificate)
    }
    fates = {
        row.number: row.fate for row in rows_of(work.session, NumberLedger) if isinstance(row, NumberLedger)
    }
    for number, fate in fates.items():
        if (fate == "issued") != (number in certificates):
            yield Finding("ledger_disagrees", f"number:{number}", {"fate": fate})
    for number, certificate in certificates.items():
        issuance = issuances.get(number)
        if issuance is None or issuance.public_code != certificate.public_code or number not in fates:
            yield Finding("certificate_without_issuance", f"certificate:{certificate.id}")
            continue
        claims = Claims.model_validate(issuance.claims)
        if claims.digest() != issuance.claims_digest:
            yield Finding("claims_altered", f"issuance:{issuance.id}")
        if (claims.valid_until, claims.issued_on) != (certificate.valid_until, certificate.issued_on):
            yield Finding("certificate_disagrees_with_claims", f"certificate:{certificate.id}")

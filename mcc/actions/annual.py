"""The year in figures (memoria), as a PDF from the records: the same records make the same figures.

Counts only, no name. Whoever may not see a file finds it in no figure either; made by an auditor it counts everything.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median_low

from certificates import Record, Section, lay_out_records
from mcc.actions.cases import KINDS
from mcc.actions.editions import current_rubric, known_states, pinned_rubric
from mcc.actions.permissions import require
from mcc.actions.report import choose_steps
from mcc.actions.terms import Stay, list_stays
from mcc.actions.visibility import visible_applications
from mcc.actions.work import Work
from mcc.clock import CANELONES, local_day
from mcc.dates import show_day
from mcc.db.queries.annual import cases_between, decisions_between, events_between
from mcc.db.queries.apply import list_applications
from mcc.db.tables import Application, Organisation
from mcc.errors import InputInvalid, Problem
from mcc.phrases import say
from rubric import Answers, Labels

LANGUAGE = "es"
FIRST_YEAR = 2020
CERTIFICATE_LIFE = (
    # What is counted of a certificate's life, by the action of its event.
    "publish",
    "open_surveillance",
    "recheck_failed",
    "suspend",
    "reinstate",
    "withdraw",
    "end_suspension",
    "relinquish",
    "extend",
    "expire",
    "supersede",
)
BY_THE_WAY = (
    "open_hearing",
    "require_correction",
    "return_to_evaluation",
    "return_to_review",
    "uphold_appeal",
    "lapse",
    "withdraw_application",
)


@dataclass(frozen=True)
class Year:
    """What the paper tells, counted."""

    received: int
    by_kind: Mapping[str, int]
    by_municipality: Mapping[str, int]
    by_state: Mapping[str, int]
    """Of those that were received that year: where they stand now."""
    stays: tuple[Stay, ...]
    """That ended in the year."""
    awards: Mapping[str, int]
    steps: Mapping[str, int]
    cases: Mapping[tuple[str, str], int]
    """By kind and outcome; `open` where there is none yet."""
    lines: Mapping[tuple[str, str], int]
    """Steps of improvement plans by support line and municipality."""


def word(label: str, **facts: object) -> str:
    return say(f"annual.{label}", LANGUAGE, **facts)


def name_state(code: str) -> str:
    return known_states()[code].label.in_language(LANGUAGE)


def name_by(labels: Mapping[str, Labels], code: str) -> str:
    """By the edition in use; what it does not know keeps its code."""
    return labels[code].in_language(LANGUAGE) if code in labels else code


def name_award(code: str) -> str:
    return name_by({row.code: row.label for row in current_rubric().awards}, code)


def name_line(code: str) -> str:
    return name_by({row.code: row.label for row in current_rubric().support_lines}, code)


def count_year(work: Work, year: int) -> Year:
    """Raises InputInvalid for a year that is none or has not begun."""
    require(work, "view_annual_report")
    if not FIRST_YEAR <= year <= work.today.year:
        facts = {"value": year, "minimum": FIRST_YEAR, "maximum": work.today.year}
        raise InputInvalid([Problem("year", "year_out_of_range", facts)])
    visible = visible_applications(work)
    first, end = _open(date(year, 1, 1)), _open(date(year + 1, 1, 1))
    files = list_applications(work.session, visible)
    received = [(file, holder) for file, holder in files if _is_in(file.submitted_at, first, end)]
    events = events_between(work.session, visible, first, end)
    decided = decisions_between(work.session, visible, first, end)
    cases = cases_between(work.session, visible, first, end)
    lines: Counter[tuple[str, str]] = Counter()
    for decision, application, organisation in decided:
        answers = Answers(decision.answers["scores"], decision.answers["not_applicable"])
        lines.update(_list_lines(application, organisation, answers))
    return Year(
        received=len(received),
        by_kind=Counter(holder.kind for _, holder in received),
        by_municipality=Counter(file.site_municipality for file, _ in received),
        by_state=Counter(file.state for file, _ in received),
        stays=tuple(stay for file, _ in files for stay in list_stays(work, file) if stay.ended.year == year),
        awards=Counter(decision.award for decision, _, _ in decided),
        steps=Counter(event.action for event in events),
        cases=Counter((row.kind, row.outcome or "open") for row in cases),
        lines=lines,
    )


def _open(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CANELONES)


def _is_in(moment: datetime | None, first: datetime, end: datetime) -> bool:
    return moment is not None and first <= moment < end


def _list_lines(
    application: Application, organisation: Organisation, answers: Answers
) -> Iterator[tuple[str, str]]:
    """Line of support and municipality, once for each step of the plan."""
    for step in choose_steps(pinned_rubric(application), answers, application, organisation):
        for code in step.support:
            yield code, application.site_municipality


def build_annual_report(work: Work, year: int) -> bytes:
    """PDF. A year in which nothing happened says so."""
    counted = count_year(work, year)
    title = word("title", year=year)
    sections = tuple(tell_year(counted)) or (
        Section(heading=word("nothing"), paragraphs=(word("nothing_told"),)),
    )
    record = Record(
        title=title,
        caption=word("made_on", day=show_day(local_day(work.now), LANGUAGE)),
        sections=sections,
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )
    return lay_out_records(title, [record])


def tell_year(year: Year) -> Iterator[Section]:
    if year.received:
        yield Section(
            heading=word("received"),
            facts=((word("received_in_all"), str(year.received)),),
            bars=_bars({say(f"kind.{code}", LANGUAGE): count for code, count in year.by_kind.items()}),
        )
        yield Section(heading=word("where"), bars=_bars(year.by_municipality))
        states = {name_state(code): count for code, count in year.by_state.items()}
        yield Section(heading=word("standing"), bars=_bars(states))
    if year.stays:
        yield Section(
            heading=word("terms"), paragraphs=(word("terms_how"),), table=tuple(_tabulate_terms(year))
        )
    if year.awards:
        awards = {name_award(code): count for code, count in year.awards.items()}
        yield Section(heading=word("decisions"), bars=_bars(awards))
    for heading, actions in (("on_the_way", BY_THE_WAY), ("certificates", CERTIFICATE_LIFE)):
        facts = tuple((word(action), str(year.steps[action])) for action in actions if year.steps[action])
        if facts:
            yield Section(heading=word(heading), facts=facts)
    if year.cases:
        yield Section(heading=word("cases"), table=tuple(_tabulate_cases(year)))
    if year.lines:
        yield Section(
            heading=word("demand"), paragraphs=(word("demand_how"),), table=tuple(_tabulate_lines(year))
        )


def _bars(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The most first."""
    return tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))


def _tabulate_terms(year: Year) -> Iterator[tuple[str, ...]]:
    yield word("stage"), word("kept"), word("missed"), word("days")
    for state in dict.fromkeys(stay.state for stay in sorted(year.stays, key=lambda stay: stay.state)):
        stays = [stay for stay in year.stays if stay.state == state]
        kept = sum(stay.is_kept for stay in stays)
        days = median_low([(stay.ended - stay.begun).days for stay in stays])
        yield name_state(state), str(kept), str(len(stays) - kept), str(days)


def _tabulate_cases(year: Year) -> Iterator[tuple[str, ...]]:
    yield word("case"), word("filed"), word("upheld"), word("dismissed"), word("open")
    for kind in KINDS:
        outcomes = {outcome: count for (of, outcome), count in year.cases.items() if of == kind}
        upheld = outcomes.get("upheld", 0) + outcomes.get("partly", 0)
        row = (sum(outcomes.values()), upheld, outcomes.get("dismissed", 0), outcomes.get("open", 0))
        if row[0]:
            yield word(f"case_{kind}"), *map(str, row)


def _tabulate_lines(year: Year) -> Iterator[tuple[str, ...]]:
    lines = sorted({line for line, _ in year.lines})
    yield word("municipality"), *map(name_line, lines)
    for place in sorted({place for _, place in year.lines}):
        yield place, *(str(year.lines.get((line, place), 0)) for line in lines)

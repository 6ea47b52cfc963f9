"""A session of the committee: its agenda, the folder that is printed for it, and the minutes of what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates import Record, ReportDimension, Section, lay_out_records
from mcc.actions.co_holders import name_holders
from mcc.actions.editions import pinned_rubric
from mcc.actions.mandates import committee
from mcc.actions.permissions import can, require
from mcc.actions.report import LANGUAGE, draft_reasons, tell_dimensions
from mcc.actions.settle import compute_assessment
from mcc.actions.terms import find_due
from mcc.actions.visibility import visible_applications
from mcc.actions.vote import RETURN, count_votes, find_own
from mcc.actions.work import Work
from mcc.dates import show_day
from mcc.db.queries.apply import list_applications
from mcc.db.queries.decide import decisions_on, reviews_of
from mcc.db.queries.evaluate import final_levels
from mcc.db.queries.hear import hearing_of
from mcc.db.tables import Account, Application, Decision, Organisation, Vote
from mcc.errors import NotFound
from mcc.phrases import say
from rubric import Assessment, Rubric


@dataclass(frozen=True)
class AgendaItem:
    application: Application
    organisation: Organisation
    rubric: Rubric
    assessment: Assessment
    differences: int
    """Indicators on which the two evaluators did not agree at first."""
    due: date | None
    voted: int
    """How many institutions have voted; never how, before the own vote is cast."""
    of: int
    outcome: str | None
    """What the votes come to, once there are enough and one's own is among them: nobody is anchored."""
    own: Vote | None
    may_vote: bool


def list_agenda(work: Work) -> list[AgendaItem]:
    """What waits for a decision and this person may see, the shortest term first.

    Whoever is recused finds neither the file nor a trace of it: no gap in a numbering, no count.
    """
    require(work, "view_agenda")
    found = list_applications(work.session, visible_applications(work), state="in_decision")
    items = [
        _describe(work, application, organisation)
        for application, organisation in found
        if can(work, "view_scores", application)
    ]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.application.key))


def _describe(work: Work, application: Application, organisation: Organisation) -> AgendaItem:
    _, assessment = compute_assessment(work, application)
    counted = count_votes(work, application)
    levels = final_levels(work.session, application.key, application.round)
    own = find_own(work, application)
    return AgendaItem(
        application=application,
        organisation=organisation,
        rubric=pinned_rubric(application),
        assessment=assessment,
        differences=sum(row.origin != "equal" for row in levels.values()),
        due=find_due(work, application),
        voted=len(counted.ballots),
        of=len(committee().institutions),
        outcome=counted.award if own is not None and own.cast_at is not None else None,
        own=own,
        may_vote=bool(can(work, "vote", application)),
    )


def build_folder(work: Work) -> bytes:
    """The agenda and one page for each file, as PDF. Raises NotFound when nothing waits."""
    items = list_agenda(work)
    if not items:
        raise NotFound("agenda_empty", where="agenda")
    pages = [_lay_agenda(work, items), *(_lay_file(work, item) for item in items)]
    return lay_out_records(say("session.folder", LANGUAGE), pages)


def _lay_agenda(work: Work, items: Sequence[AgendaItem]) -> Record:
    lines = tuple(
        say(
            "session.line",
            LANGUAGE,
            number=item.application.number,
            name=name_holders(work, item.application, LANGUAGE),
            award=_award(item),
            due="-" if item.due is None else show_day(item.due, LANGUAGE),
        )
        for item in items
    )
    return Record(
        title=say("session.folder", LANGUAGE),
        caption=show_day(work.today, LANGUAGE),
        private=say("session.private", LANGUAGE),
        sections=(
            Section(heading=say("session.agenda", LANGUAGE), items=lines),
            Section(heading=say("session.present", LANGUAGE), paragraphs=(say("session.blank", LANGUAGE),)),
        ),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )


def _award(item: AgendaItem) -> str:
    return item.rubric.award(item.assessment.award).label.in_language(LANGUAGE)


def _lay_file(work: Work, item: AgendaItem) -> Record:
    application, organisation = item.application, item.organisation
    notes = tuple(row.notes for row in reviews_of(work.session, application.key))
    facts = {
        "kind": say(f"kind.{organisation.kind}", LANGUAGE),
        "municipality": organisation.municipality,
        "products": ", ".join(application.products),
        "result": _award(item),
        "differences": str(item.differences),
    }
    named = tuple((say(f"session.{name}", LANGUAGE), value) for name, value in facts.items())
    return Record(
        title=name_holders(work, application, LANGUAGE),
        caption=f"{application.number} · {application.expediente or '-'}",
        private=say("session.private", LANGUAGE),
        sections=(
            Section(heading=say("session.file", LANGUAGE), facts=named),
            Section(heading=say("session.profile", LANGUAGE), profile=_profile(item)),
            Section(
                heading=say("session.why", LANGUAGE), items=tuple(draft_reasons(item.rubric, item.assessment))
            ),
            *_tell_hearing(work, application),
            Section(heading=say("session.review", LANGUAGE), paragraphs=notes[-1:]),
            Section(heading=say("session.decision", LANGUAGE), paragraphs=(say("session.blank", LANGUAGE),)),
        ),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )


def _tell_hearing(work: Work, application: Application) -> tuple[Section, ...]:
    hearing = hearing_of(work.session, application.key)
    if hearing is None:
        return ()
    answer = hearing.answer or say("session.unanswered", LANGUAGE)
    return (Section(heading=say("session.hearing", LANGUAGE), paragraphs=(hearing.tells, answer)),)


def _profile(item: AgendaItem) -> tuple[ReportDimension, ...]:
    return tuple(tell_dimensions(item.rubric, item.assessment))


def list_decided(work: Work, day: date) -> list[tuple[Decision, Application]]:
    """What was decided that day, as far as this person may see it."""
    require(work, "view_agenda")
    return [
        (decision, application)
        for decision, application in decisions_on(work.session, day)
        if can(work, "view_scores", application)
    ]


def build_minutes(work: Work, day: date) -> bytes:
    """The minutes of one day's decisions, to be read and signed. Raises NotFound when nothing was decided."""
    decided = list_decided(work, day)
    if not decided:
        raise NotFound("nothing_decided", where="day", value=show_day(day, LANGUAGE))
    minutes = Record(
        title=say("session.minutes", LANGUAGE),
        caption=show_day(day, LANGUAGE),
        private=say("session.private", LANGUAGE),
        sections=(
            Section(heading=say("session.present", LANGUAGE), paragraphs=(say("session.blank", LANGUAGE),)),
            *(_tell_decision(work, decision, application) for decision, application in decided),
        ),
        office=work.settings.office_contact,
        demonstration=work.demonstration,
    )
    return lay_out_records(f"{say('session.minutes', LANGUAGE)} {day.isoformat()}", [minutes])


def _tell_decision(work: Work, decision: Decision, application: Application) -> Section:
    rubric = pinned_rubric(application)
    person = work.session.get(Account, decision.decided_by)
    facts = {
        "number": application.number or "",
        "result": rubric.award(decision.computed_award).label.in_language(LANGUAGE),
        "votes": "; ".join(_tell_vote(work, rubric, ballot) for ballot in decision.votes or ()),
        "decision": rubric.award(decision.award).label.in_language(LANGUAGE),
        "resolution": f"{decision.resolution_number}, {decision.authority}",
        "entered_by": "" if person is None else person.name,
    }
    return Section(
        heading=name_holders(work, application, LANGUAGE),
        facts=tuple((say(f"session.{name}", LANGUAGE), value) for name, value in facts.items()),
        paragraphs=(decision.reasons,),
    )


def _tell_vote(work: Work, rubric: Rubric, ballot: Mapping[str, Any]) -> str:
    person = work.session.get_one(Account, ballot["account"])
    return say(
        "session.substitute_vote" if ballot["substitute"] else "session.vote",
        LANGUAGE,
        institution=committee().institution(ballot["institution"]).label.in_language(LANGUAGE),
        award=say("session.return", LANGUAGE)
        if ballot["award"] == RETURN
        else rubric.award(ballot["award"]).label.in_language(LANGUAGE),
        name=person.name,
    )

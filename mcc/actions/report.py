"""The papers that go with a decision: the private report with its plan, and the letter when there is no certificate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from certificates import (
    Letter,
    PlanStep,
    Report,
    ReportDimension,
    ReportIndicator,
    lay_out_letter,
    lay_out_report,
)
from mcc.actions.co_holders import name_holders
from mcc.actions.editions import pinned_rubric
from mcc.actions.permissions import can, require
from mcc.actions.settle import final_answers
from mcc.actions.support import find_fitting
from mcc.actions.work import Work
from mcc.clock import local_day
from mcc.db.queries.decide import decision_of
from mcc.db.tables import Application, Decision, Organisation, SupportOffer
from mcc.errors import Refused
from mcc.phrases import say
from rubric import Answers, Assessment, Indicator, Level, PlanAction, Reason, Rubric, assess, levels_for, plan

REPORT_STATES = ("granted", "issued", "on_the_way", "denied", "lapsed")
LETTER_STATES = ("on_the_way", "denied", "inadmissible")

LANGUAGE = "es"
"""The papers are in Spanish, as the office writes."""

SHORTEST_PLAN = 8
"""So many steps are told in any case, where there are so many."""


def build_report(work: Work, application: Application) -> bytes:
    """The report as PDF: profile, level by level, and the improvement plan. Raises Refused before the decision."""
    require(work, "view_report", application)
    decision = decision_of(work.session, application.key)
    if decision is None or application.state not in REPORT_STATES:
        raise Refused("evaluation_open", where="application", state=application.state)
    rubric = pinned_rubric(application)
    answers = final_answers(work, application)
    assessment = assess(rubric, answers)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    return lay_out_report(
        Report(
            title=say("report.title", LANGUAGE),
            holder=name_holders(work, application, LANGUAGE),
            number=application.number or "-",
            expediente=application.expediente or "-",
            edition=rubric.title.in_language(LANGUAGE),
            pilot=rubric.status == "pilot",
            demonstration=work.demonstration,
            made_on=local_day(decision.decided_at),
            award_label=rubric.award(decision.award).label.in_language(LANGUAGE),
            total=assessment.total,
            reasons=tuple(tell_reasons(rubric, decision, assessment)),
            dimensions=tuple(tell_dimensions(rubric, assessment)),
            indicators=tuple(_tell_indicators(rubric, answers, application, organisation)),
            plan=tuple(_tell_plan(rubric, answers, application, organisation, decision)),
            issuer=work.settings.issuer,
        )
    )


@dataclass(frozen=True)
class Outcome:
    """What a decided application shows its collective: the assessment and the plan, worded."""

    rubric: Rubric
    assessment: Assessment
    plan: tuple[PlanStep, ...]
    support: tuple[SupportOffer, ...]
    """Courses, fairs and advice that fit the plan."""


def describe_outcome(work: Work, application: Application, language: str) -> Outcome | None:
    """None while nothing is decided, or for whoever may not read the report."""
    decision = decision_of(work.session, application.key)
    if (
        decision is None
        or application.state not in REPORT_STATES
        or not can(work, "view_report", application)
    ):
        return None
    rubric, answers = pinned_rubric(application), final_answers(work, application)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    steps = _tell_plan(rubric, answers, application, organisation, decision, language)
    chosen = choose_steps(rubric, answers, application, organisation)
    fitting = find_fitting(work, {code for step in chosen for code in step.support})
    return Outcome(rubric, assess(rubric, answers), tuple(steps), fitting)


def build_letter(work: Work, application: Application) -> bytes:
    """The letter that tells why there is no mark, what to do and what can be appealed. Raises Refused otherwise."""
    require(work, "view_report", application)
    if application.state not in LETTER_STATES:
        raise Refused("letter_not_due", where="application", state=application.state)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    decision = decision_of(work.session, application.key)
    return lay_out_letter(
        Letter(
            addressee=name_holders(work, application, LANGUAGE),
            place="Canelones",
            made_on=local_day(application.state_since),
            expediente=application.expediente or "-",
            subject=say(f"letter.{application.state}.subject", LANGUAGE),
            paragraphs=tuple(_tell_outcome(application, decision)),
            plan=() if decision is None else tuple(_plan_of(work, application, organisation, decision)),
            remedies=say(f"letter.{application.state}.remedies", LANGUAGE),
            office=work.settings.office_contact,
            pilot=decision is not None and pinned_rubric(application).status == "pilot",
            demonstration=work.demonstration,
        )
    )


def _tell_outcome(application: Application, decision: Decision | None) -> Iterator[str]:
    yield say(f"letter.{application.state}.opening", LANGUAGE)
    if decision is None:
        yield say(f"refusal_reason.{application.outcome_reason}", LANGUAGE)
        yield application.outcome_words or ""
    else:
        facts = {"number": decision.resolution_number, "authority": decision.authority}
        yield say("letter.resolution", LANGUAGE, **facts)
        yield decision.reasons


def _plan_of(
    work: Work, application: Application, organisation: Organisation, decision: Decision
) -> Iterator[PlanStep]:
    rubric = pinned_rubric(application)
    return _tell_plan(rubric, final_answers(work, application), application, organisation, decision)


def tell_reasons(rubric: Rubric, decision: Decision, assessment: Assessment) -> Iterator[str]:
    """Why this award: what it asked for and was met, what kept the next better one away, and the committee's words."""
    yield from draft_reasons(rubric, assessment)
    yield decision.reasons


def draft_reasons(rubric: Rubric, assessment: Assessment) -> Iterator[str]:
    """The part that follows from the facts: what a committee starts from when it writes its own."""
    better = [award.code for award in rubric.awards]
    higher = better[: better.index(assessment.award)]
    for reason in assessment.awards[assessment.award].reasons:
        yield _tell_reason(rubric, reason)
    for code in higher[-1:]:
        label = rubric.award(code).label.in_language(LANGUAGE)
        for reason in assessment.awards[code].reasons:
            yield say("report.for_award", LANGUAGE, award=label, reason=_tell_reason(rubric, reason))


def _tell_reason(rubric: Rubric, reason: Reason) -> str:
    return say(
        f"award_reason.{reason.code}",
        LANGUAGE,
        where=name_place(rubric, reason.where),
        value=_shown(reason.value),
        minimum=_shown(reason.minimum),
    )


def name_place(rubric: Rubric, where: str, language: str = LANGUAGE) -> str:
    """A dimension or an indicator by the name that people know."""
    labels = {item.id: item.label for item in rubric.dimensions}
    labels |= {code: item.label for code, item in rubric.indicators.items()}
    return labels[where].in_language(language) if where in labels else where


def _shown(value: Fraction | int) -> str:
    """A level as it is; points with one decimal, cut and not rounded, as everywhere."""
    if isinstance(value, int):
        return str(value)
    return format_decimal(Decimal(int(value * 10)) / 10, format="0.0", locale="es_UY")


def tell_dimensions(rubric: Rubric, assessment: Assessment) -> Iterator[ReportDimension]:
    minimum = rubric.measured_award.dimension_minimum
    for dimension in rubric.dimensions:
        result = assessment.dimensions[dimension.id]
        yield ReportDimension(
            label=dimension.label.in_language(LANGUAGE),
            score=result.score,
            minimum=minimum,
            meets_minimum=result.meets_minimum,
        )


def _tell_indicators(
    rubric: Rubric, answers: Answers, application: Application, organisation: Organisation
) -> Iterator[ReportIndicator]:
    for dimension in rubric.dimensions:
        for item in dimension.indicators:
            level = answers.scores.get(item.id)
            reason = answers.not_applicable.get(item.id, "")
            worded = {row.value: row for row in levels_of(item, application, organisation)}
            yield ReportIndicator(
                code=item.id,
                label=item.label.in_language(LANGUAGE),
                dimension=dimension.label.in_language(LANGUAGE),
                level=level,
                maximum=rubric.maximum_level,
                descriptor=reason if level is None else worded[level].descriptor.in_language(LANGUAGE),
                critical=rubric.is_critical(item.id),
            )


def levels_of(item: Indicator, application: Application, organisation: Organisation) -> tuple[Level, ...]:
    """The levels of an indicator in the words that fit this collective."""
    return levels_for(
        item,
        collective_class=organisation.kind,
        scope_kind=application.scope_kind,
        members=organisation.members,
    )


def count_steps(rubric: Rubric, answers: Answers, steps: Sequence[PlanAction]) -> int:
    """A plan that lists everything is one that nobody begins; one that ends short of the mark, one for nothing.

    As many steps as reach the mark when all of them are taken, and at least `SHORTEST_PLAN`.
    """
    scores = dict(answers.scores)
    for count, step in enumerate(steps, start=1):
        scores[step.indicator] = step.target
        reached = (
            assess(rubric, Answers(scores, answers.not_applicable)).awards[rubric.measured_award.code].reached
        )
        if count >= SHORTEST_PLAN and reached:
            return count
    return len(steps)


def choose_steps(
    rubric: Rubric, answers: Answers, application: Application, organisation: Organisation
) -> Sequence[PlanAction]:
    """The steps of the improvement plan that are told to this collective."""
    steps = plan(
        rubric,
        answers,
        collective_class=organisation.kind,
        scope_kind=application.scope_kind,
        members=organisation.members,
    )
    return steps[: count_steps(rubric, answers, steps)]


def _tell_plan(  # noqa: PLR0917 - everything that a plan is made of
    rubric: Rubric,
    answers: Answers,
    application: Application,
    organisation: Organisation,
    decision: Decision,
    language: str = LANGUAGE,
) -> Iterator[PlanStep]:
    kinds = {kind.code: kind.label for kind in rubric.evidence_kinds}
    lines = {line.code: line.label for line in rubric.support_lines}
    for step in choose_steps(rubric, answers, application, organisation):
        yield PlanStep(
            indicator=rubric.indicator(step.indicator).label.in_language(language),
            goal=step.goal.in_language(language),
            gain=_shown(Fraction(step.gain)),
            evidence=", ".join(kinds[code].in_language(language) for code in step.evidence),
            support=", ".join(lines[code].in_language(language) for code in step.support),
            until=local_day(decision.decided_at) + timedelta(days=step.days),
        )

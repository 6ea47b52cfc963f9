"""The evaluation of one dossier: seats, visit, two blind sheets for each dimension, discussion, third evaluator."""

from collections.abc import Iterator
from datetime import datetime

from mcc.actions import agree, challenge, evaluate, evidence, not_applicable, unseat, visit
from mcc.actions.assign import Seat, SeatInput, assign_evaluator
from mcc.actions.compare import disputed_indicators
from mcc.actions.editions import pinned_rubric
from mcc.actions.visit_record import Side, SignatureInput, compose_record, sign_record
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.evaluate import active_assignments, assignments_of_person, dimensions_of
from mcc.db.tables import Assignment
from mcc.demo.cases import play_challenge
from mcc.demo.dossier import Evaluation, LevelEntry, Signatures
from mcc.demo.stage import Play, days_later, end_if, opening_of, working_days_later

COORDINATOR = "coordinacion.1"
SEATS = (Seat.FIRST, Seat.SECOND)

Story = Iterator[datetime]


def play_evaluation(act: Play) -> Story:
    evaluation = _evaluation(act)
    yield act.at(working_days_later(act.now, 2))
    _seat_team(act, evaluation)
    yield act.at(working_days_later(act.now, 1))
    _begin(act, evaluation)
    yield act.at(opening_of(evaluation.visit.date))
    _visit(act, evaluation)
    end_if(act, "in_evaluation")
    yield act.at(working_days_later(act.now, 2))
    _ask_not_applicable(act, evaluation)
    for position in (0, 1):
        yield act.at(working_days_later(act.now, 1))
        _score(act, evaluation, position)
    yield act.at(working_days_later(act.now, 2))
    _discuss(act, evaluation)
    if divergent := _divergent(act):
        yield act.at(days_later(act.now, 7))
        _call_third(act, evaluation, divergent)


def _evaluation(act: Play) -> Evaluation:
    assert act.dossier.evaluation is not None, "a dossier that is admitted has its evaluation"
    return act.dossier.evaluation


def _dimensions(act: Play) -> list[str]:
    with act.stage.work(COORDINATOR) as work:
        application = act.stage.application(work, act.number)
        return [row.dimension for row in dimensions_of(work.session, application.key)]


def _assign(act: Play, dimension: str, username: str, seat: Seat) -> None:
    with act.stage.work(COORDINATOR) as work:
        application = act.stage.application(work, act.number)
        assign_evaluator(work, application, SeatInput(dimension=dimension, evaluator=username, seat=seat))


def _seats(act: Play, work: Work, *, state: str | None = None) -> list[Assignment]:
    """The seats of the person at work in this application."""
    application = act.stage.application(work, act.number)
    return [
        row
        for row in assignments_of_person(work.session, work.actor.key)
        if row.application_id == application.id and (state is None or row.state == state)
    ]


def _seat_team(act: Play, evaluation: Evaluation) -> None:
    """A first choice with a conflict of interest steps back and is replaced."""
    dimensions = _dimensions(act)
    if (conflict := evaluation.conflict) is not None:
        _assign(act, dimensions[0], conflict.evaluator, Seat.FIRST)
        with act.stage.work(conflict.evaluator) as work:
            unseat.declare_conflict(work, _seats(act, work)[0], reason=conflict.reason)
    for dimension in dimensions:
        for username, seat in zip(evaluation.team, SEATS, strict=True):
            _assign(act, dimension, username, seat)


def _begin(act: Play, evaluation: Evaluation) -> None:
    if evaluation.challenged is not None:
        play_challenge(act, evaluation.challenged)
    with act.stage.work(act.dossier.slug) as work:
        challenge.accept_team(work, act.stage.application(work, act.number))
    for username in evaluation.team:
        _accept(act, username)
    with act.stage.work(COORDINATOR) as work:
        evaluate.begin_evaluation(work, act.stage.application(work, act.number))


def _accept(act: Play, username: str) -> None:
    with act.stage.work(username) as work:
        for seat in _seats(act, work, state="assigned"):
            evaluate.accept(work, seat, no_conflict=True)


def _visit(act: Play, evaluation: Evaluation) -> None:
    found = evaluation.visit
    with act.stage.work(evaluation.team[0]) as work:
        application = act.stage.application(work, act.number)
        for item in evidence_of(work.session, application.key):
            if item.form == "seen_on_site":
                evidence.see_on_site(work, application, item.code, found.date)
        given = visit.VisitInput(on=found.date, place=found.place, people=found.people, summary=found.summary)
        for talk in found.interviews:
            visit.take_interview(work, application, visit.InterviewInput(**talk.model_dump()))
        visit.report_visit(work, application, given)
    if found.signed is not None:
        _sign(act, evaluation.team[0], found.signed)


def _sign(act: Play, evaluator: str, names: Signatures) -> None:
    """Both sides, on the evaluator's device."""
    with act.stage.work(evaluator) as work:
        application = act.stage.application(work, act.number)
        digest = compose_record(work, application).digest
        for side, name in ((Side.EVALUATORS, names.evaluators), (Side.COLLECTIVE, names.collective)):
            sign_record(work, application, SignatureInput(side=side, name=name, digest=digest))


def _ask_not_applicable(act: Play, evaluation: Evaluation) -> None:
    for indicator, entry in evaluation.levels.items():
        if entry.not_applicable is None:
            continue
        with act.stage.work(evaluation.team[0]) as work:
            seat = next(
                row for row in _seats(act, work) if indicator in _indicators(act, work, row.dimension)
            )
            not_applicable.request_not_applicable(work, seat, indicator, reason=entry.not_applicable)
        with act.stage.work(COORDINATOR) as work:
            application = act.stage.application(work, act.number)
            not_applicable.decide_not_applicable(work, application, indicator, approved=True)


def _indicators(act: Play, work: Work, dimension: str) -> list[str]:
    rubric = pinned_rubric(act.stage.application(work, act.number))
    return [item.id for item in rubric.dimension(dimension).indicators]


def _score(act: Play, evaluation: Evaluation, position: int) -> None:
    """One evaluator fills in and locks every sheet."""
    with act.stage.work(evaluation.team[position]) as work:
        for seat in _seats(act, work, state="in_progress"):
            sheet = {
                indicator: _first_hand(evaluation.levels[indicator], position)
                for indicator in _indicators(act, work, seat.dimension)
                if evaluation.levels[indicator].not_applicable is None
            }
            evaluate.save_scores(work, seat, sheet)
            evaluate.lock_scores(work, seat)


def _first_hand(entry: LevelEntry, position: int) -> evaluate.ScoreInput:
    return evaluate.ScoreInput(
        level=entry.levels[position], note=entry.notes[position], evidence=list(entry.evidence)
    )


def _discuss(act: Play, evaluation: Evaluation) -> None:
    """The first evaluator writes down what came of the talk, the second confirms it."""
    proposer, confirmer = evaluation.team
    for dimension in _in_state(act, "consensus"):
        with act.stage.work(proposer) as work:
            application = act.stage.application(work, act.number)
            talk = {
                indicator: _outcome(entry)
                for indicator, entry in evaluation.levels.items()
                if entry.not_applicable is None
                and entry.levels[0] != entry.levels[1]
                and indicator in _indicators(act, work, dimension)
            }
            agree.propose_levels(work, application, dimension, talk)
        with act.stage.work(confirmer) as work:
            agree.confirm_levels(work, act.stage.application(work, act.number), dimension)


def _outcome(entry: LevelEntry) -> agree.DiscussionInput:
    if entry.consensus is not None:
        return agree.DiscussionInput(level=entry.consensus.level, reason=entry.consensus.reason)
    reason = entry.no_agreement or (entry.third.note if entry.third is not None else None)
    return agree.DiscussionInput(level=None, reason=reason or "-")


def _in_state(act: Play, state: str) -> list[str]:
    with act.stage.work(COORDINATOR) as work:
        application = act.stage.application(work, act.number)
        return [row.dimension for row in dimensions_of(work.session, application.key) if row.state == state]


def _divergent(act: Play) -> list[str]:
    return _in_state(act, "divergent")


def _call_third(act: Play, evaluation: Evaluation, dimensions: list[str]) -> None:
    assert evaluation.third is not None, "the dossier names a third evaluator where one is needed"
    for dimension in dimensions:
        _assign(act, dimension, evaluation.third, Seat.THIRD)
    _accept(act, evaluation.third)
    with act.stage.work(evaluation.third) as work:
        application = act.stage.application(work, act.number)
        for seat in active_assignments(work.session, application.key):
            if seat.account_id != work.actor.account_id:
                continue
            disputed = disputed_indicators(work, application, seat.dimension)
            evaluate.save_scores(
                work, seat, {indicator: _third_hand(evaluation.levels[indicator]) for indicator in disputed}
            )
            evaluate.lock_scores(work, seat)


def _third_hand(entry: LevelEntry) -> evaluate.ScoreInput:
    assert entry.third is not None, "the dossier says what the third evaluator found"
    return evaluate.ScoreInput(level=entry.third.level, note=entry.third.note, evidence=list(entry.evidence))

"""The whole process at random: any person tries anything at any time, and pieces of work crash in the middle.

Whatever happens, a refused or crashed attempt changes nothing but the record of a denial, `mcc check` finds
nothing, a small model of the rules (model.py) finds nothing either, nobody takes two parts in one file, and a file has at
most one certificate that is alive.
"""

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlmodel import select

from mcc.actions import (
    accept_rules,
    accounts,
    admit,
    agree,
    amend,
    apply,
    assign,
    authorise,
    cases,
    certify,
    challenge,
    correct,
    decide,
    evaluate,
    hear,
    motion,
    renew,
    review,
    surveil,
    suspend,
    unseat,
    vote,
)
from mcc.actions.check import check_installation
from mcc.actions.editions import current_rubric
from mcc.actions.work import SYSTEM, Role, Work
from mcc.clock import FixedClock
from mcc.db.queries.challenge import open_challenges
from mcc.db.queries.check import all_events, rows_of
from mcc.db.queries.decide import decision_of, reviews_of
from mcc.db.queries.evaluate import active_assignments, dimensions_of, discussions_of, evaluators_of
from mcc.db.tables import Application, Certificate, Decision
from mcc.errors import MccError, NotFound
from mcc.installation import open_installation
from mcc.jobs.worker import open_signer
from mcc.settings import Settings
from tests.office import PEOPLE, START, Office, RecordingQueue
from tests.properties.model import judge

REASON = suspend.ReasonInput(reason="Motivo de prueba.")
AWARDS = ("distinction", "granted", "on_the_way", "not_granted", "platino", vote.RETURN)
STARTS = ("submitted", "admitted", "in_evaluation", "in_review", "in_decision", "granted", "issued")
STEPS = ("reserve_number", "prepare_claims", "lay_out", "sign", "publish")


ENDED = ("withdrawn", "relinquished", "expired", "superseded")


def certificates_in(work: Work) -> list[Certificate]:
    return list(work.session.exec(select(Certificate)))


class Crash(Exception):
    """The process dies before the end of its piece of work."""


class Process(RuleBasedStateMachine):
    template: Path

    @initialize(starts=st.tuples(st.sampled_from(STARTS), st.sampled_from(STARTS)))
    def open_office(self, starts: tuple[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "data")
        installation = open_installation(Settings(data=self.folder / "data"), jobs=RecordingQueue())
        self.office = Office(replace(installation, clock=FixedClock(START), demonstration=False))
        self.signer = open_signer(installation)
        self.numbers = [self.office.reach(starts[0], "coop"), self.office.reach(starts[1], "otra")]

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.installation.close()
            shutil.rmtree(self.folder)

    @rule(data=st.data(), who=st.sampled_from([*PEOPLE, "system"]), crash=st.booleans())
    def try_anything(self, data: st.DataObject, who: str, crash: bool) -> None:
        name = data.draw(st.sampled_from(sorted(MOVES)))
        self.try_one(name, who, data.draw(st.sampled_from(self.numbers)), data, crash=crash)

    @rule(data=st.data(), crash=st.sampled_from([False, False, False, True]))
    def try_what_fits(self, data: st.DataObject, crash: bool) -> None:
        """A person who may, on a file in whose state the move exists: most of these succeed."""
        number = data.draw(st.sampled_from(self.numbers))
        with self.office.look("audita") as work:
            state = self.office.application(work, number).state
        names = sorted(name for name, (states, _) in FITTING.items() if state in states)
        if names:
            name = data.draw(st.sampled_from(names))
            who = data.draw(st.sampled_from(FITTING[name][1]))
            self.try_one(name, who, number, data, crash=crash)

    def try_one(self, name: str, who: str, number: str, data: st.DataObject, *, crash: bool) -> None:
        before = self.dump()
        try:
            self.attempt(name, who, number, data, crash=crash)
        except (MccError, Crash):
            assert self.dump() == before, f"{name} by {who} failed and changed something"

    def attempt(self, name: str, who: str, number: str, data: st.DataObject, *, crash: bool) -> None:
        begin = self.office.installation.work(SYSTEM) if who == "system" else self.office.work(who)
        with begin as work:
            MOVES[name](self, work, self.office.application(work, number), data)
            if crash:
                raise Crash

    @rule(
        level=st.integers(0, 4),
        other=st.integers(0, 4),
        indicator=st.sampled_from(["PAR1", "DEC1", "CAL1", "TER6"]),
    )
    def walk_on(self, level: int, other: int, indicator: str) -> None:
        """Without this, chance would hardly ever get a file as far as its decision."""
        for number in self.numbers:
            with self.office.look("audita") as work:
                state = self.office.application(work, number).state
            if state == "submitted":
                self.office.admit(number)
            elif state == "admitted":
                self.quietly(lambda number=number: self.office.begin(number))
            elif state == "in_evaluation":
                self.quietly(lambda number=number: self.office.score(number, "eval.1", level))
                self.quietly(
                    lambda number=number: self.office.score(number, "eval.2", level, **{indicator: other})
                )
            elif state == "in_review":
                self.quietly(lambda number=number: self.office.review(number))

    @rule(days=st.integers(1, 400))
    def pass_days(self, days: int) -> None:
        self.office.pass_days(days)

    def quietly(self, step: Any) -> None:
        try:
            step()
        except MccError:
            return

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.office.installation.look(SYSTEM) as work:
            assert check_installation(work) == []
            applications = work.session.connection().execute(text("SELECT id FROM application")).all()
            for (key,) in applications:
                self.check_parts(work, key)
            decisions = [row for row in rows_of(work.session, Decision) if isinstance(row, Decision)]
            assert list(judge(all_events(work.session), decisions)) == []
            living = Counter(row.application_id for row in certificates_in(work) if row.state not in ENDED)
            assert all(count == 1 for count in living.values())

    def check_parts(self, work: Work, key: int) -> None:
        evaluators = evaluators_of(work.session, key)
        reviewers = {row.reviewer_id for row in reviews_of(work.session, key)}
        decision = decision_of(work.session, key)
        deciders = set() if decision is None else {decision.decided_by}
        assert not evaluators & reviewers
        assert not (evaluators | reviewers) & deciders

    def dump(self) -> dict[str, list[Any]]:
        """Every row of every table of ours, but for denials and what they seal."""
        with self.office.installation.look(SYSTEM) as work:
            tables = [
                row[0]
                for row in work.session.connection().execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'table'")
                )
                if not row[0].startswith(("dbos", "workflow", "operation", "sqlite", "alembic"))
            ]
            rows = {
                table: [
                    tuple(row) for row in work.session.connection().execute(text(f'SELECT * FROM "{table}"'))
                ]
                for table in tables
            }
        rows["event"] = [row for row in rows["event"] if "denied" not in row]
        return rows


def _certificate(work: Work, application: Application) -> Certificate:
    """The newest."""
    mine = select(Certificate).where(Certificate.application_id == application.id)
    found = work.session.exec(mine.order_by(text("id DESC"))).first()
    if found is None:
        raise Crash
    return found


def _seat(work: Work, application: Application, data: st.DataObject) -> Any:
    rows = list(active_assignments(work.session, application.key))
    if not rows:
        raise Crash
    return data.draw(st.sampled_from(rows))


def _dimension(work: Work, application: Application, data: st.DataObject) -> str:
    rows = dimensions_of(work.session, application.key)
    if not rows:
        raise Crash
    return data.draw(st.sampled_from([row.dimension for row in rows]))


def _decide(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    given = decide.DecisionInput(
        award=data.draw(st.sampled_from(AWARDS)),
        resolution_number="26/1",
        resolution_date=work.today,
        authority="Comité",
        reasons="Según el informe.",
    )
    decide.decide(work, application, given)


def _vote(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    given = vote.VoteInput(
        award=data.draw(st.sampled_from(AWARDS)), reasons="Según el informe.", cast=data.draw(st.booleans())
    )
    vote.vote(work, application, given)


def _assign(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    given = assign.SeatInput(
        dimension=data.draw(st.sampled_from(["participation", "product_quality", "otra"])),
        evaluator=data.draw(st.sampled_from(sorted(PEOPLE))),
        seat=data.draw(st.sampled_from(list(assign.Seat))),
    )
    assign.assign_evaluator(work, application, given)


def _relieve(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    seat = _seat(work, application, data)
    given = assign.ReliefInput(dimension=seat.dimension, seat=assign.Seat(seat.seat), reason="Licencia.")
    assign.relieve_evaluator(work, application, given)


def _leave(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    """Somebody stops evaluating, begins again, or joins the collective."""
    username = data.draw(st.sampled_from(EVALUATORS))
    match data.draw(st.sampled_from(["stops", "begins", "joins"])):
        case "stops":
            accounts.change_roles(work, username, [Role.AUDITOR])
        case "begins":
            accounts.change_roles(work, username, [Role.EVALUATOR])
        case _:
            accounts.join_organisation(work, username, application.organisation_id)


def _discuss(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    dimension = _dimension(work, application, data)
    level = data.draw(st.one_of(st.none(), st.integers(0, 4)))
    indicator = {"participation": "PAR1", "decision_making": "DEC1", "product_quality": "CAL1"}.get(
        dimension, "TER6"
    )
    talk = {indicator: agree.DiscussionInput(level=level, reason="Conversado.")}
    agree.propose_levels(work, application, dimension, talk)
    assert indicator in discussions_of(work.session, application.key, application.round)


def _correct(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    given = correct.CorrectionInput(indicators=[data.draw(st.sampled_from(["DEC1", "CAL1"]))], asks="Falta.")
    correct.require_correction(work, application, given)


def _recheck(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    holds = data.draw(st.booleans())
    codes = current_rubric().critical
    given = {code: surveil.FindingInput(holds=holds, note="Visto.") for code in codes}
    surveil.recheck(work, _certificate(work, application), given)


def _issue(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    step = data.draw(st.sampled_from(STEPS))
    if step == "sign":
        certify.sign(work, application, machine.signer)
    else:
        getattr(certify, step)(work, application)


def _challenge(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    given = challenge.ChallengeInput(evaluator=data.draw(st.sampled_from(EVALUATORS)), words="Parentesco.")
    challenge.file_challenge(work, application, given)


def _resolve_challenge(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    """Taken all the way in one step."""
    found = open_challenges(work.session, application.key)
    if not found:
        raise NotFound("case_unknown", where="receipt")
    case = found[0]
    for action in ("acknowledge", "accept_case", "investigate"):
        cases.move_case(work, case, action, cases.CaseMoveInput())
    outcome = data.draw(st.sampled_from(list(challenge.Finding)))
    challenge.resolve_challenge(work, case, challenge.FindingInput(outcome=outcome, words="Visto."))


def _report_change(machine: Process, work: Work, application: Application, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(amend.ChangeKind)))
    raw = {"kind": kind, "happened_on": work.today, "words": "Cambió."}
    wanted = {
        "products": ["Queso colonia", "Dulce de leche", "Ricota"],
        "process": "Con leche de otros tambos.",
        "site_address": "Ruta 8",
        "site_municipality": "Tala",
        "name": "Cooperativa de Ensayo (ficticia)",
    }
    needed = amend.NEEDED[kind] or ("products",)
    raw |= {} if kind == amend.ChangeKind.AUTHORITIES else {field: wanted[field] for field in needed}
    amend.report_change(work, application, amend.ChangeInput.model_validate(raw))


MOVES: dict[str, Any] = {
    "take_up": lambda m, w, a, d: admit.take_up(w, a, admit.TakeUpInput(expediente="1")),
    "request": lambda m, w, a, d: admit.request_information(w, a, admit.RequestInput(items=["El acta"])),
    "answer": lambda m, w, a, d: apply.answer_request(w, a, apply.AnswersInput(answers=["Va."])),
    "remind": lambda m, w, a, d: admit.remind_applicant(w, a),
    "archive": lambda m, w, a, d: admit.archive(w, a),
    "reopen": lambda m, w, a, d: admit.reopen(w, a),
    "admit": lambda m, w, a, d: admit.admit(w, a, eligible=d.draw(st.booleans())),
    "refuse": lambda m, w, a, d: admit.refuse_admission(
        w, a, admit.RefusalInput(reason=admit.RefusalReason.INCOMPLETE, explanation="Falta.")
    ),
    "withdraw": lambda m, w, a, d: apply.withdraw_application(w, a, reason="No seguimos."),
    "assign": _assign,
    "accept": lambda m, w, a, d: evaluate.accept(w, _seat(w, a, d), no_conflict=d.draw(st.booleans())),
    "conflict": lambda m, w, a, d: unseat.declare_conflict(w, _seat(w, a, d), reason="Parentesco."),
    "accept_team": lambda m, w, a, d: challenge.accept_team(w, a),
    "challenge": _challenge,
    "resolve_challenge": _resolve_challenge,
    "begin": lambda m, w, a, d: evaluate.begin_evaluation(w, a),
    "lock": lambda m, w, a, d: evaluate.lock_scores(w, _seat(w, a, d)),
    "propose": _discuss,
    "confirm": lambda m, w, a, d: agree.confirm_levels(w, a, _dimension(w, a, d)),
    "review": lambda m, w, a, d: review.send_to_decision(w, a, review.ReviewInput(notes="Bien.")),
    "return": lambda m, w, a, d: review.return_to_evaluation(
        w, a, review.ReturnInput(notes="Falta.", dimensions=[_dimension(w, a, d)])
    ),
    "vote": _vote,
    "aside": lambda m, w, a, d: vote.step_aside(w, a, vote.StepAsideInput(reason="Parentesco.")),
    "decide": _decide,
    "return_decision": lambda m, w, a, d: decide.return_to_review(
        w, a, decide.QuestionsInput(questions="¿Quién lleva las actas?")
    ),
    "relieve": _relieve,
    "leave": _leave,
    "open_hearing": lambda m, w, a, d: hear.open_hearing(w, a, hear.HearingInput(tells="Falta.")),
    "answer_hearing": lambda m, w, a, d: hear.answer_hearing(w, a, hear.HeardInput(answer="Va.")),
    "reevaluate": lambda m, w, a, d: review.reevaluate_after_hearing(
        w, a, review.ReturnInput(notes="Nuevo.", dimensions=[_dimension(w, a, d)])
    ),
    "accept_rules": lambda m, w, a, d: accept_rules.accept_rules(
        w, a, accept_rules.AcceptanceInput(name="Ana", accepted=d.draw(st.booleans()))
    ),
    "require_correction": _correct,
    "finish_correction": lambda m, w, a, d: correct.finish_correction(w, a),
    "end_corrections": lambda m, w, a, d: correct.end_corrections(w),
    "open_due": lambda m, w, a, d: surveil.open_due(w),
    "sample": lambda m, w, a, d: surveil.open_surveillance(
        w, _certificate(w, a), surveil.OpeningInput(cause=surveil.Cause.SAMPLE, reason="Señales.")
    ),
    "recheck": _recheck,
    "renew": lambda m, w, a, d: renew.begin_renewal(w, _certificate(w, a)),
    "another": lambda m, w, a, d: renew.begin_another(w, a),
    "extend": lambda m, w, a, d: renew.extend_renewing(w),
    "lapse": lambda m, w, a, d: accept_rules.lapse_unaccepted(w),
    "authorise": lambda m, w, a, d: authorise.authorise_issue(w, a, authorise.AuthorisationInput()),
    "issue": _issue,
    "report_change": _report_change,
    "accept_change": lambda m, w, a, d: amend.accept_change(w, a, amend.AnswerInput(answer="Visto.")),
    "refuse_change": lambda m, w, a, d: amend.refuse_change(w, a, amend.AnswerInput(answer="No.")),
    "stop_amending": lambda m, w, a, d: amend.stop_amending(w),
    "propose_measure": lambda m, w, a, d: motion.open_motion(
        w,
        _certificate(w, a),
        motion.MotionInput(measure=d.draw(st.sampled_from(list(motion.Measure))), reason="Motivo."),
    ),
    "answer_motion": lambda m, w, a, d: motion.answer_motion(
        w, _certificate(w, a), hear.HeardInput(answer="Va.")
    ),
    "vote_motion": lambda m, w, a, d: motion.vote_motion(
        w,
        _certificate(w, a),
        motion.MotionVoteInput(in_favour=d.draw(st.sampled_from([1, 1, 0])), reasons="x"),
    ),
    "reject_motion": lambda m, w, a, d: motion.reject_motion(w, _certificate(w, a)),
    "suspend": lambda m, w, a, d: suspend.suspend(w, _certificate(w, a), REASON),
    "reinstate": lambda m, w, a, d: suspend.reinstate(w, _certificate(w, a), REASON),
    "withdraw_mark": lambda m, w, a, d: suspend.withdraw(w, _certificate(w, a), REASON),
    "relinquish": lambda m, w, a, d: suspend.relinquish(w, _certificate(w, a), REASON),
    "ratify": lambda m, w, a, d: suspend.ratify_suspension(w, _certificate(w, a), REASON),
    "end_suspensions": lambda m, w, a, d: suspend.end_suspensions(w),
    "expire": lambda m, w, a, d: suspend.expire_overdue(w),
}

HOLDERS = ("coop", "otra")
EVALUATORS = ("eval.1", "eval.2", "eval.3")
FITTING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "request": (("in_admissibility",), ("coord",)),
    "sample": (("issued",), ("coord",)),
    "recheck": (("issued",), ("revisa",)),
    "renew": (("issued",), HOLDERS),
    "another": (("on_the_way", "denied", "lapsed", "inadmissible"), HOLDERS),
    "extend": (("issued",), ("system",)),
    "require_correction": (("in_review",), ("revisa",)),
    "finish_correction": (("corrective_action",), HOLDERS),
    "end_corrections": (("corrective_action",), ("system",)),
    "answer": (("info_requested",), HOLDERS),
    "remind": (("info_requested",), ("coord",)),
    "archive": (("info_requested",), ("coord",)),
    "reopen": (("archived",), ("coord",)),
    "take_up": (("submitted",), ("coord",)),
    "admit": (("in_admissibility",), ("coord",)),
    "assign": (("admitted", "in_evaluation"), ("coord",)),
    "accept": (("admitted", "in_evaluation"), EVALUATORS),
    "conflict": (("admitted", "in_evaluation"), EVALUATORS),
    "accept_team": (("admitted",), HOLDERS),
    "challenge": (("admitted", "in_evaluation"), HOLDERS),
    "resolve_challenge": (("admitted", "in_evaluation", "in_review"), ("coord",)),
    "propose": (("in_evaluation",), EVALUATORS),
    "confirm": (("in_evaluation",), EVALUATORS),
    "return": (("in_review",), ("revisa",)),
    "review": (("in_review", "in_hearing"), ("revisa",)),
    "open_hearing": (("in_review", "in_decision"), ("revisa", "comite")),
    "answer_hearing": (("in_hearing",), HOLDERS),
    "reevaluate": (("in_hearing",), ("revisa",)),
    "vote": (("in_decision",), ("comite", "comite.2")),
    "aside": (("in_review", "in_decision"), ("comite.2", "revisa")),
    "decide": (("in_decision",), ("comite", "comite.2")),
    "return_decision": (("in_decision",), ("comite", "comite.2")),
    "relieve": (("admitted", "in_evaluation"), ("coord",)),
    "leave": (("admitted", "in_evaluation", "in_review", "in_decision"), ("admin",)),
    "accept_rules": (("granted",), HOLDERS),
    "lapse": (("granted",), ("system",)),
    "authorise": (("granted",), ("firma",)),
    "issue": (("granted", "issued"), ("system",)),
    "report_change": (("issued",), ("coop", "otra", "coord")),
    "accept_change": (("issued",), ("coord", "comite")),
    "refuse_change": (("issued",), ("coord", "comite")),
    "stop_amending": (("granted",), ("system",)),
    "propose_measure": (("issued",), ("comite", "coord")),
    "answer_motion": (("issued",), HOLDERS),
    "vote_motion": (("issued",), ("comite", "comite.2")),
    "reject_motion": (("issued",), ("comite",)),
    "suspend": (("issued",), ("comite", "coord")),
    "ratify": (("issued",), ("comite",)),
    "end_suspensions": (("issued",), ("system",)),
    "reinstate": (("issued",), ("comite",)),
    "withdraw_mark": (("issued",), ("comite",)),
    "relinquish": (("issued",), HOLDERS),
    "expire": (("issued",), ("system",)),
}


@pytest.mark.timeout(280)
def test_no_walk_through_the_process_breaks_what_must_hold(template_folder: Path) -> None:
    Process.template = template_folder
    run_state_machine_as_test(
        Process,
        settings=settings(
            max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

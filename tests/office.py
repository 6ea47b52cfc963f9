"""A real installation on a real SQLite file, with people in every role and files driven through the real actions."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from mcc.actions import (
    accept_rules,
    admit,
    agree,
    apply,
    assign,
    authorise,
    certify,
    challenge,
    decide,
    evaluate,
    evidence,
    hear,
    mandates,
    motion,
    review,
    sign_in,
    suspend,
    visit,
    vote,
)
from mcc.actions.accounts import (
    AccountInput,
    actor_of_account,
    create_account,
    find_account,
)
from mcc.actions.editions import current_rubric
from mcc.actions.uploads import purify
from mcc.actions.work import SYSTEM, Role, Work
from mcc.clock import FixedClock
from mcc.db.queries.accounts import memberships_of
from mcc.db.queries.apply import application_by_number
from mcc.db.queries.certify import certificate_of
from mcc.db.queries.evaluate import assignments_of_person
from mcc.db.tables import Application, Assignment, Certificate, Event
from mcc.db.tables.mandates import SIGNATURE
from mcc.installation import Installation, create_installation, open_installation
from mcc.jobs.worker import open_signer
from mcc.settings import Settings

PASSWORD = "una clave larga de prueba"
START = datetime(2026, 8, 3, 13, 0, tzinfo=UTC)

PEOPLE: dict[str, Role] = {
    "coord": Role.COORDINATOR,
    "eval.1": Role.EVALUATOR,
    "eval.2": Role.EVALUATOR,
    "eval.3": Role.EVALUATOR,
    "eval.4": Role.EVALUATOR,
    "revisa": Role.REVIEWER,
    "comite": Role.COMMITTEE,
    "comite.2": Role.COMMITTEE,
    "audita": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
    "coop": Role.APPLICANT,
    "otra": Role.APPLICANT,
    "firma": Role.SIGNATORY,
    "firma.2": Role.SIGNATORY,
}


SEATED = {"comite": "intendencia", "comite.2": "mesa_intercooperativa"}
"""Who sits in the committee for whom: just enough for the quorum."""
MANDATES = {**SEATED, "firma": SIGNATURE, "firma.2": SIGNATURE}
"""And who signs, with who stands in for them."""

TOKENS = "tokens.json"
"""Beside the template: everybody's session, opened with it; it ends after half a day."""


@dataclass
class RecordingQueue:
    """Keeps what was asked for; issuing is then done step by step, in the test's own time."""

    ordered: list[int] = field(default_factory=list)

    def enqueue_issue(
        self, session: Session, application_id: int, *, attempt: int = 0, issued: int = 0
    ) -> None:
        assert session.in_transaction()
        assert attempt == 0
        assert issued >= 0
        self.ordered.append(application_id)


@pytest.fixture(scope="session")
def template_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with its people, made once and copied for each test: hashing passwords takes its time."""
    folder = tmp_path_factory.mktemp("template") / "data"
    make_template(folder)
    return folder


def make_template(folder: Path) -> None:
    installation = create_installation(Settings(data=folder), demonstration=True, clock=START.isoformat())
    with installation.work(SYSTEM) as work:
        for username, role in PEOPLE.items():
            given = AccountInput(username=username, name=username.title(), password=PASSWORD, roles=[role])
            create_account(work, given)
    with installation.work(SYSTEM) as work:
        tokens = {
            username: sign_in.open_session(work, sign_in.find_credential(work, username)).token
            for username in PEOPLE
        }
    (folder.parent / TOKENS).write_text(json.dumps(tokens))
    with installation.work(SYSTEM) as work:
        for username, institution in MANDATES.items():
            given_seat = mandates.MandateInput(
                username=username,
                institution=institution,
                substitute=username == "firma.2",
                since=START.date(),
                act="Nota 1/2026",
            )
            mandates.name_member(work, given_seat)
    open_signer(installation)
    installation.close()


@pytest.fixture
def office(template_folder: Path, tmp_path: Path) -> Iterator["Office"]:
    """A fresh office with one person in every role and nothing on its desk."""
    folder = tmp_path / "data"
    shutil.copytree(template_folder, folder)
    installation = open_installation(Settings(data=folder), jobs=RecordingQueue())
    fresh = replace(installation, demonstration=False, clock=FixedClock(START))
    yield Office(fresh, reached=template_folder.parent)
    installation.close()


@dataclass
class Office:
    """Drives files for tests; every method is real actions only."""

    installation: Installation
    reached: Path | None = None
    """Where offices are kept as they were after `reach`, so that the same way is walked once and then copied."""

    @contextmanager
    def work(self, username: str) -> Iterator[Work]:
        with self.installation.look(SYSTEM) as looking:
            actor = actor_of_account(looking, find_account(looking, username).key)
        assert actor is not None
        with self.installation.work(actor) as work:
            yield work

    @contextmanager
    def look(self, username: str) -> Iterator[Work]:
        with self.installation.look(SYSTEM) as looking:
            actor = actor_of_account(looking, find_account(looking, username).key)
        assert actor is not None
        with self.installation.look(actor) as work:
            yield work

    def open_session(self, username: str) -> str | None:
        """The token of a session that is open, as long as it is still the day of the template."""
        if self.reached is None or self.installation.clock.now() != START:
            return None
        tokens: dict[str, str] = json.loads((self.reached / TOKENS).read_text())
        return tokens.get(username)

    def pass_days(self, days: int) -> None:
        clock = self.installation.clock
        self.installation = replace(self.installation, clock=FixedClock(clock.now() + timedelta(days=days)))

    def application(self, work: Work, number: str) -> Application:
        found = application_by_number(work.session, number)
        assert found is not None
        return found

    def register(self, username: str = "coop", name: str = "Cooperativa de Prueba (ficticia)") -> int:
        with self.work(username) as work:
            given = apply.OrganisationInput(
                name=name,
                kind=apply.CollectiveKind.WORKERS,
                legal_status=True,
                municipality="Pando",
                founded=date(2015, 3, 2),
                members=12,
                women=7,
                contact_name="Persona de Prueba",
                contact_phone="099 000 000",
                contact_email="prueba@ejemplo.invalid",
            )
            return apply.register_organisation(work, given).key

    def draft(self, username: str = "coop", organisation_id: int | None = None) -> int:
        """A draft with three pieces of evidence; returns its key."""
        organisation_id = organisation_id or self.register(username)
        with self.work(username) as work:
            scope = apply.ScopeInput(
                scope_kind=apply.ScopeKind.PRODUCTS,
                products=["Queso colonia", "Dulce de leche"],
                process="Elaboración artesanal con leche propia.",
                site_address="Camino de Prueba 123",
                site_municipality="Pando",
            )
            application = apply.draft_application(work, organisation_id, scope)
            for code, title in (("E1", "Estatuto"), ("E2", "Acta de asamblea")):
                given = evidence.EvidenceInput(
                    code=code, kind="acta_asamblea", title=title, filename=f"{code}.txt"
                )
                evidence.add_evidence(work, application, given, purify(f"{title} de prueba".encode()))
            seen = evidence.EvidenceInput(
                code="E3", kind="libro_actas", title="Libro de actas", form=evidence.EvidenceForm.SEEN_ON_SITE
            )
            evidence.add_evidence(work, application, seen)
            return application.key

    def open_draft(self, work: Work, key: int) -> Application:
        found = work.session.get(Application, key)
        assert found is not None
        return found

    def add_paper(self, key: int, username: str = "coop") -> None:
        with self.work(username) as work:
            given = evidence.EvidenceInput(kind="acta_asamblea", title="Acta", filename="acta.txt")
            evidence.add_evidence(work, self.open_draft(work, key), given, purify(b"Acta de asamblea"))

    def submit(self, username: str = "coop", organisation_id: int | None = None) -> str:
        """A submitted application; returns its number."""
        key = self.draft(username, organisation_id)
        with self.work(username) as work:
            application = self.open_draft(work, key)
            apply.submit(work, application, declaration=True)
            assert application.number is not None
            return application.number

    def admit(self, number: str) -> None:
        with self.work("coord") as work:
            application = self.application(work, number)
            admit.take_up(work, application, admit.TakeUpInput(expediente="2026-81-1010-00001"))
            admit.admit(work, application, eligible=True)

    def seat(self, number: str, first: str = "eval.1", second: str = "eval.2") -> None:
        with self.work("coord") as work:
            application = self.application(work, number)
            for dimension in current_rubric().dimensions:
                for username, seat in ((first, assign.Seat.FIRST), (second, assign.Seat.SECOND)):
                    given = assign.SeatInput(dimension=dimension.id, evaluator=username, seat=seat)
                    assign.assign_evaluator(work, application, given)

    def member_of(self, work: Work, number: str) -> str:
        """Who acts for the collective; the office, for those who came to its counter."""
        members = memberships_of(work.session, self.application(work, number).organisation_id)
        return members[0][1].username if members else "coord"

    def accept_team(self, number: str) -> None:
        with self.look("coord") as work:
            member = self.member_of(work, number)
        with self.work(member) as work:
            challenge.accept_team(work, self.application(work, number))

    def begin(self, number: str) -> None:
        """Seats filled and accepted, conflicts declared absent, evaluation open, visit reported."""
        self.seat(number)
        self.accept_team(number)
        for username in ("eval.1", "eval.2"):
            with self.work(username) as work:
                for seat in self.seats(work, number):
                    evaluate.accept(work, seat, no_conflict=True)
        with self.work("coord") as work:
            evaluate.begin_evaluation(work, self.application(work, number))
        with self.work("eval.1") as work:
            seen = visit.VisitInput(on=work.today, place="Pando", people=6, summary="Recorrida completa.")
            visit.report_visit(work, self.application(work, number), seen)

    def seats(self, work: Work, number: str) -> list[Assignment]:
        application = self.application(work, number)
        rows = assignments_of_person(work.session, work.actor.key)
        return [row for row in rows if row.application_id == application.id]

    def score(self, number: str, username: str, level: int = 3, **special: int) -> None:
        """Fill in and lock every sheet of one evaluator: `level` everywhere but for `special` indicators."""
        with self.work(username) as work:
            rubric, application = current_rubric(), self.application(work, number)
            for seat in self.seats(work, number):
                sheet = {
                    code: evaluate.ScoreInput(level=special.get(code, level), note="Visto.", evidence=["E1"])
                    for code in evaluate.indicators_of(work, seat, application, rubric)
                }
                evaluate.save_scores(work, seat, sheet)
                evaluate.lock_scores(work, seat)

    def discuss(self, number: str, dimension: str, **levels: int | None) -> None:
        """The first evaluator proposes, the second confirms."""
        with self.work("eval.1") as work:
            talk = {
                key: agree.DiscussionInput(level=level, reason="Conversado.") for key, level in levels.items()
            }
            agree.propose_levels(work, self.application(work, number), dimension, talk)
        with self.work("eval.2") as work:
            agree.confirm_levels(work, self.application(work, number), dimension)

    def hear(self, number: str) -> None:
        """The review opens a hearing where the outcome is adverse, and the collective answers."""
        with self.look("revisa") as work:
            if hear.may_go_on(work, self.application(work, number)):
                return
            member = self.member_of(work, number)
        with self.work("revisa") as work:
            hear.open_hearing(work, self.application(work, number), hear.HearingInput(tells="No alcanza."))
        with self.work(member) as work:
            hear.answer_hearing(work, self.application(work, number), hear.HeardInput(answer="Entendido."))

    def review(self, number: str) -> None:
        self.hear(number)
        with self.work("revisa") as work:
            given = review.ReviewInput(notes="Completo y coherente.")
            review.send_to_decision(work, self.application(work, number), given)

    def vote(self, number: str, award: str = "granted", usernames: Iterable[str] = SEATED) -> None:
        """Whoever voted before votes anew."""
        for username in usernames:
            with self.work(username) as work:
                given = vote.VoteInput(award=award, reasons="Según el informe.")
                vote.vote(work, self.application(work, number), given)

    def carry(
        self,
        number: str,
        measure: Callable[[Work, Certificate, suspend.ReasonInput], None],
        reason: str = "Rótulo.",
    ) -> None:
        """Put to the committee, answered by the holder where it is adverse, voted by all, done."""
        self.put(number, measure.__name__, reason)
        self.vote_on_motion(number)
        with self.work("comite") as work:
            measure(work, self.certificate(work, number), suspend.ReasonInput(reason=reason))

    def put(self, number: str, measure: str, reason: str = "Rótulo.") -> None:
        """The holder, if any is left, says at once what it has to say."""
        with self.work("coord") as work:
            given = motion.MotionInput(measure=motion.Measure(measure), reason=reason)
            row = motion.open_motion(work, self.certificate(work, number), given)
            member, adverse = self.member_of(work, number), row.hearing_until is not None
        if adverse:
            with self.work(member) as work:
                motion.answer_motion(
                    work, self.certificate(work, number), hear.HeardInput(answer="Lo vamos a corregir.")
                )

    def vote_on_motion(self, number: str, *, in_favour: bool = True) -> None:
        for username in SEATED:
            with self.work(username) as work:
                given = motion.MotionVoteInput(in_favour=in_favour, reasons="Según lo visto.")
                motion.vote_motion(work, self.certificate(work, number), given)

    def decide(self, number: str, award: str = "granted", username: str = "comite") -> None:
        """Where the votes come to less than a seal, the collective is heard first."""
        self.vote(number, award)
        with self.look("coord") as work:
            unheard = hear.is_voted_adverse(work, self.application(work, number))
            member = self.member_of(work, number)
        if unheard:
            self.hear_from_committee(number, member)
        self.record_decision(number, award, username)

    def hear_from_committee(self, number: str, member: str) -> None:
        with self.work("comite") as work:
            hear.open_hearing(work, self.application(work, number), hear.HearingInput(tells="Se votó menos."))
        with self.work(member) as work:
            hear.answer_hearing(work, self.application(work, number), hear.HeardInput(answer="Entendido."))
        with self.work("revisa") as work:
            given = review.ReviewInput(notes="Se oyó al colectivo.")
            review.send_to_decision(work, self.application(work, number), given)

    def record_decision(self, number: str, award: str = "granted", username: str = "comite") -> None:
        with self.work(username) as work:
            given = decide.DecisionInput(
                award=award,
                resolution_number="26/00001",
                resolution_date=work.today,
                authority="Comité de Decisión de la Marca",
                reasons="Según el informe.",
            )
            decide.decide(work, self.application(work, number), given)

    def accept_rules(self, number: str) -> None:
        """Whoever represents the collective says yes, if nobody has yet."""
        with self.look("audita") as work:
            application = self.application(work, number)
            waits = accept_rules.is_waiting_for_rules(work, application)
            member = memberships_of(work.session, application.organisation_id)[0][1].username
        if waits:
            with self.work(member) as work:
                given = accept_rules.AcceptanceInput(name="Persona de Prueba", accepted=True)
                accept_rules.accept_rules(work, self.application(work, number), given)

    def authorise(self, number: str, username: str = "firma") -> None:
        self.accept_rules(number)
        with self.work(username) as work:
            given = authorise.AuthorisationInput(absence=None if username == "firma" else "Licencia.")
            authorise.authorise_issue(work, self.application(work, number), given)

    def issue(self, number: str) -> None:
        """The signatory's word, and then what the worker does."""
        self.authorise(number)
        self.take_steps(number)

    def take_steps(self, number: str) -> None:
        """Every step of issuing in its own transaction, as the worker does it."""
        signer = open_signer(self.installation)
        steps: tuple[Callable[[Work, Application], object], ...] = (
            certify.reserve_number,
            certify.prepare_claims,
            certify.lay_out,
            lambda work, application: certify.sign(work, application, signer),
            certify.publish,
        )
        for step in steps:
            with self.installation.work(SYSTEM) as work:
                step(work, self.application(work, number))

    def score_both(self, number: str, level: int = 3, **special: int) -> None:
        for name in ("eval.1", "eval.2"):
            self.score(number, name, level, **special)

    def reach(self, state: str, username: str = "coop", *, level: int = 3, **special: int) -> str:
        """A file that has just reached `state` on the straight way; both evaluators give the same levels."""
        if self.reached is None or special or not self._is_untouched():
            return self.drive(state, username, level=level, **special)
        kept = self.reached / f"{state}-{username}-{level}"
        if kept.exists():
            self.installation.database.close()
            shutil.rmtree(self.installation.settings.data)
            shutil.copytree(kept / "data", self.installation.settings.data)
            return (kept / "number").read_text()
        number = self.drive(state, username, level=level)
        self.installation.database.close()
        shutil.copytree(self.installation.settings.data, kept / "data")
        (kept / "number").write_text(number)
        return number

    def _is_untouched(self) -> bool:
        with self.installation.look(SYSTEM) as work:
            events = work.session.exec(select(func.count()).select_from(Event)).one()
        return self.installation.clock.now() == START and events == len(PEOPLE) + len(MANDATES)

    def drive(self, state: str, username: str, *, level: int, **special: int) -> str:
        return self.through(self.submit(username), state, level=level, **special)

    def through(self, number: str, state: str, *, level: int = 3, **special: int) -> str:
        """What was submitted goes on to `state`."""
        steps: dict[str, Callable[[], object]] = {
            "submitted": lambda: None,
            "admitted": lambda: self.admit(number),
            "in_evaluation": lambda: self.begin(number),
            "in_review": lambda: self.score_both(number, level, **special),
            "in_decision": lambda: self.review(number),
            "granted": lambda: self.decide(number),
            "issued": lambda: self.issue(number),
        }
        for reached, step in steps.items():
            step()
            if reached == state:
                break
        return number

    def in_decision(self, level: int = 3, **special: int) -> str:
        return self.reach("in_decision", "coop", level=level, **special)

    def issued(self) -> str:
        """Level 3 everywhere gives 75 points: granted."""
        return self.reach("issued")

    def certificate(self, work: Work, number: str) -> Certificate:
        found = certificate_of(work.session, self.application(work, number).key)
        assert found is not None
        return found

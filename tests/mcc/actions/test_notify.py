"""Notices: everybody who has to know, nobody else, never from before a commit, never twice."""

from datetime import time, timedelta

import pytest
from sqlmodel import Session, select

from mcc.actions import admit, apply, assign, evidence, folder, missing, notify, suspend, unseat, visit, vote
from mcc.actions.accounts import close_account, find_account, join_organisation
from mcc.actions.editions import current_rubric
from mcc.actions.folder import DocumentInput
from mcc.actions.uploads import purify
from mcc.actions.work import SYSTEM
from mcc.db.queries.notify import notices_of
from mcc.db.tables import Membership, Notice
from mcc.phrases import LANGUAGES, catalogue, knows
from tests.mcc.pictures import picture
from tests.office import START, Office


def told(office: Office, username: str) -> list[str]:
    """Codes of what a person was told, in order."""
    with office.look("admin") as work:
        found = notices_of(work.session, find_account(work, username).key)
    return [notice.code for notice in reversed(found)]


def test_each_step_tells_those_who_act_next(office: Office) -> None:
    office.issued()
    assert told(office, "coop") == ["admitted", "team_named", "evaluation_begins", "granted", "issued"]
    assert told(office, "coord") == ["to_take_up", "team_accepted"]
    assert told(office, "revisa") == ["to_review"]
    assert told(office, "comite") == ["to_decide"]
    assert told(office, "eval.1") == ["seated"] * 4
    assert told(office, "audita") == told(office, "admin") == told(office, "otra") == []


def test_nobody_is_told_of_what_they_did_themselves(office: Office) -> None:
    office.submit()
    assert told(office, "coop") == []


def test_whoever_belongs_to_the_collective_is_not_told_as_the_office(office: Office) -> None:
    key = office.register()
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "coord", key)
    office.submit("coop", key)
    assert told(office, "coord") == ["received"]


def test_what_is_rolled_back_tells_nobody(office: Office) -> None:
    number = office.submit()

    class Interrupted(RuntimeError):
        pass

    with pytest.raises(Interrupted), office.work("coop") as work:
        apply.withdraw_application(work, office.application(work, number), reason="Nos mudamos")
        raise Interrupted
    with pytest.raises(Interrupted), office.work("coord") as work:
        given = admit.TakeUpInput(expediente="2026-81-1010-00001")
        admit.take_up(work, office.application(work, number), given)
        admit.admit(work, office.application(work, number), eligible=True)
        raise Interrupted
    assert told(office, "coop") == []


def test_one_event_tells_one_person_once(office: Office) -> None:
    office.submit()
    with office.installation.look(SYSTEM) as work:
        rows = work.session.exec(select(Notice)).all()
    assert len({(row.account_id, row.reason) for row in rows}) == len(rows)


def test_a_paper_that_expires_is_announced_once(office: Office) -> None:
    key = office.register()
    with office.work("coop") as work:
        organisation = folder.find_folder(work, key)
        given = DocumentInput(
            document="authorities", filename="a.jpg", expires_on=work.today.replace(month=9, day=1)
        )
        folder.add_document(work, organisation, given, purify(picture()))
    for _ in range(3):
        with office.installation.work(SYSTEM) as work:
            notify.remind(work)
    assert told(office, "coop") == ["paper_expires"]


def test_a_suspension_reaches_the_collective(office: Office) -> None:
    number = office.issued()
    office.carry(number, suspend.suspend)
    assert told(office, "coop")[-1] == "suspended"


def test_notices_are_read_by_their_reader(office: Office) -> None:
    office.submit()
    with office.work("coord") as work:
        assert notify.count_own(work) == 1
        notify.mark_read(work)
        assert notify.count_own(work) == 0
    with office.look("coop") as work:
        assert notify.count_own(work) == 0


def test_every_notice_has_words_in_every_language() -> None:
    codes = {code for told in notify.TOLD.values() for _, code in told} | {
        "paper_expires",
        "password_reset",
        "suspension_ends",
        "renewal_due",
    }
    for code in codes:
        assert knows(f"notice.{code}.subject")
        assert knows(f"notice.{code}.text")
    for language in LANGUAGES:
        named = {name.split(".")[1] for name in catalogue(language) if name.startswith("notice.")}
        assert named == codes


def test_evidence_is_no_reason_to_write(office: Office) -> None:
    key = office.draft()
    with office.work("coop") as work:
        given = evidence.EvidenceInput(kind="x", title="Otra cosa", filename="a.txt")
        evidence.add_evidence(work, office.open_draft(work, key), given, purify(b"texto"))
    assert told(office, "coord") == []


def test_more_than_a_hundred_are_marked_as_read_at_once(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        key = find_account(work, "coord").key
        for number in range(120):
            work.add(Notice(account_id=key, code="received", reason=f"r{number}", created_at=work.now))
    with office.work("coord") as work:
        assert notify.count_own(work) == 120
        notify.mark_read(work)
        assert notify.count_own(work) == 0


def test_whoever_stepped_aside_is_told_nothing_more_and_the_office_is_told(office: Office) -> None:
    number = office.reach("in_review")
    with office.work("revisa") as work:
        vote.step_aside(work, office.application(work, number), vote.StepAsideInput(reason="Parentesco."))
    assert told(office, "coord") == ["to_take_up", "team_accepted", "stepped_aside"]
    with office.look("coord") as work:
        readers = notify.list_readers(work, notify.Audience.REVIEWERS, office.application(work, number))
        assert find_account(work, "revisa").key not in readers


@pytest.mark.parametrize("leaves", ["conflict", "collective", "relieved", "earlier"])
def test_whoever_left_the_evaluation_is_not_told_how_it_goes_on(office: Office, leaves: str) -> None:
    number = office.reach("in_evaluation")
    with office.work("coord") as work:
        on = work.today + timedelta(days=10)
        plan = visit.PlanInput(on=on, at=time(10), place="Pando", visitors=["eval.1", "eval.2"])
        visit.plan_visit(work, office.application(work, number), plan)
    if leaves == "conflict":
        with office.work("eval.1") as work:
            unseat.declare_conflict(work, office.seats(work, number)[0], reason="Parentesco.")
    elif leaves == "collective":
        with office.installation.work(SYSTEM) as work:
            join_organisation(work, "eval.1", office.application(work, number).organisation_id)
    elif leaves == "earlier":
        # Joined in an earlier version, and still seated until the next sweep.
        with office.look("coord") as work:
            person, organisation = (
                find_account(work, "eval.1").key,
                office.application(work, number).organisation_id,
            )
        with Session(office.installation.database.writing) as session:
            session.add(Membership(account_id=person, organisation_id=organisation, since=START))
            session.commit()
    else:
        for dimension in current_rubric().dimensions:
            with office.work("coord") as work:
                relief = assign.ReliefInput(
                    dimension=dimension.id, seat=assign.Seat.FIRST, reason="Licencia."
                )
                assign.relieve_evaluator(work, office.application(work, number), relief)
    before = told(office, "eval.1")
    with office.work("coop") as work:
        answer = visit.AnswerInput(answer=visit.VisitAnswer.AGREED)
        visit.answer_plan(work, office.application(work, number), answer)
    assert told(office, "eval.1") == before
    assert told(office, "eval.2")[-1] == "visit_answered"


def test_an_answer_reaches_whoever_asked_unless_they_left(office: Office) -> None:
    number = office.reach("in_evaluation")
    with office.work("eval.1") as work:
        seat = next(row for row in office.seats(work, number) if row.dimension == "participation")
        asked = missing.await_evidence(work, seat, missing.AskInput(indicator="PAR1", words="El estatuto."))
        key = asked.key
    with office.work("coord") as work:
        relief = assign.ReliefInput(dimension="participation", seat=assign.Seat.FIRST, reason="Licencia.")
        assign.relieve_evaluator(work, office.application(work, number), relief)
    before = told(office, "eval.1")
    with office.work("coop") as work:
        answer = missing.AnsweredInput(answer="Ya está.")
        missing.answer_evidence_request(work, office.application(work, number), key, answer)
    assert told(office, "eval.1") == before


def test_a_closed_account_is_not_among_those_who_act_for_a_collective(office: Office) -> None:
    number = office.submit()
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "otra", office.application(work, number).organisation_id)
        close_account(work, "otra")
    office.admit(number)
    assert told(office, "otra") == []

"""The plan lives: its steps go on, visits follow them up, the next application starts from it, and the office sees what is asked for."""

from datetime import timedelta
from typing import Any

import pytest

from mcc.actions import folder, improve, renew
from mcc.actions.accounts import join_organisation
from mcc.actions.apply import ScopeInput, revise_application, submit
from mcc.actions.check import check_installation
from mcc.actions.folder import DocumentInput
from mcc.actions.improve import FollowUpInput, Progress, StepInput
from mcc.actions.support import SupportInput, add_offer
from mcc.actions.uploads import purify
from mcc.actions.work import SYSTEM
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.folder import documents_of
from mcc.db.queries.improve import follow_ups_of
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.mcc.pictures import picture
from tests.office import Office


@pytest.fixture
def number(office: Office) -> str:
    """On the way, with a plan."""
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    return number


def steps(office: Office, number: str, username: str = "coop") -> dict[str, improve.Step]:
    with office.look(username) as work:
        return {row.indicator: row for row in improve.list_steps(work, office.application(work, number))}


def change(office: Office, number: str, indicator: str, username: str = "coop", **given: Any) -> None:
    with office.work(username) as work:
        parsed = StepInput.model_validate({"progress": "under_way", **given})
        improve.change_step(work, office.application(work, number), indicator, parsed)


def add_paper(office: Office) -> int:
    with office.work("coop") as work:
        own = folder.find_folder(work, 1)
        folder.add_document(work, own, DocumentInput(document="statute", filename="a.jpg"), purify(picture()))
    with office.look("coop") as work:
        return documents_of(work.session, 1)[0].key


def test_a_plan_begins_with_the_decision_and_nobody_has_done_anything_yet(
    office: Office, number: str
) -> None:
    found = steps(office, number)
    assert len(found) >= 8
    assert {row.progress for row in found.values()} == {Progress.OPEN}
    assert all(row.target > 2 for row in found.values())


def test_before_the_decision_there_is_no_plan(office: Office) -> None:
    number = office.in_decision(2)
    assert steps(office, number) == {}
    with pytest.raises(NotFound):
        change(office, number, "PAR1")


def test_who_by_when_and_how_far_is_kept_with_its_trace(office: Office, number: str) -> None:
    indicator = next(iter(steps(office, number)))
    paper = add_paper(office)
    change(office, number, indicator, responsible="La comisión fiscal", note="Empezamos el libro.")
    change(
        office,
        number,
        indicator,
        "coord",
        progress="done",
        contact="coord",
        proof=paper,
        note="Está el libro.",
    )
    step = steps(office, number)[indicator]
    assert step.row is not None
    assert (step.progress, step.row.note, step.row.proof_id) == (Progress.DONE, "Está el libro.", paper)
    with office.look("audita") as work:
        assert list(check_installation(work)) == []


def test_a_step_has_its_own_date_once_somebody_gave_it_one(office: Office, number: str) -> None:
    indicator = next(iter(steps(office, number)))
    with office.look("coop") as work:
        wanted = work.today + timedelta(days=50)
    change(office, number, indicator, due_on=wanted)
    assert steps(office, number)[indicator].due == wanted


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"progress": "dropped"}, ("note", "missing")),
        ({"progress": "open"}, ("progress", "step_was_begun")),
        ({"contact": "eval.1"}, ("contact", "contact_evaluated")),
        ({"contact": "nadie"}, ("contact", "contact_evaluated")),
        ({"proof": 99}, ("proof", "document_not_in_folder")),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, number: str, given: dict[str, Any], problem: tuple[str, str]
) -> None:
    indicator = next(iter(steps(office, number)))
    with pytest.raises(InputInvalid) as refused:
        change(office, number, indicator, **given)
    assert [(row.where, row.code) for row in refused.value.problems] == [problem]
    assert steps(office, number)[indicator].row is None


@pytest.mark.parametrize("username", ["otra", "eval.1", "revisa", "comite", "audita"])
def test_the_collective_and_the_office_keep_it_and_nobody_else(
    office: Office, number: str, username: str
) -> None:
    with pytest.raises(NotAllowed):
        change(office, number, "PAR1", username)


def test_visits_follow_it_up(office: Office, number: str) -> None:
    with office.work("coord") as work:
        given = FollowUpInput(
            on=work.today, summary="El libro está al día.", next_on=work.today + timedelta(days=60)
        )
        improve.record_follow_up(work, office.application(work, number), given)
    with office.look("coop") as work:
        (row,) = follow_ups_of(work.session, office.application(work, number).key)
        assert (row.summary, row.next_on) == ("El libro está al día.", row.on + timedelta(days=60))


def test_a_visit_is_neither_in_the_future_nor_followed_by_an_earlier_one(office: Office, number: str) -> None:
    for days, until in ((1, None), (0, -1)):
        with pytest.raises(InputInvalid), office.work("coord") as work:
            following = None if until is None else work.today + timedelta(days=until)
            given = FollowUpInput(on=work.today + timedelta(days=days), summary="x", next_on=following)
            improve.record_follow_up(work, office.application(work, number), given)


def test_without_a_plan_there_is_nothing_to_follow_up(office: Office) -> None:
    number = office.in_decision(2)
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        given = FollowUpInput(on=work.today, summary="x")
        improve.record_follow_up(work, office.application(work, number), given)
    assert refused.value.code == "no_plan"


def test_the_next_application_starts_from_it_with_the_papers_that_show_it(
    office: Office, number: str
) -> None:
    indicator = next(iter(steps(office, number)))
    paper = add_paper(office)
    change(office, number, indicator, progress="done", proof=paper, note="Está el libro.")
    with office.work("coop") as work:
        again = renew.begin_another(work, office.application(work, number))
        found = {row.indicator: row.progress for row in improve.list_earlier(work, again)}
        assert found[indicator] == Progress.DONE
        assert [item.folder_document_id for item in evidence_of(work.session, again.key)] == [paper]


def demand(office: Office, username: str = "coord") -> list[improve.Demand]:
    with office.look(username) as work:
        return improve.count_demand(work)


def test_the_office_sees_what_all_plans_ask_for_until_a_step_is_done(office: Office, number: str) -> None:
    before = demand(office)
    assert {row.municipality for row in before} == {"Pando"}
    wanted = [(code, step) for code, step in steps(office, number).items() if step.support]
    assert sum(row.steps for row in before) == sum(len(step.support) for _, step in wanted)
    indicator, step = wanted[0]
    change(office, number, indicator, progress="done", note="Está.")
    after = demand(office)
    assert sum(row.steps for row in before) - sum(row.steps for row in after) == len(step.support)


def test_a_line_with_nothing_on_offer_is_named(office: Office, number: str) -> None:
    assert number
    asked = demand(office)
    with office.look("coord") as work:
        unserved = improve.list_unserved(work, asked)
    assert set(unserved) == {row.line for row in asked}
    with office.work("coord") as work:
        add_offer(work, SupportInput(line=unserved[0], title="Curso", place="Pando", contact="Oficina"))
        assert improve.list_unserved(work, asked) == unserved[1:]


def test_nobody_counts_the_plan_of_their_own_collective(office: Office, number: str) -> None:
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "coord", office.application(work, number).organisation_id)
    assert demand(office) == []
    assert demand(office, "audita") != []


def test_trades_are_counted_by_the_category_of_the_file(office: Office) -> None:
    key = office.draft()
    with office.work("coop") as work:
        application = office.open_draft(work, key)
        scope = application.model_dump(include=set(ScopeInput.model_fields))
        revise_application(work, application, ScopeInput.model_validate(scope | {"category": "dairy"}))
    with office.work("coop") as work:
        submit(work, office.open_draft(work, key), declaration=True)
        number = office.open_draft(work, key).number or ""
    office.through(number, "in_decision", level=2)
    office.decide(number, "on_the_way")
    assert {row.category for row in demand(office)} == {"dairy"}

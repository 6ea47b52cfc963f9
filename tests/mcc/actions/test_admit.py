"""Admissibility: asked at most twice, archived only after its term and two reminders, pinned when admitted."""

import pytest

from mcc.actions import admit, apply
from mcc.actions.editions import current_rubric
from mcc.db.queries.evaluate import dimensions_of
from mcc.errors import NotAllowed, Refused
from tests.office import Office


def test_admission_pins_edition_and_workflow_and_opens_every_dimension(office: Office) -> None:
    number = office.submit()
    office.admit(number)
    with office.look("coord") as work:
        application = office.application(work, number)
        rubric = current_rubric()
        assert (application.edition, application.edition_hash) == (rubric.id, rubric.meaning_hash)
        assert application.workflow_hash is not None
        opened = [row.dimension for row in dimensions_of(work.session, application.key)]
        assert opened == [dimension.id for dimension in rubric.dimensions]


def test_an_applicant_cannot_admit_their_own_file(office: Office) -> None:
    number = office.submit()
    with pytest.raises(NotAllowed), office.work("coop") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="1"))


def test_a_file_that_is_not_eligible_cannot_be_admitted(office: Office) -> None:
    number = office.submit()
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente="1"))
        admit.admit(work, application, eligible=False)
    assert refused.value.facts["guard"] == "eligible"
    with office.look("coord") as work:
        assert office.application(work, number).state == "submitted"


def test_information_is_asked_for_at_most_twice(office: Office) -> None:
    number = office.submit()
    _take_up(office, number)
    for _ in range(2):
        _ask(office, number)
        with office.work("coop") as work:
            apply.answer_request(work, office.application(work, number), apply.AnswersInput(answers=["Va."]))
    with pytest.raises(Refused) as refused:
        _ask(office, number)
    assert refused.value.facts["guard"] == "rounds_left"


def test_an_unanswered_request_is_archived_only_after_the_term_and_two_reminders(office: Office) -> None:
    number = office.submit()
    _take_up(office, number)
    _ask(office, number)
    _refused_archive(office, number, "answer_term_over")
    office.pass_days(40)
    _refused_archive(office, number, "noticed_twice")
    for _ in range(2):
        with office.work("coord") as work:
            admit.remind_applicant(work, office.application(work, number))
    with office.work("coord") as work:
        admit.archive(work, office.application(work, number))
        assert office.application(work, number).state == "archived"


def test_an_archived_file_reopens_within_six_months_only(office: Office) -> None:
    number = office.submit()
    _take_up(office, number)
    _ask(office, number)
    office.pass_days(40)
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.remind_applicant(work, application)
        admit.remind_applicant(work, application)
        admit.archive(work, application)
    office.pass_days(admit.REOPENING_DAYS)
    with office.work("coord") as work:
        admit.reopen(work, office.application(work, number))
        assert office.application(work, number).state == "in_admissibility"


def test_refusing_admission_keeps_reason_and_explanation(office: Office) -> None:
    number = office.submit()
    _take_up(office, number)
    with office.work("coord") as work:
        given = admit.RefusalInput(
            reason=admit.RefusalReason.OUTSIDE_DEPARTMENT, explanation="Se produce en otro lado."
        )
        admit.refuse_admission(work, office.application(work, number), given)
        application = office.application(work, number)
        assert (application.state, application.outcome_reason) == ("inadmissible", "outside_department")


def test_reminding_without_an_open_request_is_refused(office: Office) -> None:
    number = office.submit()
    with pytest.raises(Refused), office.work("coord") as work:
        admit.remind_applicant(work, office.application(work, number))


def _take_up(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="2026-1"))


def _ask(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.request_information(
            work, office.application(work, number), admit.RequestInput(items=["El acta"])
        )


def _refused_archive(office: Office, number: str, guard: str) -> None:
    with pytest.raises(Refused) as refused, office.work("coord") as work:
        admit.archive(work, office.application(work, number))
    assert refused.value.facts["guard"] == guard

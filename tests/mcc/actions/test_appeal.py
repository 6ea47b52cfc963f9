"""Internal appeals: in time, studied by people who had no part, and corrected where everybody sees what stood before."""

from typing import Any

import pytest

from mcc.actions import admit, appeal, cases
from mcc.actions.accounts import AccountInput, change_roles, create_account
from mcc.actions.check import check_installation
from mcc.actions.follow import list_visible
from mcc.actions.notify import list_own
from mcc.actions.permissions import can
from mcc.actions.settle import final_answers
from mcc.actions.verify import status_by_code
from mcc.actions.vote import count_votes
from mcc.actions.work import SYSTEM, Role
from mcc.db.queries.appeal import findings_of
from mcc.db.queries.certify import certificates_of
from mcc.db.queries.decide import decisions_of
from mcc.db.queries.evaluate import final_levels
from mcc.db.tables import Case
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.office import PASSWORD, START, Office

PANEL = "apela"


def name_panel(office: Office) -> None:
    with office.installation.work(SYSTEM) as work:
        given = AccountInput(username=PANEL, name="Apela", password=PASSWORD, roles=[Role.APPEAL_PANEL])
        create_account(work, given)


def denied(office: Office) -> str:
    """On the way: 50 points."""
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    name_panel(office)
    return number


def notify(office: Office, number: str) -> None:
    with office.work("coord") as work:
        given = appeal.NotificationInput(
            means=appeal.Means.IN_PERSON, told="Persona de Prueba", told_on=work.today
        )
        appeal.record_notification(work, office.application(work, number), given)


def file(office: Office, number: str, username: str = "coop") -> str:
    with office.work(username) as work:
        given = appeal.AppealInput(words="El acta muestra más de lo que se vio.")
        return appeal.file_appeal(work, office.application(work, number), given).receipt


def filed_of(office: Office) -> list[str]:
    with office.look("coord") as work:
        return [case.receipt for case in cases.list_open(work) if case.state == "filed"]


def move(office: Office, receipt: str, action: str, username: str = PANEL, words: str | None = None) -> None:
    with office.work(username) as work:
        cases.move_case(work, cases.open_case(work, receipt), action, cases.CaseMoveInput(words=words))


def study(office: Office, receipt: str) -> None:
    move(office, receipt, "acknowledge", "coord")
    move(office, receipt, "accept_case")
    move(office, receipt, "investigate")


def resolve(
    office: Office, receipt: str, outcome: str = "upheld", *, username: str = PANEL, **levels: int
) -> None:
    with office.work(username) as work:
        corrected = {
            code: appeal.CorrectedInput(level=level, reason="El acta lo muestra.")
            for code, level in levels.items()
        }
        given = appeal.OutcomeInput(outcome=appeal.Outcome(outcome), words="Lo vimos.", corrected=corrected)
        appeal.resolve_appeal(work, cases.open_case(work, receipt), given)


def find_faults(office: Office) -> list[object]:
    with office.look("audita") as work:
        return list(check_installation(work))


ENOUGH: Any = dict.fromkeys(
    ["PAR1", "PAR2", "PAR3", "PAR4", "PAR5", "PAR6", "DEC1", "DEC2", "DEC3", "DEC4", "DEC5"], 4
)
"""From 2 everywhere to the mark."""


def test_an_appeal_that_is_upheld_changes_score_decision_certificate_and_register(office: Office) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    resolve(office, receipt, **ENOUGH)
    with office.look("revisa") as work:
        application = office.application(work, number)
        assert (application.state, application.round) == ("in_review", 2)
        assert final_answers(work, application).scores["PAR1"] == 4
        assert final_levels(work.session, application.key, 1)["PAR1"].level == 2
        assert final_levels(work.session, application.key, 2)["PAR1"].origin == "appeal"
        (found,) = [row for row in findings_of(work.session, application.key) if row.indicator == "PAR1"]
        assert (found.level_before, found.level) == (2, 4)
    office.review(number)
    office.decide(number)
    office.issue(number)
    with office.look("coord") as work:
        application = office.application(work, number)
        assert [row.award for row in decisions_of(work.session, application.key)] == ["on_the_way", "granted"]
        assert status_by_code(work, office.certificate(work, number).public_code).good
    assert find_faults(office) == []


def test_an_appeal_of_a_holder_leads_to_another_certificate_and_the_old_one_stays_readable(
    office: Office,
) -> None:
    number = office.issued()
    name_panel(office)
    receipt = file(office, number)
    study(office, receipt)
    resolve(office, receipt, "partly", **ENOUGH)
    office.review(number)
    with office.look("coord") as work:
        assert office.certificate(work, number).state == "valid"
    office.decide(number)
    office.accept_rules(number)
    with pytest.raises(Refused) as refused:
        office.take_steps(number)
    assert refused.value.code == "not_authorised"
    office.issue(number)
    with office.look("coord") as work:
        rows = certificates_of(work.session, [office.application(work, number).key])
        assert [row.state for row in rows] == ["superseded", "valid"]
        old = status_by_code(work, rows[0].public_code)
        assert (old.state, old.newer_code) == ("superseded", rows[1].public_code)
    assert find_faults(office) == []


def test_an_appeal_against_not_being_admitted_leads_back_to_the_papers(office: Office) -> None:
    number = office.submit()
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente="1"))
        given = admit.RefusalInput(reason=admit.RefusalReason.INCOMPLETE, explanation="Falta.")
        admit.refuse_admission(work, application, given)
    name_panel(office)
    receipt = file(office, number)
    study(office, receipt)
    with pytest.raises(InputInvalid):
        resolve(office, receipt, PAR1=4)
    resolve(office, receipt)
    with office.look("coord") as work:
        application = office.application(work, number)
        assert (application.state, application.outcome_reason) == ("in_admissibility", None)


def test_what_is_dismissed_changes_nothing_but_says_why(office: Office) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    resolve(office, receipt, "dismissed")
    with office.look("coop") as work:
        application = office.application(work, number)
        assert (application.state, application.round) == ("on_the_way", 1)
        assert cases.tell_outcome(work, cases.find_case(work, receipt)) == "Lo vimos."
        assert list_own(work)[0].code == "appeal_resolved"


@pytest.mark.parametrize("username", ["eval.1", "revisa", "comite", "coord"])
def test_the_panel_excludes_everyone_who_took_part(office: Office, username: str) -> None:
    number = denied(office)
    receipt = file(office, number)
    move(office, receipt, "acknowledge", "coord")
    move(office, receipt, "accept_case")
    with office.installation.work(SYSTEM) as work:
        change_roles(work, username, [Role.APPEAL_PANEL])
    with office.look(username) as work:
        case = cases.find_case(work, receipt)
        permission = can(work, "investigate", case)
        assert (permission.role, permission.refusal) == (None, "took_part")
        assert list_visible(work) == []
    with pytest.raises((NotAllowed, NotFound)):
        move(office, receipt, "investigate", username)


def test_the_office_does_not_judge_what_it_had_its_part_in(office: Office) -> None:
    number = denied(office)
    receipt = file(office, number)
    move(office, receipt, "acknowledge", "coord")
    with pytest.raises(NotAllowed):
        move(office, receipt, "accept_case", "coord")


def test_the_panel_reads_files_that_are_appealed_and_no_others(office: Office) -> None:
    number = denied(office)
    with office.look(PANEL) as work:
        assert list_visible(work) == []
        assert can(work, "view_scores", office.application(work, number)).refusal == "nothing_appealed"
    file(office, number)
    with office.look(PANEL) as work:
        assert [row.number for row, _ in list_visible(work)] == [number]
        assert can(work, "view_scores", office.application(work, number))
        assert list_own(work)[0].code == "appeal_filed"


@pytest.mark.parametrize(("days", "in_time"), [(10, True), (11, False)])
def test_ten_days_run_from_the_notification(office: Office, days: int, in_time: bool) -> None:
    number = denied(office)
    notify(office, number)
    office.pass_days(days)
    if in_time:
        receipt = file(office, number)
        assert filed_of(office) == [receipt]
        return
    with pytest.raises(Refused) as refused:
        file(office, number)
    assert (refused.value.code, refused.value.facts["until"]) == ("appeal_too_late", "2026-08-13")


def test_as_long_as_nobody_was_told_the_term_does_not_run(office: Office) -> None:
    number = denied(office)
    office.pass_days(100)
    receipt = file(office, number)
    assert filed_of(office) == [receipt]


def test_what_was_told_later_is_judged_by_the_day_of_the_appeal(office: Office) -> None:
    """Filed before the notification was recorded: in time, whatever is recorded afterwards."""
    number = denied(office)
    receipt = file(office, number)
    office.pass_days(20)
    notify(office, number)
    move(office, receipt, "acknowledge", "coord")
    move(office, receipt, "accept_case")
    with office.look("coord") as work:
        assert cases.open_case(work, receipt).state == "admissible"


def test_a_notification_is_not_of_tomorrow_nor_of_before_the_decision(office: Office) -> None:
    number = denied(office)
    for days in (1, -1):
        with pytest.raises(InputInvalid), office.work("coord") as work:
            on = START.date().replace(day=START.day + days)
            given = appeal.NotificationInput(means=appeal.Means.POST, told="Ana", told_on=on)
            appeal.record_notification(work, office.application(work, number), given)


def test_of_a_certificate_nobody_was_told_before_it_was_decided(office: Office) -> None:
    number = office.issued()
    office.pass_days(5)
    before = appeal.NotificationInput(
        means=appeal.Means.POST, told="Ana", told_on=START.date().replace(day=START.day - 1)
    )
    with pytest.raises(InputInvalid) as invalid, office.work("coord") as work:
        appeal.record_notification(work, office.application(work, number), before)
    assert [(row.where, row.code) for row in invalid.value.problems] == [("told_on", "date_too_early")]


def test_one_appeal_at_a_time(office: Office) -> None:
    number = denied(office)
    file(office, number)
    with pytest.raises(Refused) as refused:
        file(office, number)
    assert refused.value.code == "appeal_is_open"


def test_nothing_is_appealed_before_anything_was_decided(office: Office) -> None:
    number = office.reach("in_review")
    with pytest.raises(Refused) as refused:
        file(office, number)
    assert refused.value.code == "nothing_to_appeal"


@pytest.mark.parametrize("username", ["otra", "coord", "revisa", "comite"])
def test_only_the_collective_appeals(office: Office, username: str) -> None:
    number = denied(office)
    with pytest.raises(NotAllowed):
        file(office, number, username)


@pytest.mark.parametrize(("levels", "code"), [({}, "missing"), ({"XYZ1": 3}, "unknown_indicator")])
def test_a_correction_names_what_was_evaluated(office: Office, levels: dict[str, int], code: str) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    with pytest.raises(InputInvalid) as refused, office.work(PANEL) as work:
        corrected = {name: appeal.CorrectedInput(level=level, reason="x") for name, level in levels.items()}
        given = appeal.OutcomeInput(outcome=appeal.Outcome.UPHELD, words="x", corrected=corrected)
        appeal.resolve_appeal(work, cases.open_case(work, receipt), given)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize("level", [1, 2, 5])
def test_an_appeal_never_lowers_a_level_nor_leaves_the_scale(office: Office, level: int) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    with pytest.raises(InputInvalid) as refused:
        resolve(office, receipt, PAR1=level)
    assert refused.value.problems[0].code == "level_out_of_range"
    with office.look("coord") as work:
        assert work.session.get_one(Case, 1).state == "under_investigation"


def test_an_appeal_is_not_resolved_as_other_cases_are(office: Office) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    with pytest.raises(Refused) as refused:
        move(office, receipt, "resolve", words="Sin mirar.")
    assert refused.value.code == "case_has_its_own_page"


def test_what_was_filed_too_late_is_not_admitted(office: Office) -> None:
    """The notification was made in time and recorded only after the appeal."""
    number = denied(office)
    office.pass_days(20)
    receipt = file(office, number)
    with office.work("coord") as work:
        given = appeal.NotificationInput(means=appeal.Means.POST, told="Ana", told_on=START.date())
        appeal.record_notification(work, office.application(work, number), given)
    move(office, receipt, "acknowledge", "coord")
    with pytest.raises(Refused) as refused:
        move(office, receipt, "accept_case")
    assert refused.value.facts["guard"] == "filed_in_time"
    move(office, receipt, "reject", words="Fuera de plazo.")


def test_the_votes_of_the_first_decision_do_not_count_for_the_second(office: Office) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    resolve(office, receipt, **ENOUGH)
    office.review(number)
    with office.look("audita") as work:
        assert count_votes(work, office.application(work, number)).ballots == ()
    with pytest.raises(Refused):
        office.record_decision(number)

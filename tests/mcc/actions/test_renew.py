"""Renewal, extension and another attempt: from what was there, in time, and never back to life."""

from datetime import timedelta

import pytest

from mcc.actions import admit, apply, folder, renew, suspend
from mcc.actions.notify import list_own
from mcc.actions.settle import final_answers
from mcc.actions.uploads import purify
from mcc.actions.verify import status_by_code
from mcc.db.queries.apply import evidence_of
from mcc.db.queries.renew import continuation_of
from mcc.errors import InputInvalid, NotAllowed, Refused
from mcc.jobs.sweep import do_what_is_due
from tests.office import Office

WANTED = ["PAR1", "DEC2", "CAL2", "TER2"]


@pytest.fixture
def number(office: Office) -> str:
    """Of an application whose certificate has 110 days left."""
    number = office.issued()
    pass_until(office, number, -110)
    return number


def pass_until(office: Office, number: str, days: int) -> None:
    """To so many days before (or after) the last day of the certificate, at one stride."""
    with office.look("coord") as work:
        target = office.certificate(work, number).valid_until + timedelta(days=days)
        ahead = (target - work.today).days
    office.pass_days(ahead)


def begin(office: Office, number: str, username: str = "coop") -> int:
    with office.work(username) as work:
        return renew.begin_renewal(work, office.certificate(work, number)).key


def hand_in(office: Office, key: int, *, scope: bool = False) -> str:
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        if scope:
            given = apply.ScopeInput(
                **{**draft.model_dump(include=set(apply.ScopeInput.model_fields)), "products": ["Miel"]}
            )
            apply.revise_application(work, draft, given)
    office.add_paper(key)
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        apply.submit(work, draft, declaration=True)
        assert draft.number is not None
        return draft.number


def state(office: Office, number: str) -> str:
    with office.look("coord") as work:
        return office.certificate(work, number).state


def shorten(office: Office, number: str, indicators: list[str] = WANTED, username: str = "coord") -> None:
    with office.work(username) as work:
        given = renew.ShorteningInput(indicators=indicators, reason="No cambió nada.")
        renew.shorten_evaluation(work, office.application(work, number), given)


def take_up(office: Office, number: str) -> None:
    with office.work("coord") as work:
        admit.take_up(work, office.application(work, number), admit.TakeUpInput(expediente="1"))


def test_a_renewal_starts_from_what_was_certified(office: Office, number: str) -> None:
    key = begin(office, number)
    with office.look("coop") as work:
        before, after = office.application(work, number), office.open_draft(work, key)
        fields = set(apply.ScopeInput.model_fields)
        assert after.model_dump(include=fields) == before.model_dump(include=fields)
        assert after.state == "draft"
        continuation = continuation_of(work.session, key)
        assert continuation is not None
        assert continuation.follows_id == before.key


def test_papers_of_the_folder_come_along_unless_they_expired(office: Office) -> None:
    key = office.draft()
    with office.work("coop") as work:
        organisation = folder.find_folder(work, 1)
        for title, days in (("Estatuto", 2000), ("Autoridades", 5)):
            until = work.today + timedelta(days=days)
            code = {"Estatuto": "statute", "Autoridades": "authorities"}[title]
            given = folder.DocumentInput(document=code, filename="a.txt", expires_on=until)
            paper = folder.add_document(work, organisation, given, purify(title.encode()))
            folder.use_in_application(work, office.open_draft(work, key), paper)
    with office.work("coop") as work:
        apply.submit(work, office.open_draft(work, key), declaration=True)
        apply.withdraw_application(work, office.open_draft(work, key), reason="Más adelante.")
    office.pass_days(40)
    with office.work("coop") as work:
        again = renew.begin_another(work, office.open_draft(work, key))
        assert [item.document for item in evidence_of(work.session, again.key)] == ["statute"]


@pytest.mark.parametrize(("days", "code"), [(-121, "renewal_not_open"), (1, "not_renewable")])
def test_renewal_opens_and_closes_with_its_days(office: Office, days: int, code: str) -> None:
    number = office.issued()
    pass_until(office, number, days)
    with pytest.raises(Refused) as refused:
        begin(office, number)
    assert refused.value.code == code


@pytest.mark.parametrize("days", [-120, 0])
def test_renewal_may_be_asked_for_on_its_first_and_on_its_last_day(office: Office, days: int) -> None:
    number = office.issued()
    pass_until(office, number, days)
    renewal = begin(office, number)
    with office.look("coop") as work:
        assert office.open_draft(work, renewal).state == "draft"


def test_renewal_cannot_revive_a_withdrawn_certificate(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number))
    office.carry(number, suspend.withdraw)
    with pytest.raises(Refused) as refused:
        begin(office, number)
    assert refused.value.code == "not_renewable"
    office.through(renewal, "in_decision")
    with pytest.raises(Refused) as refused:
        office.decide(renewal)
    assert refused.value.facts["guard"] == "not_barred"
    assert state(office, number) == "withdrawn"


def test_whose_mark_was_withdrawn_applies_again_after_twelve_months_and_not_before(office: Office) -> None:
    number = office.issued()
    office.carry(number, suspend.withdraw)
    key = office.draft("coop", 1)
    office.pass_days(364)
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        apply.submit(work, office.open_draft(work, key), declaration=True)
    assert refused.value.facts["guard"] == "not_barred"
    office.pass_days(2)
    with office.work("coop") as work:
        apply.submit(work, office.open_draft(work, key), declaration=True)


def test_one_renewal_at_a_time(office: Office, number: str) -> None:
    begin(office, number)
    with pytest.raises(Refused) as refused:
        begin(office, number)
    assert refused.value.code == "already_continued"


@pytest.mark.parametrize("username", ["otra", "eval.1", "comite", "revisa"])
def test_nobody_renews_for_others(office: Office, number: str, username: str) -> None:
    with pytest.raises(NotAllowed):
        begin(office, number, username)


def test_what_was_asked_for_in_time_goes_on_while_it_is_decided_and_ends_by_itself(
    office: Office, number: str
) -> None:
    hand_in(office, begin(office, number))
    pass_until(office, number, 0)
    do_what_is_due(office.installation)
    assert state(office, number) == "extended"
    pass_until(office, number, 90)
    do_what_is_due(office.installation)
    with office.look("coord") as work:
        found = status_by_code(work, office.certificate(work, number).public_code)
        assert (found.state, found.good, str(found.valid_until)) == ("extended", True, "2028-10-31")
    pass_until(office, number, 91)
    with office.look("coord") as work:
        assert status_by_code(work, office.certificate(work, number).public_code).state == "expired"
    do_what_is_due(office.installation)
    assert state(office, number) == "expired"


@pytest.mark.parametrize(("days", "expected"), [(-60, "extended"), (-59, "expired")])
def test_only_what_was_asked_for_sixty_days_ahead_goes_on(office: Office, days: int, expected: str) -> None:
    number = office.issued()
    pass_until(office, number, days)
    hand_in(office, begin(office, number))
    pass_until(office, number, 1)
    do_what_is_due(office.installation)
    assert state(office, number) == expected


def test_an_extension_ends_when_the_renewal_is_given_up(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number))
    pass_until(office, number, 10)
    do_what_is_due(office.installation)
    with office.work("coop") as work:
        apply.withdraw_application(work, office.application(work, renewal), reason="No seguimos.")
    do_what_is_due(office.installation)
    assert state(office, number) == "expired"


def test_the_renewed_certificate_is_replaced_even_where_its_products_changed(
    office: Office, number: str
) -> None:
    renewal = hand_in(office, begin(office, number), scope=True)
    office.through(renewal, "issued")
    assert (state(office, number), state(office, renewal)) == ("superseded", "valid")
    with office.look("coord") as work:
        newer = office.certificate(work, renewal)
        assert office.certificate(work, number).newer_code == newer.public_code


def test_a_short_evaluation_keeps_the_levels_of_what_it_does_not_look_at(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number))
    take_up(office, renewal)
    shorten(office, renewal)
    with office.work("coord") as work:
        admit.admit(work, office.application(work, renewal), eligible=True)
    office.begin(renewal)
    with office.look("eval.1") as work:
        answers = final_answers(work, office.application(work, renewal)).scores
        chosen = {*WANTED, "PAR2", "DEC1", "DEC3", "DEC5", "CAL1", "TER1"}
        assert len(answers) == 24 - len(chosen)
        assert not chosen & answers.keys()
    office.score_both(renewal, 4)
    with office.look("revisa") as work:
        application = office.application(work, renewal)
        levels = final_answers(work, application).scores
        assert application.state == "in_review"
        assert {levels[code] for code in chosen} == {4}
        assert {level for code, level in levels.items() if code not in chosen} == {3}


def test_where_the_scope_changed_everything_is_evaluated(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number), scope=True)
    take_up(office, renewal)
    with pytest.raises(Refused) as refused:
        shorten(office, renewal)
    assert refused.value.code == "scope_changed"


def test_a_first_application_is_evaluated_whole(office: Office) -> None:
    number = office.submit()
    take_up(office, number)
    with pytest.raises(Refused) as refused:
        shorten(office, number)
    assert refused.value.code == "nothing_before"


def test_an_indicator_of_nowhere_is_refused(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number))
    take_up(office, renewal)
    with pytest.raises(InputInvalid):
        shorten(office, renewal, ["XYZ9"])


def test_only_the_office_shortens_and_only_before_admission(office: Office, number: str) -> None:
    renewal = hand_in(office, begin(office, number))
    with pytest.raises(Refused):
        shorten(office, renewal)
    take_up(office, renewal)
    for username in ("coop", "revisa"):
        with pytest.raises(NotAllowed):
            shorten(office, renewal, username=username)


@pytest.mark.parametrize(("days", "code"), [(300, None), (380, "too_long_ago")])
def test_the_levels_of_an_attempt_without_a_mark_are_kept_for_a_year(
    office: Office, days: int, code: str | None
) -> None:
    number = office.in_decision(2)
    office.decide(number, "on_the_way")
    with office.work("coop") as work:
        key = renew.begin_another(work, office.application(work, number)).key
    office.pass_days(days)
    again = hand_in(office, key)
    take_up(office, again)
    with office.look("coord") as work:
        assert renew.find_obstacle(work, office.application(work, again)) == code


def test_another_attempt_follows_an_end(office: Office) -> None:
    number = office.submit()
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        renew.begin_another(work, office.application(work, number))
    assert refused.value.code == "not_ended"


def test_the_collective_is_reminded_at_120_60_30_and_7_days_once_each_until_it_asks(office: Office) -> None:
    number = office.issued()
    told = []
    for days in (-121, -120, -119, -60, -30, -7):
        pass_until(office, number, days)
        do_what_is_due(office.installation)
        do_what_is_due(office.installation)
        with office.look("coop") as work:
            told.append(sum(row.code == "renewal_due" for row in list_own(work)))
    assert told == [0, 1, 1, 2, 3, 4]


def test_whoever_has_asked_is_not_reminded(office: Office, number: str) -> None:
    hand_in(office, begin(office, number))
    pass_until(office, number, -30)
    do_what_is_due(office.installation)
    with office.look("coop") as work:
        assert all(row.code != "renewal_due" for row in list_own(work))


def test_a_machine_that_was_off_tells_only_what_is_left(office: Office) -> None:
    number = office.issued()
    pass_until(office, number, -20)
    do_what_is_due(office.installation)
    with office.look("coop") as work:
        assert sum(row.code == "renewal_due" for row in list_own(work)) == 1

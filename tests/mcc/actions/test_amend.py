"""Changes while a certificate is valid: small ones for the office, others for the committee, and never a way around it."""

from typing import Any

import pytest

from mcc.actions import amend, certify, motion, renew, surveil, suspend
from mcc.actions.amend import AnswerInput, ChangeInput
from mcc.actions.authorise import AuthorisationInput, authorise_issue
from mcc.actions.check import check_installation
from mcc.actions.notify import list_own
from mcc.actions.verify import status_by_code
from mcc.actions.work import SYSTEM
from mcc.db.queries.amend import amendments_of
from mcc.db.queries.certify import certificates_of
from mcc.db.tables import Certificate
from mcc.errors import InputInvalid, NotAllowed, Refused
from tests.office import Office

ANSWER = AnswerInput(answer="Se vio en una visita.")
NOW = ["Queso colonia", "Dulce de leche"]
"""What the certificate of the office says."""


@pytest.fixture
def number(office: Office) -> str:
    return office.issued()


def report(office: Office, number: str, kind: str, username: str = "coop", **wanted: Any) -> None:
    with office.work(username) as work:
        given = ChangeInput.model_validate(
            {"kind": kind, "happened_on": work.today, "words": "Desde este mes.", **wanted}
        )
        amend.report_change(work, office.application(work, number), given)


def accept(office: Office, number: str, username: str = "coord") -> None:
    with office.work(username) as work:
        amend.accept_change(work, office.application(work, number), ANSWER)


def certificates(office: Office, number: str) -> list[Certificate]:
    with office.look("audita") as work:
        return list(certificates_of(work.session, [office.application(work, number).key]))


def sign_anew(office: Office, number: str) -> None:
    """As the signatory and the worker do it; the rules were accepted before."""
    with office.work("firma") as work:
        authorise_issue(work, office.application(work, number), AuthorisationInput())
    office.take_steps(number)


def vote(office: Office, number: str, *, in_favour: bool = True) -> None:
    with office.work("coord") as work:
        given = motion.MotionInput(measure=motion.Measure.ACCEPT_CHANGE, reason="Cambió el lugar.")
        motion.open_motion(work, office.certificate(work, number), given)
    office.vote_on_motion(number, in_favour=in_favour)


def test_a_new_product_of_the_same_kind_is_for_the_office_in_five_working_days(
    office: Office, number: str
) -> None:
    report(office, number, "product", products=[*NOW, "Ricota"])
    with office.look("coord") as work:
        (row,) = amendments_of(work.session, office.application(work, number).key)
        assert (str(row.due_on), row.before["products"]) == ("2026-08-10", NOW)
        assert list_own(work)[0].code == "change_reported"
    office.pass_days(3)
    accept(office, number)
    sign_anew(office, number)
    old, new = certificates(office, number)
    assert (old.state, old.newer_code, new.state) == ("superseded", new.public_code, "valid")
    assert (new.valid_until, new.issued_on > old.issued_on) == (old.valid_until, True)
    with office.installation.look() as work:
        assert status_by_code(work, new.public_code).products == (*NOW, "Ricota")
        assert status_by_code(work, old.public_code).products == tuple(NOW)
    with office.look("audita") as work:
        assert list(check_installation(work)) == []


def test_the_certificate_stays_valid_until_the_new_one_is_signed(office: Office, number: str) -> None:
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    with office.installation.look() as work:
        (row,) = certificates(office, number)
        assert status_by_code(work, row.public_code).good
    with pytest.raises(Refused) as unsigned, office.installation.work(SYSTEM) as work:
        certify.reserve_number(work, office.application(work, number))
    assert unsigned.value.code == "not_authorised"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("extension", {"products": [*NOW, "Mermelada"]}),
        ("reduction", {"products": NOW[:1]}),
        ("process", {"process": "Con leche de otros tambos."}),
        ("site", {"site_address": "Ruta 8 km 40", "site_municipality": "Pando"}),
    ],
)
def test_what_changes_what_was_evaluated_is_voted_by_the_committee(
    office: Office, number: str, kind: str, wanted: dict[str, Any]
) -> None:
    report(office, number, kind, **wanted)
    for username in ("coord", "comite"):
        with pytest.raises(Refused) as refused:
            accept(office, number, username)
        assert refused.value.facts["guard"] == "measure_voted"
    vote(office, number)
    accept(office, number, "comite")
    sign_anew(office, number)
    assert [row.state for row in certificates(office, number)] == ["superseded", "valid"]


def test_what_the_committee_votes_against_stays_as_it_is(office: Office, number: str) -> None:
    report(office, number, "reduction", products=NOW[:1])
    with pytest.raises(Refused) as early, office.work("coord") as work:
        amend.refuse_change(work, office.application(work, number), ANSWER)
    assert early.value.code == "motion_not_rejected"
    vote(office, number, in_favour=False)
    with office.work("comite") as work:
        amend.refuse_change(work, office.application(work, number), ANSWER)
    with office.look("coop") as work:
        assert office.application(work, number).products == NOW
        assert list_own(work)[0].code == "change_refused"
    assert [row.state for row in certificates(office, number)] == ["valid"]
    report(office, number, "product", products=[*NOW, "Ricota"])


def test_a_name_that_was_written_wrong_is_put_right_with_a_trace(office: Office, number: str) -> None:
    report(office, number, "correction", "coord", name="Cooperativa de la Prueba (ficticia)")
    accept(office, number)
    sign_anew(office, number)
    old, new = certificates(office, number)
    with office.installation.look() as work:
        assert status_by_code(work, new.public_code).holder == "Cooperativa de la Prueba (ficticia)"
        assert status_by_code(work, old.public_code).holder == "Cooperativa de Prueba (ficticia)"


def test_new_authorities_need_no_new_certificate(office: Office, number: str) -> None:
    report(office, number, "authorities")
    accept(office, number)
    with office.look("coord") as work:
        assert office.application(work, number).state == "issued"
    assert [row.state for row in certificates(office, number)] == ["valid"]


def test_no_change_brings_back_a_mark_that_was_suspended_meanwhile(office: Office, number: str) -> None:
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    with office.work("coord") as work:
        suspend.suspend(work, office.certificate(work, number), suspend.ReasonInput(reason="Rótulo."))
    with pytest.raises(Refused) as refused, office.work("firma") as work:
        authorise_issue(work, office.application(work, number), AuthorisationInput())
    assert refused.value.code == "amended_not_in_use"


def test_nor_one_that_was_suspended_after_the_signatory_had_signed(office: Office, number: str) -> None:
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    with office.work("firma") as work:
        authorise_issue(work, office.application(work, number), AuthorisationInput())
    with office.work("coord") as work:
        suspend.suspend(work, office.certificate(work, number), suspend.ReasonInput(reason="Rótulo."))
    with pytest.raises(Refused) as refused:
        office.take_steps(number)
    assert refused.value.code == "amended_not_in_use"
    assert [row.state for row in certificates(office, number)] == ["suspended"]


def test_a_certificate_that_ended_before_the_new_one_was_signed_is_changed_no_more(
    office: Office, number: str
) -> None:
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    with office.installation.work(SYSTEM) as work:
        assert amend.stop_amending(work) == 0
    office.carry(number, suspend.withdraw)
    with office.installation.work(SYSTEM) as work:
        assert (amend.stop_amending(work), amend.stop_amending(work)) == (1, 0)
    with office.look("audita") as work:
        assert office.application(work, number).state == "issued"
        assert list(check_installation(work)) == []


def test_new_authorities_before_it_do_not_keep_a_change_from_being_stopped(
    office: Office, number: str
) -> None:
    report(office, number, "authorities")
    accept(office, number)
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    office.carry(number, suspend.withdraw)
    with office.installation.work(SYSTEM) as work:
        assert amend.stop_amending(work) == 1
    with office.look("audita") as work:
        assert office.application(work, number).state == "issued"


@pytest.mark.parametrize(
    ("kind", "wanted", "problem"),
    [
        ("product", {}, ("products", "missing")),
        ("product", {"products": NOW[:1]}, ("products", "products_do_not_fit")),
        ("reduction", {"products": [*NOW, "Ricota"]}, ("products", "products_do_not_fit")),
        ("site", {"site_address": "Ruta 8"}, ("site_municipality", "missing")),
        ("name", {"name": "Cooperativa de Prueba (ficticia)"}, ("words", "nothing_changes")),
        ("correction", {}, ("words", "nothing_changes")),
    ],
)
def test_a_change_that_is_none_of_its_kind_is_refused(
    office: Office, number: str, kind: str, wanted: dict[str, Any], problem: tuple[str, str]
) -> None:
    with pytest.raises(InputInvalid) as refused:
        report(office, number, kind, **wanted)
    assert [(row.where, row.code) for row in refused.value.problems] == [problem]


def test_one_change_at_a_time(office: Office, number: str) -> None:
    report(office, number, "authorities")
    with pytest.raises(Refused) as refused:
        report(office, number, "authorities")
    assert refused.value.code == "change_is_open"


def test_there_is_nothing_to_change_where_no_certificate_is_in_use(office: Office, number: str) -> None:
    office.carry(number, suspend.withdraw)
    with pytest.raises(Refused) as refused:
        report(office, number, "authorities")
    assert refused.value.code == "nothing_to_change"


@pytest.mark.parametrize("username", ["otra", "eval.1", "revisa", "audita"])
def test_only_the_holder_and_the_office_report(office: Office, number: str, username: str) -> None:
    with pytest.raises(NotAllowed):
        report(office, number, "authorities", username)


def test_what_was_reported_after_ten_working_days_says_so(office: Office, number: str) -> None:
    with office.look("coord") as work:
        happened = work.today
    for days, late in ((14, False), (1, True)):
        office.pass_days(days)
        report(office, number, "authorities", happened_on=happened)
        with office.work("coord") as work:
            row = amendments_of(work.session, office.application(work, number).key)[-1]
            assert amend.is_late(row) is late
            amend.accept_change(work, office.application(work, number), ANSWER)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("product", {"products": [*NOW, "Ricota"], "process": "Con leche de otros tambos."}),
        ("name", {"name": "Cooperativa Otra (ficticia)", "products": [*NOW, "Mermelada"]}),
        ("authorities", {"site_address": "Ruta 8"}),
    ],
)
def test_no_small_change_carries_a_large_one_along(
    office: Office, number: str, kind: str, wanted: dict[str, Any]
) -> None:
    with pytest.raises(InputInvalid) as refused:
        report(office, number, kind, **wanted)
    assert {row.code for row in refused.value.problems} == {"not_of_this_change"}


def test_to_correct_more_than_a_name_is_for_the_committee(office: Office, number: str) -> None:
    report(office, number, "correction", products=["Queso Colonia", "Dulce de leche"])
    with pytest.raises(Refused) as refused:
        accept(office, number)
    assert refused.value.facts["guard"] == "measure_voted"
    vote(office, number)
    accept(office, number, "comite")


def test_what_is_looked_at_again_is_changed_once_it_was_found_to_hold(office: Office, number: str) -> None:
    office.pass_days(366)
    with office.installation.work(SYSTEM) as work:
        assert surveil.open_due(work) == 1
    with pytest.raises(Refused) as refused:
        report(office, number, "product", products=[*NOW, "Ricota"])
    assert refused.value.code == "nothing_to_change"


def test_a_changed_certificate_starts_no_new_year_of_surveillance(office: Office, number: str) -> None:
    office.pass_days(300)
    report(office, number, "product", products=[*NOW, "Ricota"])
    accept(office, number)
    sign_anew(office, number)
    office.pass_days(64)
    with office.installation.work(SYSTEM) as work:
        assert surveil.open_due(work) == 0
    office.pass_days(2)
    with office.installation.work(SYSTEM) as work:
        assert (surveil.open_due(work), surveil.open_due(work)) == (1, 0)


def test_a_renewal_and_a_change_do_not_run_at_the_same_time(office: Office, number: str) -> None:
    with office.look("coord") as work:
        left = (office.certificate(work, number).valid_until - work.today).days
    office.pass_days(left - 100)
    report(office, number, "authorities")
    with pytest.raises(Refused) as first, office.work("coop") as work:
        renew.begin_renewal(work, office.certificate(work, number))
    assert first.value.code == "change_is_open"
    accept(office, number)
    with office.work("coop") as work:
        renew.begin_renewal(work, office.certificate(work, number))
    with pytest.raises(Refused) as second:
        report(office, number, "authorities")
    assert second.value.code == "renewal_is_running"

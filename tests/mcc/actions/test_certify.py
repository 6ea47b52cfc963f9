"""Issuing and the life after it: each step once, numbers that are never given twice, every state with its refusals."""

from datetime import timedelta
from pathlib import Path

import pytest

from certificates import certificate_number, open_development_authority
from mcc.actions import apply, certify, suspend
from mcc.actions.check import check_installation
from mcc.actions.verify import published_file, status_by_code, status_by_number, verify_file
from mcc.actions.work import SYSTEM
from mcc.clock import add_months
from mcc.db.queries.certify import issuance_of, ledger_entry
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused, TooLarge, Unavailable
from mcc.jobs.worker import open_signer
from tests.office import START, Office


def test_an_issued_certificate_is_public_valid_and_the_very_file_in_the_register(office: Office) -> None:
    number = office.issued()
    with office.look("coop") as work:
        certificate = office.certificate(work, number)
        entry = ledger_entry(work.session, certificate.number)
    assert entry is not None
    assert (entry.fate, certificate.state, certificate.number[:9]) == ("issued", "valid", "MCC-2026-")
    with office.installation.look() as work:
        status = status_by_code(work, certificate.public_code)
        assert (status.state, status.good, status.holder) == (
            "valid",
            True,
            "Cooperativa de Prueba (ficticia)",
        )
        assert status_by_number(work, certificate.number.lower()) == status
        name, pdf = published_file(work, certificate.public_code)
        answer = verify_file(work, pdf, office.installation.settings.trust_file)
        assert (name, answer.verdict.verdict, answer.status) == (certificate.number, "valid", status)


def test_each_step_of_issuing_may_be_repeated_without_effect(office: Office) -> None:
    number = office.issued()
    with office.look("coop") as work:
        before = issuance_of(work.session, office.application(work, number).key)
    office.take_steps(number)
    with office.look("coop") as work:
        assert issuance_of(work.session, office.application(work, number).key) == before


def test_only_a_granted_file_gets_a_number(office: Office) -> None:
    number = office.in_decision()
    with pytest.raises(Refused) as refused, office.installation.work(SYSTEM) as work:
        certify.reserve_number(work, office.application(work, number))
    assert refused.value.code == "not_granted"


def test_only_the_system_issues(office: Office) -> None:
    number = office.in_decision()
    office.decide(number)
    with pytest.raises(NotAllowed), office.work("comite") as work:
        certify.reserve_number(work, office.application(work, number))


def test_a_page_that_was_swapped_before_signing_is_not_signed(office: Office) -> None:
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)
    for step in (certify.reserve_number, certify.prepare_claims, certify.lay_out):
        with office.installation.work(SYSTEM) as work:
            issuance = step(work, office.application(work, number))
    office.installation.files.prepared(issuance.number).write_bytes(b"%PDF-1.7 otra cosa")
    signer = open_signer(office.installation)
    with pytest.raises(Unavailable) as altered, office.installation.work(SYSTEM) as work:
        certify.sign(work, office.application(work, number), signer)
    assert altered.value.code == "prepared_page_altered"


def _until_laid_out(office: Office) -> str:
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)
    for step in (certify.reserve_number, certify.prepare_claims, certify.lay_out):
        with office.installation.work(SYSTEM) as work:
            step(work, office.application(work, number))
    return number


def _sign_and_publish(office: Office, number: str) -> None:
    signer = open_signer(office.installation)
    with office.installation.work(SYSTEM) as work:
        certify.sign(work, office.application(work, number), signer)
    with office.installation.work(SYSTEM) as work:
        certify.publish(work, office.application(work, number))


def test_a_page_that_was_lost_is_laid_out_again(office: Office) -> None:
    number = _until_laid_out(office)
    with office.installation.look(SYSTEM) as work:
        issuance = issuance_of(work.session, office.application(work, number).key)
        assert issuance is not None
    office.installation.files.prepared(issuance.number).unlink()
    _sign_and_publish(office, number)
    with office.installation.look(SYSTEM) as work:
        assert office.certificate(work, number).state == "valid"
        assert check_installation(work) == []


def test_a_certificate_says_the_day_on_which_it_was_signed(office: Office) -> None:
    number = _until_laid_out(office)
    office.pass_days(40)
    _sign_and_publish(office, number)
    with office.installation.look(SYSTEM) as work:
        certificate = office.certificate(work, number)
        assert certificate.issued_on == work.today
        assert certificate.valid_until == add_months(work.today, 24) - timedelta(days=1)
        assert check_installation(work) == []


def test_what_strangers_could_not_verify_is_not_published(office: Office, tmp_path: Path) -> None:
    number = office.in_decision()
    office.decide(number)
    office.authorise(number)
    for step in (certify.reserve_number, certify.prepare_claims, certify.lay_out):
        with office.installation.work(SYSTEM) as work:
            step(work, office.application(work, number))
    stranger = open_development_authority(tmp_path / "keys", at=START, trust=tmp_path / "root.pem")
    with pytest.raises(Unavailable) as refused, office.installation.work(SYSTEM) as work:
        certify.sign(work, office.application(work, number), stranger)
    assert (refused.value.code, refused.value.facts["reason"]) == (
        "signed_not_authentic",
        "signer_not_trusted",
    )
    with office.installation.work(SYSTEM) as work:
        ours = open_signer(office.installation)
        assert certify.sign(work, office.application(work, number), ours).step == "signed"


def test_suspension_shows_at_once_and_can_be_lifted(office: Office) -> None:
    number = office.issued()
    office.carry(number, suspend.suspend, "Habilitación vencida.")
    with office.look("comite") as work:
        code = office.certificate(work, number).public_code
    with office.installation.look() as work:
        status = status_by_code(work, code)
        assert (status.state, status.good, status.state_reason) == (
            "suspended",
            False,
            "Habilitación vencida.",
        )
    office.carry(number, suspend.reinstate, "Se renovó.")
    with office.installation.look() as work:
        assert status_by_code(work, code).good


def test_withdrawal_is_for_good(office: Office) -> None:
    number = office.issued()
    reason = suspend.ReasonInput(reason="Uso indebido.")
    office.carry(number, suspend.withdraw)
    for action in (suspend.suspend, suspend.reinstate, suspend.withdraw):
        with pytest.raises(Refused), office.work("comite") as work:
            action(work, office.certificate(work, number), reason)
    with pytest.raises(Refused), office.work("coop") as work:
        suspend.relinquish(work, office.certificate(work, number), reason)


def test_only_the_holder_relinquishes(office: Office) -> None:
    number = office.issued()
    reason = suspend.ReasonInput(reason="Cerramos.")
    with pytest.raises(NotAllowed), office.work("otra") as work:
        suspend.relinquish(work, office.certificate(work, number), reason)
    with office.work("coop") as work:
        suspend.relinquish(work, office.certificate(work, number), reason)
        assert office.certificate(work, number).state == "relinquished"


def test_past_its_date_a_certificate_is_expired_even_before_the_sweep(office: Office) -> None:
    number = office.issued()
    with office.look("coop") as work:
        certificate = office.certificate(work, number)
    office.pass_days((certificate.valid_until - certificate.issued_on).days)
    with office.installation.look() as work:
        assert status_by_code(work, certificate.public_code).state == "valid"
    office.pass_days(1)
    with office.installation.look() as work:
        assert status_by_code(work, certificate.public_code).state == "expired"
    with office.installation.work(SYSTEM) as work:
        assert suspend.expire_overdue(work) == 1
        assert suspend.expire_overdue(work) == 0
        assert office.certificate(work, number).state == "expired"


def test_a_newer_certificate_for_the_same_products_replaces_the_older_one(office: Office) -> None:
    first = office.issued()
    with office.look("coop") as work:
        organisation_id = office.application(work, first).organisation_id
    second = office.submit("coop", organisation_id)
    office.admit(second)
    office.begin(second)
    for username in ("eval.1", "eval.2"):
        office.score(second, username)
    office.review(second)
    office.decide(second)
    office.issue(second)
    with office.look("coop") as work:
        older, newer = office.certificate(work, first), office.certificate(work, second)
        assert (older.state, older.newer_code, newer.state) == ("superseded", newer.public_code, "valid")


def test_a_certificate_for_another_site_replaces_nothing(office: Office) -> None:
    first = office.issued()
    with office.look("coop") as work:
        organisation_id = office.application(work, first).organisation_id
    key = office.draft("coop", organisation_id)
    with office.work("coop") as work:
        draft = office.open_draft(work, key)
        scope = apply.ScopeInput(**draft.model_dump(include=set(apply.ScopeInput.model_fields)))
        elsewhere = scope.model_copy(update={"site_address": "Ruta 5, km 40"})
        apply.revise_application(work, draft, elsewhere)
        apply.submit(work, draft, declaration=True)
        second = draft.number or ""
    office.admit(second)
    office.begin(second)
    office.score_both(second)
    office.review(second)
    office.decide(second)
    office.issue(second)
    with office.look("coop") as work:
        states = [office.certificate(work, number).state for number in (first, second)]
    assert states == ["valid", "valid"]


def test_a_validity_of_24_months_ends_the_day_before(office: Office) -> None:
    number = office.issued()
    with office.look("coop") as work:
        certificate = office.certificate(work, number)
    assert certificate.valid_until == add_months(certificate.issued_on, 24) - timedelta(days=1)


def test_a_wrong_code_or_number_says_so_without_a_hint(office: Office) -> None:
    office.issued()
    with office.installation.look() as work:
        for wrong in ("a" * 26, "", "../../etc", "A" * 26):
            with pytest.raises(NotFound):
                status_by_code(work, wrong)
        with pytest.raises(InputInvalid):
            status_by_number(work, "MCC-2026-000001-?")
        with pytest.raises(NotFound):
            status_by_number(work, certificate_number(2030, 9))


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_certificate_is_told_so(office: Office, content: bytes) -> None:
    office.issued()
    trust = office.installation.settings.trust_file
    with office.installation.look() as work:
        if not content:
            with pytest.raises(InputInvalid):
                verify_file(work, content, trust)
        else:
            answer = verify_file(work, content, trust)
            assert (answer.verdict.verdict, answer.status) == ("invalid", None)


def test_a_huge_upload_is_refused_before_it_is_read(office: Office) -> None:
    with office.installation.look() as work, pytest.raises(TooLarge):
        verify_file(work, b"%PDF-" + b"0" * 20_000_000, office.installation.settings.trust_file)


def test_a_stored_file_that_changed_is_not_handed_out(office: Office) -> None:
    number = office.issued()
    with office.look("coop") as work:
        certificate = office.certificate(work, number)
    path = office.installation.files.certificate(certificate.number)
    path.write_bytes(path.read_bytes()[:-1])
    with office.installation.look() as work, pytest.raises(Unavailable) as altered:
        published_file(work, certificate.public_code)
    assert altered.value.code == "certificate_altered"

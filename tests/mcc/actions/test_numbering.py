"""Numbers are found as people type them."""

import pytest

from mcc.actions.follow import find_application, status_by_receipt
from mcc.actions.numbering import read_number
from tests.office import Office


def test_a_number_is_found_in_small_letters_with_blanks_and_without_zeros(office: Office) -> None:
    number = office.submit()
    prefix, year, serial, check = number.split("-")
    typed = f" {prefix.lower()} {year} {int(serial)} {check.lower()} "
    with office.look("coord") as work:
        application = find_application(work, typed)
        assert application.number == number
        for receipt in (f"{typed}-{application.receipt_word}", f"{typed} {application.receipt_word}."):
            assert status_by_receipt(work, receipt)[0].number == number


@pytest.mark.parametrize("text", ["", "S-2026-000001-Z", "nada"])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert read_number(f" {text} ") == text

"""Seals: a digest over every column, useless without its salt; what needs one cannot be committed without."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mcc.db.sealing import canonical_json, row_digest
from mcc.db.tables import NumberLedger, Organisation

SALT = bytes(16)


def ledger(**changes: Any) -> NumberLedger:
    content: dict[str, Any] = {
        "id": 1,
        "number": "MCC-2026-000001-G",
        "application_id": 1,
        "fate": "reserved",
        "reason": None,
        "reserved_at": datetime(2026, 8, 3, tzinfo=UTC),
        **changes,
    }
    return NumberLedger(**content)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 2},
        {"number": "MCC-2026-000002-E"},
        {"application_id": 2},
        {"fate": "issued"},
        {"reason": ""},
        {"reserved_at": datetime(2026, 8, 3, 0, 0, 1, tzinfo=UTC)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_in_any_column_changes_the_digest(changes: dict[str, Any]) -> None:
    assert row_digest(ledger(**changes), SALT) != row_digest(ledger(), SALT)


def test_the_same_row_has_the_same_digest_and_another_salt_another() -> None:
    assert row_digest(ledger(), SALT) == row_digest(ledger(), SALT)
    assert row_digest(ledger(), SALT) != row_digest(ledger(), bytes([1] * 16))


def test_a_column_that_a_migration_adds_leaves_old_seals_as_they_were() -> None:
    """As it was sealed before there was a column `reason`: by hand, after the promise of `row_digest`."""
    content = {
        "application_id": 1,
        "fate": "reserved",
        "id": 1,
        "number": "MCC-2026-000001-G",
        "reserved_at": "2026-08-03T00:00:00+00:00",
    }
    assert row_digest(ledger(), SALT) == hashlib.sha256(SALT + canonical_json(content)).hexdigest()


def test_dates_and_letters_beyond_ascii_are_covered() -> None:
    names: dict[str, Any] = {"name": "Ñandú", "founded": date(2015, 3, 2)}
    first = Organisation(id=1, **names)
    assert row_digest(first, SALT) == row_digest(Organisation(id=1, **names), SALT)
    assert row_digest(first, SALT) != row_digest(Organisation(id=1, **{**names, "name": "Nandú"}), SALT)


def test_canonical_bytes_do_not_depend_on_order() -> None:
    assert (
        canonical_json({"b": 1, "a": "ñ"}) == canonical_json({"a": "ñ", "b": 1}) == '{"a":"ñ","b":1}'.encode()
    )

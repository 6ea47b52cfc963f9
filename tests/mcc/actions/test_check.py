"""`mcc check` is silent on an honest installation and finds every kind of tampering."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from mcc.actions.check import check_installation
from mcc.actions.work import SYSTEM
from mcc.db.tables import Material
from mcc.db.tables.base import Living
from tests.office import Office

Tamper = tuple[str, str]

TAMPERINGS: dict[str, Tamper] = {
    "a state set by hand": ("UPDATE application SET state = 'granted'", "row_altered"),
    "a score raised": ("UPDATE score SET level = 4 WHERE id = 1", "row_altered"),
    "a note rewritten": ("UPDATE score SET note = 'otra' WHERE id = 2", "row_altered"),
    "a final level raised": ("UPDATE final_level SET level = 4 WHERE id = 3", "row_altered"),
    "an award changed": ("UPDATE decision SET award = 'distinction'", "award_not_supported"),
    "an assessment changed": (
        "UPDATE decision SET computed_award = 'distinction'",
        "assessment_does_not_follow",
    ),
    "a holder renamed": ("UPDATE organisation SET name = 'Otra'", "row_altered"),
    "a role slipped in": (
        "INSERT INTO role_grant (account_id, role, granted_at) VALUES (11, 'committee', '2026-08-03 00:00:00.000000')",
        "row_without_event",
    ),
    "a membership removed": ("DELETE FROM membership", "row_missing"),
    "a password exchanged": (
        "UPDATE account SET password_hash = 'x' WHERE username = 'admin'",
        "row_altered",
    ),
    "claims changed": ("UPDATE issuance SET claims = json_set(claims, '$.holder', 'Otra')", "claims_altered"),
    "a longer validity": (
        "UPDATE certificate SET valid_until = '2040-01-01'",
        "certificate_disagrees_with_claims",
    ),
    "a certificate revived": ("UPDATE certificate SET state = 'suspended'", "state_without_event"),
    "a number unissued": ("UPDATE number_ledger SET fate = 'voided'", "ledger_disagrees"),
    "a counter turned back": ("UPDATE number_counter SET last = 0", "counter_disagrees"),
    "an event changed": ("UPDATE event SET action = 'deny' WHERE action = 'grant'", "event_altered"),
    "an event moved to somebody else": ("UPDATE event SET actor_id = 2 WHERE seq = 30", "event_altered"),
    "an event removed": ("DELETE FROM event WHERE seq = 30", "event_missing"),
    "the last event removed": (
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "seals_without_event",
    ),
    "words rewritten": ("UPDATE event_words SET words = 'otra cosa'", "words_altered"),
    "words removed": ("DELETE FROM event_words", "words_missing"),
    "a seal replaced": ("UPDATE seal SET digest = hex(randomblob(32)) WHERE id = 40", "seals_altered"),
    "evidence renamed": ("UPDATE evidence_item SET title = 'Otro' WHERE code = 'E1'", "row_altered"),
}


@pytest.fixture
def desk(office: Office) -> Office:
    office.issued()
    assert _codes(office) == []
    return office


def _codes(office: Office) -> list[str]:
    with office.installation.look(SYSTEM) as work:
        return [finding.code for finding in check_installation(work)]


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_tampering_with_the_database_is_found(desk: Office, kind: str) -> None:
    statement, code = TAMPERINGS[kind]
    _execute(desk, statement)
    assert code in _codes(desk)


def test_a_change_in_any_column_of_any_material_table_is_found(desk: Office) -> None:
    """No column is left out: each is changed in turn, and the very row is named."""
    tables = [
        table for table in (*Material.__subclasses__(), *Living.__subclasses__()) if table is not Living
    ]
    missed = []
    for table in tables:
        name = inspect(table).local_table.name
        for column in inspect(table).columns.keys():  # noqa: SIM118 - not a dict
            if column == "id" or not _alter(desk, name, column):
                continue
            with desk.installation.look(SYSTEM) as work:
                found = {(finding.code, finding.where.split(":")[0]) for finding in check_installation(work)}
            if ("row_altered", name) not in found:
                missed.append(f"{name}.{column}")
            _restore(desk)
    assert missed == []


def _alter(office: Office, table: str, column: str) -> bool:
    """Change one column of one row, keeping a copy of the database; False when there is no row."""
    path = Path(office.installation.settings.data) / "mcc.sqlite3"
    (path.with_suffix(".copy")).write_bytes(path.read_bytes())
    engine = create_engine(office.installation.database.url)
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        row = connection.execute(text(f'SELECT id, "{column}" FROM "{table}" LIMIT 1')).first()
        if row is None:
            return False
        connection.execute(
            text(f'UPDATE "{table}" SET "{column}" = :new WHERE id = :id'),
            {"new": _other(row[1], column), "id": row[0]},
        )
    engine.dispose()
    return True


DAYS = {
    "founded",
    "due_on",
    "provisional_until",
    "extended_until",
    "seen_on",
    "on",
    "resolution_date",
    "issued_on",
    "valid_until",
    "until",
}


def _other(value: object, column: str) -> object:  # noqa: PLR0911 - a table of cases
    """Another value that the column's type can still read."""
    if isinstance(value, int):
        return value + 1000 if value not in {0, 1} else 1 - value
    if column in DAYS or (isinstance(value, str) and len(value) == len("2020-01-01") and value[4] == "-"):
        return "2020-01-01"
    if column.endswith(("_at", "since", "_since")):
        return "2020-01-01 00:00:00.000000"
    if isinstance(value, str) and value[:1] in "[{":
        return '["x"]' if value.startswith("[") else '{"x": 1}'
    if value is None and column in {
        "approved",
        "level",
        "agreed_level",
        "size",
        "confirmed_by",
        "decided_by",
        "seen_by",
    }:
        return 1
    if value is None and column == "claims":
        return '{"x": 1}'
    return "x"


def _restore(office: Office) -> None:
    path = Path(office.installation.settings.data) / "mcc.sqlite3"
    office.installation.database.close()
    path.write_bytes(path.with_suffix(".copy").read_bytes())


def _execute(office: Office, statement: str) -> None:
    engine = create_engine(office.installation.database.url)
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        assert connection.execute(text(statement)).rowcount > 0
    engine.dispose()


def _swap_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _first(office: Office, pattern: str) -> Path:
    return next(iter(sorted(office.installation.files.root.glob(pattern))))


FILES: dict[str, tuple[Callable[[Office], object], str]] = {
    "a certificate changed": (
        lambda office: _swap_byte(_first(office, "certificates/*.pdf")),
        "file_altered",
    ),
    "a certificate removed": (lambda office: _first(office, "certificates/*.pdf").unlink(), "file_missing"),
    "a certificate slipped in": (
        lambda office: (_first(office, "certificates/*.pdf").parent / "MCC-2026-000099-X.pdf").write_bytes(
            b"%PDF-"
        ),
        "file_without_row",
    ),
    "evidence changed": (lambda office: _swap_byte(_first(office, "evidence/*/*")), "file_altered"),
    "evidence removed": (lambda office: _first(office, "evidence/*/*").unlink(), "file_missing"),
    "evidence slipped in": (
        lambda office: (_first(office, "evidence/*/*").parent / ("0" * 64)).write_bytes(b"x"),
        "file_without_row",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_tampering_with_the_files_is_found(desk: Office, kind: str) -> None:
    tamper, code = FILES[kind]
    tamper(desk)
    assert code in _codes(desk)


def test_another_root_of_trust_is_found(desk: Office) -> None:
    trust = desk.installation.settings.trust_file
    trust.write_text("")
    assert "certificate_not_valid" in _codes(desk)


def test_a_damaged_database_file_is_found(office: Office) -> None:
    """An index that lost an entry: no row has changed, and yet a question would be answered wrongly."""
    office.issued()
    engine = create_engine(office.installation.database.url)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA writable_schema = ON"))
        wrong = "CREATE INDEX ix_event_application_id ON event (seq)"
        connection.execute(
            text("UPDATE sqlite_master SET sql = :wrong WHERE name = 'ix_event_application_id'"),
            {"wrong": wrong},
        )
        connection.execute(text("PRAGMA schema_version = 999"))
        connection.commit()
    engine.dispose()
    with office.look("audita") as work:
        assert "database_damaged" in {finding.code for finding in check_installation(work)}

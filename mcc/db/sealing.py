"""Seals: a salted digest of every material row, so that the journal covers content without repeating it.

A row that changes without an event that seals it cannot be committed; a row that is changed from outside no
longer fits its last seal. Salts make it possible to erase personal text later: without its salt, a digest
says nothing about what it covered (docs/decisions/0005).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import event, inspect
from sqlmodel import Session

from mcc.db.tables.base import Material

PENDING = "unsealed"


class UnsealedChange(RuntimeError):
    """A material row was changed outside an event, or deleted: a defect of the program, never of its user."""


def watch_rows(session: Session) -> None:
    """From now on the session remembers which material rows still need a seal."""
    session.info[PENDING] = {}
    event.listen(session, "before_flush", _remember)


def _remember(session: Session, _context: Any, _instances: Any) -> None:
    for row in session.deleted:
        if isinstance(row, Material):
            raise UnsealedChange(f"a row of {row.__tablename__} cannot be deleted")
    for row in (*session.new, *(row for row in session.dirty if session.is_modified(row))):
        if isinstance(row, Material):
            session.info[PENDING][id(row)] = row


def take_unsealed(session: Session) -> list[Material]:
    """The rows that were changed since the last event, in a stable order; they count as sealed from here on."""
    session.flush()
    rows: Iterable[Material] = session.info[PENDING].values()
    taken = sorted(rows, key=lambda row: (table_of(row), row.id or 0))
    session.info[PENDING] = {}
    return taken


def refuse_unsealed(session: Session) -> None:
    if rows := session.info[PENDING]:
        tables = sorted({table_of(row) for row in rows.values()})
        raise UnsealedChange(f"rows changed without an event: {', '.join(tables)}")


def table_of(row: Material) -> str:
    return str(inspect(type(row)).local_table.name)


def row_digest(row: Material, salt: bytes) -> str:
    """SHA-256, in hexadecimal, over the salt and every column of the row that holds something.

    An empty column is left out: so a migration may add one, and the rows that were there keep their seals.
    """
    columns = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns}
    content = {name: _plain(value) for name, value in columns.items() if value is not None}
    return hashlib.sha256(salt + canonical_json(content)).hexdigest()


def canonical_json(content: Any) -> bytes:
    """The same bytes for the same content: keys sorted, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date | Decimal):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value

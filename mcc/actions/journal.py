"""The journal: the only writer of a state; a state and its event are one transaction.

Each event is chained to the one before it by SHA-256 and covers the digests of the words written with it and
of every material row that changed (`mcc.db.sealing`). `mcc check` derives all of it anew.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from mcc.actions import notify
from mcc.actions.editions import workflow_of
from mcc.actions.permissions import name_subject
from mcc.actions.work import Role, Work
from mcc.db.queries.journal import last_event
from mcc.db.sealing import canonical_json, row_digest, table_of, take_unsealed
from mcc.db.tables import (
    Application,
    Assignment,
    Case,
    Certificate,
    DimensionEvaluation,
    Event,
    EventWords,
    Seal,
)
from mcc.errors import Refused
from workflows import MoveRefused, load_workflow, next_state

GENESIS = "0" * 64
SALT_BYTES = 16

Alive = Application | Assignment | Case | Certificate | DimensionEvaluation


def advance(
    work: Work,
    row: Alive,
    action: str,
    *,
    role: Role,
    guards: Mapping[str, bool] | None = None,
    words: str | None = None,
    **facts: Any,
) -> Event:
    """Move a row along its workflow and write the event.

    Raises Refused with the code of what stands against it; then neither state nor journal has changed.
    """
    before = row.state
    try:
        after = next_state(workflow_of(row), state=before, action=action, role=role.value, facts=guards or {})
    except MoveRefused as refusal:
        facts = {"action": action, "state": before, **refusal.facts}
        raise Refused(refusal.code, where=row.life, **facts) from refusal
    row.state = after
    row.state_since = work.now
    work.session.add(row)
    application_id = row.id if isinstance(row, Application) else row.application_id
    return _append(
        work,
        subject=name_subject(row),
        application_id=application_id,
        action=action,
        role=role,
        states=(before, after),
        words=words,
        facts=facts,
    )


def begin(work: Work, row: Alive, *, role: Role, action: str, **facts: Any) -> Event:
    """Store a new row in the initial state of its workflow, with the event of its beginning."""
    row.state = load_workflow(row.life).initial
    row.state_since = work.now
    work.add(row)
    application_id = row.id if isinstance(row, Application) else row.application_id
    return _append(
        work,
        subject=name_subject(row),
        application_id=application_id,
        action=action,
        role=role,
        states=(None, row.state),
        facts=facts,
    )


def record(
    work: Work,
    subject: str,
    action: str,
    *,
    role: Role,
    application: Application | None = None,
    words: str | None = None,
    **facts: Any,
) -> Event:
    """Write the event of something that changes no state; seals whatever rows were changed for it."""
    return _append(
        work,
        subject=subject,
        application_id=None if application is None else application.id,
        action=action,
        role=role,
        words=words,
        facts=facts,
    )


def _append(
    work: Work,
    *,
    subject: str,
    application_id: int | None,
    action: str,
    role: Role,
    facts: Mapping[str, Any],
    states: tuple[str | None, str | None] = (None, None),
    words: str | None = None,
) -> Event:
    rows = take_unsealed(work.session)
    previous = last_event(work.session)
    seq = 1 if previous is None else previous.seq + 1
    seals = [_seal(work, seq, row) for row in rows]
    spoken = None if words is None else EventWords(event_seq=seq, salt=work.chance(SALT_BYTES), words=words)
    event = Event(
        seq=seq,
        at=work.now if previous is None else max(work.now, previous.at),
        actor_id=work.actor.account_id,
        role=role.value,
        subject=subject,
        application_id=application_id,
        action=action,
        from_state=states[0],
        to_state=states[1],
        facts=dict(facts),
        words_digest=None if spoken is None else words_digest(spoken),
        seals_digest=seals_digest(seals),
        previous_hash=GENESIS if previous is None else previous.hash,
        hash="",
    )
    event.hash = event_hash(event)
    work.add(event)
    work.add(*seals, *([] if spoken is None else [spoken]))
    notify.tell(work, event)
    return event


def _seal(work: Work, seq: int, row: Any) -> Seal:
    salt = work.chance(SALT_BYTES)
    return Seal(
        event_seq=seq, table_name=table_of(row), row_id=row.key, salt=salt, digest=row_digest(row, salt)
    )


def words_digest(words: EventWords) -> str:
    return hashlib.sha256(words.salt + words.words.encode()).hexdigest()


def seals_digest(seals: list[Seal]) -> str:
    """SHA-256 over the seals of one event: which rows, and the digest of each."""
    listed = sorted([seal.table_name, seal.row_id, seal.digest] for seal in seals)
    return hashlib.sha256(canonical_json(listed)).hexdigest()


def event_hash(event: Event) -> str:
    """SHA-256 over every field of the event but the hash itself; the previous hash is one of them."""
    content = event.model_dump(exclude={"hash", "at"})
    return hashlib.sha256(canonical_json({**content, "at": event.at.isoformat()})).hexdigest()

"""The journal: a state and its event are one; nothing changes without an event; the chain links."""

import pytest
from sqlmodel import Session, select

from mcc.actions.journal import GENESIS, event_hash, record
from mcc.actions.work import SYSTEM, Role
from mcc.db.sealing import UnsealedChange
from mcc.db.session import unit_of_work
from mcc.db.tables import Account, Event, Organisation
from tests.office import Office


def test_events_are_numbered_without_gap_and_linked_by_hash(office: Office) -> None:
    office.submit()
    with office.look("audita") as work:
        events = work.session.exec(select(Event)).all()
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events] == [GENESIS, *(event.hash for event in events[:-1])]
    assert all(event.hash == event_hash(event) for event in events)


def test_a_material_row_changed_without_an_event_cannot_be_committed(office: Office) -> None:
    with pytest.raises(UnsealedChange), unit_of_work(office.installation.database) as session:
        _rename(session)
    with office.look("audita") as work:
        assert work.session.exec(select(Account).where(Account.name == "Otro")).first() is None


def test_a_material_row_cannot_be_deleted(office: Office) -> None:
    office.register()
    with pytest.raises(UnsealedChange), office.installation.work(SYSTEM) as work:
        work.session.delete(work.session.exec(select(Organisation)).one())
        work.session.flush()


def test_a_failing_action_leaves_neither_state_nor_event(office: Office) -> None:
    with office.look("audita") as work:
        before = len(work.session.exec(select(Event)).all())
    with pytest.raises(ZeroDivisionError), office.installation.work(SYSTEM) as work:
        record(work, "account:1", "prueba", role=Role.SYSTEM)
        raise ZeroDivisionError
    with office.look("audita") as work:
        assert len(work.session.exec(select(Event)).all()) == before


def _rename(session: Session) -> None:
    account = session.exec(select(Account)).first()
    assert account is not None
    account.name = "Otro"
    session.add(account)

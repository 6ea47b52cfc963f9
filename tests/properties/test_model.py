"""The small model of the rules is itself tried: it is content with what is right, and names what is wrong."""

from mcc.db.queries.check import all_events, rows_of
from mcc.db.tables import Decision, Event
from tests.office import Office
from tests.properties.model import MOVES, judge
from workflows import load_workflow


def test_a_whole_life_is_to_its_liking(office: Office) -> None:
    office.issued()
    office.decide(office.in_decision(2), "on_the_way")
    with office.look("audita") as work:
        decisions = [row for row in rows_of(work.session, Decision) if isinstance(row, Decision)]
        assert list(judge(all_events(work.session), decisions)) == []


def test_the_model_and_the_editions_agree_on_every_move_but_one() -> None:
    """`stop_amending` leads back without a certificate: the walks have it, and it goes by the same edge."""
    for life, moves in MOVES.items():
        edition = {
            (start, move.to): set(move.roles)
            for move in load_workflow(life).moves
            for start in move.from_states
        }
        ours = {edge: set(roles.split()) for edge, roles in moves.items() if edge[0] is not None}
        missing = {edge: roles for edge, roles in edition.items() if not roles <= ours.get(edge, set())}
        assert missing == {}, life
        assert ours.keys() == edition.keys(), life


def test_it_names_a_move_by_the_wrong_person_and_a_certificate_nobody_signed_for(office: Office) -> None:
    office.issued()
    with office.look("audita") as work:
        events = [Event(**event.model_dump()) for event in all_events(work.session)]
    wrong = [event for event in events if event.action != "authorise_issue"]
    assert list(judge(wrong, [])) == ["published without a signature in file 1"]
    for event in events:
        if event.action == "grant":
            event.role = "coordinator"
    assert list(judge(events, [])) == ["application:1: in_decision to granted by coordinator"]


def test_it_names_a_seal_for_somebody_who_was_knocked_out(office: Office) -> None:
    office.issued()
    with office.look("audita") as work:
        (row,) = [item for item in rows_of(work.session, Decision) if isinstance(item, Decision)]
        low = Decision(**row.model_dump())
    low.answers = {"scores": {**low.answers["scores"], "DEC1": 1}, "not_applicable": {}}
    assert list(judge([], [low])) == ["decision 1 gives granted with ['DEC1']"]

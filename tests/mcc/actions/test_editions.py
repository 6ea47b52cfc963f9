"""Editions: those in use speak of what the application knows, and a file goes on by those it was admitted under."""

import pytest

from mcc.actions import review
from mcc.actions.accounts import join_organisation
from mcc.actions.apply import CollectiveKind, ScopeKind
from mcc.actions.check import check_states
from mcc.actions.editions import current_rubric, workflow_of
from mcc.actions.work import SYSTEM
from mcc.errors import Refused, Unavailable
from tests.office import Office
from workflows import list_editions


def test_levels_for_certain_collectives_name_kinds_that_exist() -> None:
    """A misspelt kind would be read by nobody: these collectives would be judged by words that do not fit them."""
    conditions = [variant.when for item in current_rubric().indicators.values() for variant in item.variants]
    kinds = {name for when in conditions for name in when.collective_class or ()}
    scopes = {name for when in conditions for name in when.scope_kind or ()}
    assert kinds - {kind.value for kind in CollectiveKind} == set()
    assert scopes - {kind.value for kind in ScopeKind} == set()
    assert (len(kinds), scopes) == (6, {"services"})


def _pin(office: Office, number: str, workflow_hash: str) -> None:
    with office.installation.database.writing.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE application SET workflow_hash = ? WHERE number = ?", (workflow_hash, number)
        )


def test_a_file_moves_by_the_edition_that_it_was_admitted_under(office: Office) -> None:
    """The replaced edition does not know the guard on who evaluated; the journal takes its moves as legal."""
    editions = {item.edition: item for item in list_editions("application")}
    present, retired = editions["application-2026-5"], editions["application-2026"]
    assert "evaluators_impartial" in present.guards
    assert "evaluators_impartial" not in retired.guards
    number = office.reach("in_review")
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "eval.1", office.application(work, number).organisation_id)
    with pytest.raises(Refused):
        office.review(number)
    _pin(office, number, retired.meaning_hash)
    with office.work("revisa") as work:
        application = office.application(work, number)
        assert workflow_of(application).edition == retired.edition
        review.send_to_decision(work, application, review.ReviewInput(notes="Completo."))
        assert application.state == "in_decision"
    with office.installation.look(SYSTEM) as work:
        assert list(check_states(work)) == []


def test_a_file_whose_edition_is_not_installed_waits_and_says_so(office: Office) -> None:
    number = office.reach("in_review")
    _pin(office, number, "0" * 64)
    with pytest.raises(Unavailable) as refused:
        office.review(number)
    assert (refused.value.code, refused.value.facts["hash"]) == ("workflow_altered", "0" * 12)

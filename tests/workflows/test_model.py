"""The hash of a workflow is over what it means."""

import pytest

from tests.workflows.conftest import Alter
from workflows import load_workflow_file


def test_layout_and_comments_do_not_change_the_hash(alter: Alter) -> None:
    first = load_workflow_file(alter()).meaning_hash
    rewritten = alter(
        ("name: request\nedition: request-1", "# the same\nedition: 'request-1'\nname: \"request\"")
    )
    assert load_workflow_file(rewritten).meaning_hash == first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days: 5", "days: 6"),
        ("guards: [complete, paid]", "guards: [complete]"),
        ("roles: [clerk, system]", "roles: [clerk]"),
        ("es: Cerrar", "es: Terminar"),
        ("from: [open, waiting]", "from: [waiting, open]"),
    ],
)
def test_whatever_changes_the_meaning_changes_the_hash(alter: Alter, old: str, new: str) -> None:
    first = load_workflow_file(alter()).meaning_hash
    assert load_workflow_file(alter((old, new))).meaning_hash != first


def test_a_copy_is_another_edition(alter: Alter) -> None:
    first = load_workflow_file(alter())
    assert first.meaning_hash != first.model_copy(update={"name": "other"}).meaning_hash


@pytest.mark.parametrize(
    ("language", "text"), [("pt-BR", "pt"), ("en_US", "en"), ("json", "es"), ("fr", "es")]
)
def test_a_language_is_looked_up_among_languages_only(alter: Alter, language: str, text: str) -> None:
    title = load_workflow_file(alter()).title
    assert title.in_language(language) == getattr(title, text)

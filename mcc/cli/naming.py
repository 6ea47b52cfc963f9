"""States by the names that the workflows give them."""

from mcc.cli.answering import language_of_reader
from workflows import load_workflow


def name_state(life: str, state: str) -> str:
    return load_workflow(life).states[state].label.in_language(language_of_reader())

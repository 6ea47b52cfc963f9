"""A workflow to be looked at: Mermaid text, an SVG, or plain data."""

from typing import Any

from workflows.drawing import draw
from workflows.model import Workflow


def mermaid(workflow: Workflow, language: str = "es") -> str:
    """A state diagram in Mermaid's language, labels in `language`."""
    lines = ["stateDiagram-v2", f"  [*] --> {workflow.initial}"]
    lines += [
        f'  state "{state.label.in_language(language)}" as {code}' for code, state in workflow.states.items()
    ]
    for move in workflow.moves:
        lines += [
            f"  {source} --> {move.to}: {move.label.in_language(language)}" for source in move.from_states
        ]
    lines += [f"  {code} --> [*]" for code, state in workflow.states.items() if state.final]
    return "\n".join(lines) + "\n"


def svg(workflow: Workflow, language: str = "es") -> str:
    """The diagram as an SVG with title and description; moves up the page are dashed."""
    return draw(workflow, language)


def as_document(workflow: Workflow) -> dict[str, Any]:
    """The workflow as plain data, with its hash."""
    return {**workflow.model_dump(mode="json", by_alias=True), "hash": workflow.meaning_hash}

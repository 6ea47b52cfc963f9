"""Workflows as data: what may happen next, who may do it, by when. Knows no database, no web, no clock."""

from workflows.deadlines import add_working_days, due_on, is_working_day
from workflows.diagram import as_document, mermaid, svg
from workflows.loading import (
    EDITIONS,
    Problem,
    WorkflowInvalid,
    list_editions,
    load_pinned,
    load_workflow,
    load_workflow_file,
)
from workflows.machine import MoveRefused, moves_from, needed_facts, next_state, roles_for
from workflows.model import Labels, Move, State, Term, TermKind, Workflow

__all__ = [
    "EDITIONS",
    "Labels",
    "Move",
    "MoveRefused",
    "Problem",
    "State",
    "Term",
    "TermKind",
    "Workflow",
    "WorkflowInvalid",
    "add_working_days",
    "as_document",
    "due_on",
    "is_working_day",
    "list_editions",
    "load_pinned",
    "load_workflow",
    "load_workflow_file",
    "mermaid",
    "moves_from",
    "needed_facts",
    "next_state",
    "roles_for",
    "svg",
]

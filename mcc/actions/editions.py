"""Which editions new files are judged and moved by, and those that a file was pinned to when it was admitted."""

from mcc.db.tables import Application, Living
from mcc.errors import Unavailable
from rubric import Rubric, load_edition
from workflows import State, Workflow, list_editions, load_pinned, load_workflow

CURRENT_EDITION = "mcc-2026"


def current_rubric() -> Rubric:
    return load_edition(CURRENT_EDITION)


def pinned_rubric(application: Application) -> Rubric:
    """The edition that the application was admitted under.

    Raises Unavailable when the edition that is installed no longer means the same: nothing is scored against
    a rubric that changed behind a file's back.
    """
    assert application.edition is not None, "a file is evaluated only after it was admitted"
    rubric = load_edition(application.edition)
    if rubric.meaning_hash != application.edition_hash:
        raise Unavailable("edition_altered", edition=application.edition)
    return rubric


def workflow_of(row: Living) -> Workflow:
    """What a row moves by: an application, from its admission on, by the edition that was in force then.

    Raises Unavailable when that edition is not among those that are installed.
    """
    pinned = row.workflow_hash if isinstance(row, Application) else None
    if pinned is None:
        return load_workflow(row.life)
    try:
        return load_pinned(row.life, pinned)
    except KeyError:
        raise Unavailable("workflow_altered", hash=pinned[:12]) from None


def find_state(application: Application) -> State:
    """Where it stands, as the edition that it moves by describes it."""
    return workflow_of(application).states[application.state]


def known_states() -> dict[str, State]:
    """Every state in which an application may stand, also by an edition that was replaced, in the order of the process."""
    present, *replaced = list_editions("application")
    return present.states | {
        name: state
        for edition in replaced
        for name, state in edition.states.items()
        if name not in present.states
    }

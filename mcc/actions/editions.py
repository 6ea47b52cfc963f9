"""Which edition of the rubric new files are judged by, and the one that a file was pinned to."""

from mcc.db.tables import Application
from mcc.errors import Unavailable
from rubric import Rubric, load_edition

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

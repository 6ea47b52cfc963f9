"""Filing a case, whatever it is about: it gets the word by which whoever filed it asks about it."""

from typing import Any

from mcc.actions import journal
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.db.tables import Case

RECEIPT_LETTERS = 10


def file_case(work: Work, kind: str, words: str, *, role: Role, action: str, **known: Any) -> Case:
    """Store it with the event of its beginning; `known` are its other columns."""
    receipt = draw_word(work.chance, RECEIPT_LETTERS)
    case = Case(kind=kind, receipt=receipt, words=words, filed_at=work.now, **known)
    journal.begin(work, case, role=role, action=action)
    return case

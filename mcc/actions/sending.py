"""A form that arrives twice is taken once: the word that was drawn for it is kept with what it did."""

from sqlmodel import select

from mcc.actions.work import Work
from mcc.db.tables import SentForm

LONGEST = 40


def take_once(work: Work, once: str) -> bool:
    """Whether this form is new. Without a word of its own (an older page) every form is."""
    word = once.strip()[:LONGEST]
    if not word:
        return True
    known = work.session.exec(
        select(SentForm).where(SentForm.once == word, SentForm.account_id == work.actor.key)
    ).first()
    if known is not None:
        return False
    work.add(SentForm(once=word, account_id=work.actor.key, taken_at=work.now))
    return True

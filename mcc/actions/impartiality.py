"""What keeps a person from a file, whatever their role: read from the records, never from what somebody says of themselves.

Belonging to the collective, having stepped aside, or another part in the same file (ISO/IEC 17065, 4.2 and 7.6). One rule
for pages, lists, notices and the count of votes.
"""

from mcc.actions.work import Work
from mcc.clock import add_months
from mcc.db.queries.accounts import organisations_ever_of
from mcc.db.queries.assist import advised_since
from mcc.db.queries.co_holders import holders_of
from mcc.db.queries.evaluate import evaluators_of, recused_from, reviewers_of
from mcc.db.queries.staff import safeguards_of
from mcc.db.tables import Application


def find_tie(work: Work, application: Application, person: int) -> str | None:
    """What binds a person to a file, as a code: it is in nothing that the office shows them or tells them of.

    Belonging to one of its collectives binds for good, also after leaving it; so does having stepped aside.
    """
    if holders_of(work.session, application) & organisations_ever_of(work.session, person):
        return "own_organisation"
    return "conflict_declared" if person in recused_from(work.session, application.key) else None


def took_part(work: Work, application_id: int, person: int | None) -> bool:
    """Whether they evaluated or reviewed this file: deciding about it, or about a complaint, is for others."""
    return person in evaluators_of(work.session, application_id) | reviewers_of(work.session, application_id)


def gave_assistance(work: Work, application: Application, person: int | None) -> bool:
    """Whether they advised one of its collectives not long ago: then they do not evaluate, review or decide."""
    if person is None:
        return False
    return bool(holders_of(work.session, application) & find_advised(work, person))


def is_safeguarded(work: Work, application: Application, person: int | None) -> bool:
    """Whether a published measure lets them evaluate this file although they advised its collective."""
    return any(
        row.account_id == person
        for row in safeguards_of(work.session, application.key)
        if row.account_id is not None
    )


def find_advised(work: Work, person: int) -> frozenset[int]:
    """Collectives that a person advised in the months that count."""
    return advised_since(work.session, person, add_months(work.today, -work.settings.assistance_months))


def find_partiality(work: Work, application: Application, person: int) -> str | None:
    """Why impartiality keeps a person from evaluating this file, as a code; None when nothing does."""
    tie = find_tie(work, application, person)
    advised = gave_assistance(work, application, person) and not is_safeguarded(work, application, person)
    if tie is None and advised:
        return "gave_assistance"
    reviewed = person in reviewers_of(work.session, application.key)
    return tie or ("already_reviewed" if reviewed else None)


def find_voice(work: Work, application: Application, person: int) -> str | None:
    """The same for having a voice in the decision: who evaluated has none either."""
    tie = find_tie(work, application, person)
    if tie is None and gave_assistance(work, application, person):
        return "gave_assistance"
    evaluated = person in evaluators_of(work.session, application.key)
    return find_partiality(work, application, person) or ("already_evaluated" if evaluated else None)

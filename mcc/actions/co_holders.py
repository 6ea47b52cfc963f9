"""A scope held by several collectives: each of the others agrees by itself, before the application is admitted."""

from babel.lists import format_list

from mcc.actions import journal
from mcc.actions.apply import SCOPE_OPEN, refuse_submitted
from mcc.actions.inputs import Input, Line
from mcc.actions.passwords import TOKEN_LETTERS, digest_of
from mcc.actions.permissions import require
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.db.queries.co_holders import co_holder_by_token, co_holders_of, holders_of, names_of_holders
from mcc.db.tables import Application, CoHolder, Organisation
from mcc.errors import NotFound, Refused

MOST_CO_HOLDERS = 10
STILL_AGREEING = (*SCOPE_OPEN, "in_admissibility")
"""Until it is admitted an application may wait for a holder: one who was asked again, and it was archived meanwhile."""


class CoHolderInput(Input):
    name: Line


def list_co_holders(work: Work, application: Application) -> list[CoHolder]:
    require(work, "view_application", application)
    return list(co_holders_of(work.session, application.key))


def ask_co_holder(work: Work, application: Application, given: CoHolderInput) -> str:
    """The token of a link for somebody who represents the other collective; it is shown once."""
    role = require(work, "name_co_holders", application)
    refuse_submitted(application, "name_co_holders")
    if len(co_holders_of(work.session, application.key)) >= MOST_CO_HOLDERS:
        raise Refused("too_many_co_holders", where="name", limit=MOST_CO_HOLDERS)
    token = draw_word(work.chance, TOKEN_LETTERS)
    row = CoHolder(
        application_id=application.key,
        asked_name=given.name,
        token_digest=digest_of(token),
        asked_by=work.actor.key,
        asked_at=work.now,
    )
    work.add(row)
    _record(work, application, row, "ask_co_holder", role)
    return token


def end_co_holder(work: Work, application: Application, key: int) -> None:
    """Take one off again, whether it had agreed or not; with the office, only one whose word is waited for."""
    role = require(work, "name_co_holders", application)
    row = next((item for item in co_holders_of(work.session, application.key) if item.key == key), None)
    if row is None:
        raise NotFound("co_holder_unknown", where="name")
    if not is_waited_for(row, application):
        refuse_submitted(application, "name_co_holders")
    row.ended_at = work.now
    work.session.add(row)
    _record(work, application, row, "end_co_holder", role)


def find_asked(work: Work, token: str) -> tuple[CoHolder, Application]:
    """One that waits for an answer. Raises NotFound with the same answer for any other."""
    row = co_holder_by_token(work.session, digest_of(token))
    application = None if row is None else work.session.get(Application, row.application_id)
    if row is None or application is None or not is_waited_for(row, application):
        raise NotFound("co_holder_unknown", where="address")
    return row, application


def is_waited_for(row: CoHolder, application: Application) -> bool:
    """Whether the file cannot go on without its word."""
    open_ = application.state in STILL_AGREEING
    return open_ and row.agreed_at is None and row.ended_at is None


def agree_to_hold(work: Work, token: str, organisation: Organisation) -> Application:
    """The collective holds the scope as well; said by somebody who represents it."""
    role = require(work, "manage_members", organisation)
    row, application = find_asked(work, token)
    if row.organisation_id not in {None, organisation.key}:
        raise NotFound("co_holder_unknown", where="address")
    if row.organisation_id is None and organisation.key in holders_of(work.session, application):
        raise Refused("already_a_holder", where="organisation")
    _agree(work, application, row, organisation, role)
    return application


def agree_again(work: Work, application: Application, organisation: Organisation) -> None:
    """The scope changed after the collective had agreed, and it agrees to what stands now."""
    role = require(work, "manage_members", organisation)
    row = find_own_row(work, application, organisation.key)
    if row is None or not is_waited_for(row, application):
        raise NotFound("co_holder_unknown", where="organisation")
    _agree(work, application, row, organisation, role)


def find_own_row(work: Work, application: Application, organisation_id: int) -> CoHolder | None:
    rows = co_holders_of(work.session, application.key)
    return next((row for row in rows if row.organisation_id == organisation_id), None)


def list_waiting(work: Work, application: Application) -> list[Organisation]:
    """The actor's collectives that have to agree again."""
    mine = (find_own_row(work, application, key) for key in sorted(work.actor.organisations))
    waiting = (row.organisation_id for row in mine if row is not None and is_waited_for(row, application))
    return [work.session.get_one(Organisation, key) for key in waiting if key is not None]


def _agree(
    work: Work, application: Application, row: CoHolder, organisation: Organisation, role: Role
) -> None:
    row.organisation_id, row.agreed_by, row.agreed_at = organisation.key, work.actor.key, work.now
    work.session.add(row)
    _record(work, application, row, "agree_to_hold", role)


def name_holders(work: Work, application: Application, language: str = "es") -> str:
    """As papers and lists name them: whoever applies first, then the others, joined as the language does."""
    return format_list(names_of_holders(work.session, application), locale=language)


def _record(work: Work, application: Application, row: CoHolder, action: str, role: Role) -> None:
    journal.record(
        work,
        f"application:{application.id}",
        action,
        role=role,
        application=application,
        co_holder=row.key,
        organisation=row.organisation_id,
    )

"""What appears in any list, count, search or export: the rule of `permissions` for one object, said in SQL."""

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlmodel import col

from mcc.actions.impartiality import find_advised
from mcc.actions.permissions import AFTER_EVALUATION, AFTER_GRANT, AFTER_REVIEW
from mcc.actions.work import Role, Work
from mcc.db.queries.appeal import acted_by, appealed
from mcc.db.queries.co_holders import held_by
from mcc.db.queries.evaluate import LEFT, RECUSED
from mcc.db.queries.staff import safeguarded_for
from mcc.db.tables import Application, Assignment, Case, Recusal, Review


def visible_applications(work: Work) -> ColumnElement[bool]:
    """The condition under which an application appears in any list, count or search for the actor.

    The same rule as can("view_application"), in SQL; a test holds the two together.
    """
    actor = work.actor
    ways: list[ColumnElement[bool]] = []
    if Role.APPLICANT in actor.roles:
        ways.append(held_by(actor.organisations))
    state = col(Application.state)
    evaluated, reviewed = _evaluated_by(actor.account_id), _reviewed_by(actor.account_id)
    office: list[ColumnElement[bool]] = []
    if {Role.COORDINATOR, Role.AUDITOR} & actor.roles:
        office.append(state != "draft")
    if Role.COORDINATOR in actor.roles:
        office.append(col(Application.entered_by).is_not(None))
    advised = held_by(frozenset() if actor.account_id is None else find_advised(work, actor.account_id))
    if Role.EVALUATOR in actor.roles:
        fit = or_(~advised, safeguarded_for(actor.account_id))
        office.append(and_(_seated(actor.account_id), ~reviewed, fit))
    if Role.REVIEWER in actor.roles:
        office.append(and_(state.in_(AFTER_EVALUATION), ~evaluated, ~advised))
    if Role.COMMITTEE in actor.roles:
        office.append(and_(state.in_(AFTER_REVIEW), ~evaluated, ~reviewed, ~advised))
    if Role.APPEAL_PANEL in actor.roles and actor.account_id is not None:
        office.append(and_(appealed(), ~acted_by(actor.account_id)))
    if Role.SIGNATORY in actor.roles:
        office.append(and_(state.in_(AFTER_GRANT), ~evaluated))
    if office:
        ways.append(and_(~held_by(actor.ties), ~_recused(actor.account_id), or_(*office)))
    return or_(*ways) if ways else false()


def visible_cases(work: Work) -> ColumnElement[bool]:
    """The same for cases: none of one's own collective, none of a file that one was recused from."""
    allowed = {Role.COORDINATOR, Role.APPEAL_PANEL, Role.AUDITOR} & work.actor.roles
    if not allowed:
        return false()
    hidden = select(col(Application.id)).where(or_(held_by(work.actor.ties), _recused(work.actor.account_id)))
    about = col(Case.application_id)
    return or_(about.is_(None), about.not_in(hidden))


def _evaluated_by(person: int | None) -> ColumnElement[bool]:
    return _assigned_in(person, col(Assignment.state) != RECUSED)


def _seated(person: int | None) -> ColumnElement[bool]:
    return _assigned_in(person, col(Assignment.state).not_in(LEFT))


def _recused(person: int | None) -> ColumnElement[bool]:
    aside = select(col(Recusal.application_id)).where(col(Recusal.account_id) == person)
    return or_(_assigned_in(person, col(Assignment.state) == RECUSED), col(Application.id).in_(aside))


def _assigned_in(person: int | None, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    rows = select(col(Assignment.application_id)).where(col(Assignment.account_id) == person, condition)
    return col(Application.id).in_(rows)


def _reviewed_by(person: int | None) -> ColumnElement[bool]:
    rows = select(col(Review.application_id)).where(col(Review.reviewer_id) == person)
    return col(Application.id).in_(rows)

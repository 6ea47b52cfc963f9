"""Who evaluates what, and what has been found so far."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, func, select

from mcc.db.queries.assist import BINDING
from mcc.db.tables import (
    Account,
    Application,
    Assignment,
    Assistance,
    CoHolder,
    DimensionEvaluation,
    Discussion,
    FinalLevel,
    Membership,
    NotApplicable,
    Recusal,
    Review,
    RoleGrant,
    Score,
)

RECUSED = "conflict_declared"
LEFT = (RECUSED, "relieved")
"""States of a seat that its holder has left."""


def evaluators_of(session: Session, application_id: int) -> set[int]:
    """Accounts that evaluate, or were seated to, any dimension of the application; but for who turned out partial."""
    return set(
        session.exec(
            select(Assignment.account_id).where(
                Assignment.application_id == application_id, Assignment.state != RECUSED
            )
        )
    )


def evaluators_seated(session: Session, application_id: int) -> set[int]:
    """Accounts that hold a seat now."""
    return {row.account_id for row in active_assignments(session, application_id)}


def recused_from(session: Session, application_id: int) -> set[int]:
    """Accounts that stepped aside from the application, whatever their part in it would have been."""
    evaluators = select(Assignment.account_id).where(
        Assignment.application_id == application_id, Assignment.state == RECUSED
    )
    others = select(Recusal.account_id).where(Recusal.application_id == application_id)
    return {*session.exec(evaluators), *session.exec(others)}


def reviewers_of(session: Session, application_id: int) -> set[int]:
    return set(session.exec(select(Review.reviewer_id).where(Review.application_id == application_id)))


def active_assignments(
    session: Session, application_id: int, dimension: str | None = None
) -> Sequence[Assignment]:
    """Seats that somebody holds, in their order."""
    wanted = select(Assignment).where(
        Assignment.application_id == application_id, col(Assignment.state).not_in(LEFT)
    )
    if dimension is not None:
        wanted = wanted.where(Assignment.dimension == dimension)
    return session.exec(wanted.order_by(col(Assignment.dimension), col(Assignment.seat))).all()


def assignments_of_person(session: Session, account_id: int) -> Sequence[Assignment]:
    wanted = select(Assignment).where(Assignment.account_id == account_id, col(Assignment.state).not_in(LEFT))
    return session.exec(wanted.order_by(col(Assignment.id))).all()


def dimensions_of(session: Session, application_id: int) -> Sequence[DimensionEvaluation]:
    wanted = select(DimensionEvaluation).where(DimensionEvaluation.application_id == application_id)
    return session.exec(wanted.order_by(col(DimensionEvaluation.id))).all()


def dimensions_vacant(session: Session, application_id: int) -> list[str]:
    """Those that lack one of their two evaluators."""
    seated = {(row.dimension, row.seat) for row in active_assignments(session, application_id)}
    return [
        row.dimension
        for row in dimensions_of(session, application_id)
        if not {(row.dimension, "first"), (row.dimension, "second")} <= seated
    ]


def dimension_of(session: Session, application_id: int, dimension: str) -> DimensionEvaluation | None:
    return session.exec(
        select(DimensionEvaluation).where(
            DimensionEvaluation.application_id == application_id, DimensionEvaluation.dimension == dimension
        )
    ).first()


def sheet_of(session: Session, assignment_id: int, round_: int) -> dict[str, Score]:
    """Scores of one assignment in one round, by indicator."""
    wanted = select(Score).where(Score.assignment_id == assignment_id, Score.round == round_)
    return {score.indicator: score for score in session.exec(wanted)}


def discussions_of(session: Session, application_id: int, round_: int) -> dict[str, Discussion]:
    wanted = select(Discussion).where(Discussion.application_id == application_id, Discussion.round == round_)
    return {row.indicator: row for row in session.exec(wanted)}


def final_levels(session: Session, application_id: int, round_: int) -> dict[str, FinalLevel]:
    wanted = select(FinalLevel).where(FinalLevel.application_id == application_id, FinalLevel.round == round_)
    return {row.indicator: row for row in session.exec(wanted)}


def not_applicable_of(session: Session, application_id: int) -> dict[str, NotApplicable]:
    """Requests for "not applicable", by indicator, whatever became of them."""
    wanted = select(NotApplicable).where(NotApplicable.application_id == application_id)
    return {row.indicator: row for row in session.exec(wanted)}


def open_seats_by_person(session: Session, visible: ColumnElement[bool]) -> dict[int, int]:
    """How many sheets wait for each account, in files that are still to be evaluated and that the asker may see."""
    waiting = col(Assignment.state).in_(("assigned", "in_progress", "awaiting_evidence"))
    wanted = (
        select(Assignment.account_id, func.count())
        .join(Application, col(Application.id) == col(Assignment.application_id))
        .where(waiting, visible, col(Application.state).in_(("admitted", "in_evaluation")))
        .group_by(col(Assignment.account_id))
    )
    return dict(session.exec(wanted).all())


def held_in_evaluation(person: int) -> ColumnElement[bool]:
    """Of an application: it is being evaluated, and this person holds a seat in it."""
    return _with_seat(col(Assignment.account_id) == person)


def held_by_unfit() -> ColumnElement[bool]:
    """Of an application: it is being evaluated, and somebody holds a seat in it who must not, or cannot any more.

    Such a person belongs, or belonged, to one of its collectives, or advised one, has a closed account, or is no evaluator now.
    """
    person = col(Assignment.account_id)
    evaluates = exists().where(
        col(RoleGrant.account_id) == person,
        col(RoleGrant.role) == "evaluator",
        col(RoleGrant.ended_at).is_(None),
    )
    closed = exists().where(col(Account.id) == person, ~col(Account.active))
    beside = select(CoHolder.organisation_id).where(col(CoHolder.application_id) == col(Application.id))
    member = exists().where(
        col(Membership.account_id) == person,
        or_(
            col(Membership.organisation_id) == col(Application.organisation_id),
            col(Membership.organisation_id).in_(beside),
        ),
    )
    adviser = exists().where(
        col(Assistance.account_id) == person,
        col(Assistance.kind) == BINDING,
        col(Assistance.ended_at).is_(None),
        or_(
            col(Assistance.organisation_id) == col(Application.organisation_id),
            col(Assistance.organisation_id).in_(beside),
        ),
    )
    return _with_seat(or_(~evaluates, closed, member, adviser))


def _with_seat(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    seat = exists().where(
        col(Assignment.application_id) == col(Application.id), col(Assignment.state).not_in(LEFT), condition
    )
    return and_(col(Application.state).in_(("admitted", "in_evaluation")), seat)

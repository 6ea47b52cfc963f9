"""Authorisations to issue, and what waits for one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from mcc.db.tables import Amendment, Application, Authorisation, Decision


def authorisation_of(session: Session, application_id: int) -> Authorisation | None:
    """The one that carries out the decision that stands."""
    wanted = select(Authorisation).where(Authorisation.application_id == application_id, _is_current())
    return session.exec(wanted).first()


def applications_to_authorise(session: Session, visible: ColumnElement[bool]) -> Sequence[Application]:
    """Granted and not authorised yet, the one that was granted first before the others."""
    wanted = (
        select(Application)
        .where(visible, Application.state == "granted", ~_is_authorised())
        .order_by(col(Application.state_since), col(Application.id))
    )
    return session.exec(wanted).all()


def applications_to_issue(session: Session) -> Sequence[int]:
    """Authorised and without a certificate."""
    wanted = select(Application.id).where(Application.state == "granted", _is_authorised())
    return [key for key in session.exec(wanted.order_by(col(Application.id))) if key is not None]


def _is_authorised() -> ColumnElement[bool]:
    return col(Application.id).in_(select(Authorisation.application_id).where(_is_current()))


def _is_current() -> ColumnElement[bool]:
    """Of the decision that stands, and of the last change that was accepted.

    One that names no decision carries out the first one.
    """
    of_it = col(Decision.application_id) == col(Authorisation.application_id)
    newest = select(func.max(Decision.id)).where(of_it).correlate(Authorisation).scalar_subquery()
    first = select(func.min(Decision.id)).where(of_it).correlate(Authorisation).scalar_subquery()
    accepted = (
        select(func.max(Amendment.id))
        .where(
            col(Amendment.application_id) == col(Authorisation.application_id),
            col(Amendment.outcome) == "accepted",
            col(Amendment.kind) != "authorities",
        )
        .correlate(Authorisation)
        .scalar_subquery()
    )
    return and_(
        func.coalesce(Authorisation.decision_id, first) == newest,
        func.coalesce(Authorisation.amendment_id, 0) == func.coalesce(accepted, 0),
    )

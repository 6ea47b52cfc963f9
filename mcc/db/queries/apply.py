"""Applications, their evidence and what was asked about them."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from mcc.db.tables import Application, EvidenceItem, InformationRequest, Organisation, SelfScore


def application_by_number(session: Session, number: str) -> Application | None:
    return session.exec(select(Application).where(Application.number == number)).first()


def list_applications(
    session: Session, visible: ColumnElement[bool], *, state: str | None = None
) -> Sequence[tuple[Application, Organisation]]:
    """Applications that match `visible`, the longest waiting first, each with its organisation."""
    wanted = select(Application, Organisation).join(Organisation).where(visible)
    if state is not None:
        wanted = wanted.where(Application.state == state)
    found = session.exec(wanted.order_by(col(Application.state_since), col(Application.id)))
    return [(application, organisation) for application, organisation in found]


def applications_in(session: Session, state: str) -> Sequence[Application]:
    wanted = select(Application).where(Application.state == state)
    return session.exec(wanted.order_by(col(Application.id))).all()


def evidence_of(session: Session, application_id: int) -> Sequence[EvidenceItem]:
    """What is in the file now, in the order in which it came."""
    wanted = select(EvidenceItem).where(
        EvidenceItem.application_id == application_id, col(EvidenceItem.ended_at).is_(None)
    )
    return session.exec(wanted.order_by(col(EvidenceItem.id))).all()


def newest_evidence(session: Session, application_id: int) -> int:
    """Key of what came in last and is in the file now; 0 without any. Whatever has a higher one is newer."""
    return max((row.key for row in evidence_of(session, application_id)), default=0)


def requests_of(session: Session, application_id: int) -> Sequence[InformationRequest]:
    wanted = select(InformationRequest).where(InformationRequest.application_id == application_id)
    return session.exec(wanted.order_by(col(InformationRequest.round))).all()


def codes_taken(session: Session, application_id: int) -> frozenset[str]:
    """Codes of evidence that were ever given in this application: none is given twice."""
    return frozenset(
        session.exec(select(EvidenceItem.code).where(EvidenceItem.application_id == application_id))
    )


def self_scores_of(session: Session, application_id: int) -> Sequence[SelfScore]:
    return session.exec(select(SelfScore).where(SelfScore.application_id == application_id)).all()


def application_by_shared_word(session: Session, word: str) -> Application | None:
    return session.exec(select(Application).where(Application.shared_word == word)).first()


def count_by_state(session: Session, visible: ColumnElement[bool]) -> dict[str, int]:
    """How many of the files that somebody may see stand in each state."""
    wanted = select(Application.state, func.count()).where(visible).group_by(Application.state)
    return dict(session.exec(wanted).all())


def earlier_self_scores(session: Session, application: Application) -> Sequence[SelfScore]:
    """What the same collective wrote in the application before this one in which it looked at itself."""
    before = (
        select(func.max(SelfScore.application_id))
        .join(Application, col(Application.id) == col(SelfScore.application_id))
        .where(
            Application.organisation_id == application.organisation_id,
            col(Application.id) < application.key,
        )
    )
    earlier = session.exec(before).one()
    return [] if earlier is None else self_scores_of(session, earlier)


def count_by_organisation(session: Session) -> dict[int, int]:
    wanted = select(Application.organisation_id, func.count()).group_by(col(Application.organisation_id))
    return dict(session.exec(wanted).all())


def all_organisations(session: Session) -> Sequence[Organisation]:
    return session.exec(select(Organisation).order_by(col(Organisation.name))).all()


def organisations_of(session: Session, keys: Collection[int]) -> Sequence[Organisation]:
    wanted = select(Organisation).where(col(Organisation.id).in_(keys))
    return session.exec(wanted.order_by(col(Organisation.name))).all()

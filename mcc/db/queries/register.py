"""The public register: every certificate ever published, with its collective."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mcc.db.queries.co_holders import held_by
from mcc.db.tables import Application, Certificate, Issuance, Organisation, PublicPage

Published = tuple[Certificate, Issuance, Application, Organisation]


def published_certificates(session: Session, organisation_id: int | None = None) -> Sequence[Published]:
    """The newest first; of one collective, or of all."""
    wanted = (
        select(Certificate, Issuance, Application, Organisation)
        .join(Issuance, col(Certificate.issuance_id) == col(Issuance.id))
        .join(Application, col(Certificate.application_id) == col(Application.id))
        .join(Organisation, col(Certificate.organisation_id) == col(Organisation.id))
        .order_by(col(Certificate.issued_on).desc(), col(Certificate.id).desc())
    )
    if organisation_id is not None:
        wanted = wanted.where(held_by({organisation_id}))
    return [(row[0], row[1], row[2], row[3]) for row in session.exec(wanted)]


def public_page_of(session: Session, organisation_id: int) -> PublicPage | None:
    return session.exec(select(PublicPage).where(PublicPage.organisation_id == organisation_id)).first()

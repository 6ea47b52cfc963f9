"""What is on offer to get better."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from mcc.db.tables import SupportOffer


def offers_from(session: Session, day: date) -> Sequence[SupportOffer]:
    """Those that are not over by that day, the soonest first; what is always there comes last."""
    last = func.coalesce(SupportOffer.last_day, SupportOffer.first_day)
    wanted = select(SupportOffer).where(col(SupportOffer.ended_at).is_(None), last.is_(None) | (last >= day))
    first = func.coalesce(SupportOffer.first_day, SupportOffer.last_day)
    return session.exec(wanted.order_by(first.is_(None), first, col(SupportOffer.id))).all()

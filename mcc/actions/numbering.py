"""Numbers that are given out once: taken under the write lock, in the transaction that uses them."""

from sqlalchemy import update
from sqlmodel import Session, col

from certificates import NumberInvalid, application_number, certificate_number, parse_number
from mcc.db.tables import NumberCounter


def next_application_number(session: Session, year: int) -> str:
    return application_number(year, _next_serial(session, f"S-{year}"))


def next_certificate_number(session: Session, year: int) -> str:
    return certificate_number(year, _next_serial(session, f"MCC-{year}"))


def _next_serial(session: Session, series: str) -> int:
    """Count on and read back in one statement, so that no two transactions see the same value."""
    counted = session.connection().execute(
        update(NumberCounter)
        .where(col(NumberCounter.series) == series)
        .values(last=NumberCounter.last + 1)
        .returning(col(NumberCounter.last))
    )
    serial = counted.scalar()
    if serial is None:
        session.add(NumberCounter(series=series, last=1))
        session.flush()
        return 1
    return int(serial)


def read_number(text: str) -> str:
    """A number as the register writes it, from how people type it; what is none stays as it is, to be found nowhere."""
    try:
        return str(parse_number(text))
    except NumberInvalid:
        return text.strip()

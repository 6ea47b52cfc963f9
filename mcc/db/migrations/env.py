"""Runs migrations against the database that the caller names; only our own tables are ever compared."""

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import mcc.db.tables  # noqa: F401 - registers every table

OURS = SQLModel.metadata


def ours_only(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """The job engine keeps tables of its own beside ours: they are not for us to drop."""
    return kind != "table" or name in OURS.tables


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=OURS,
            render_as_batch=True,
            compare_type=True,
            include_object=ours_only,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()

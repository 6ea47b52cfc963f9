"""Bring a database to the newest shape, or tell whether it is there."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0012"
"""The last migration; said here so that a start need not load Alembic, and held equal to its scripts by a test."""


def migrate(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - loaded by whoever migrates, which is seldom

    command.upgrade(configure(url), "head")


def configure(url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(files("mcc").joinpath("db/migrations")))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def is_current(url: str) -> bool:
    """Whether the database exists and has every migration; never creates one."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return False
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    finally:
        engine.dispose()
    return bool(found == NEWEST)

"""What tables share: a key, and the marks of rows that the journal covers."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


NOT_BEGUN = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in a row that `journal.begin` has not stored yet."""


class Row(SQLModel):
    id: int | None = Field(default=None, primary_key=True)

    @property
    def key(self) -> int:
        """The primary key of a row that has been stored."""
        assert self.id is not None, f"{type(self).__name__} has not been stored yet"
        return self.id


class Material(Row):
    """A row whose every change is covered by an event of the journal."""


class Living(Material):
    """A row with a state of a workflow, written by `mcc.actions.journal` alone."""

    life: ClassVar[str]
    """Name of the workflow that says what may happen next."""

    state: str = Field(default="", max_length=40, index=True)
    state_since: datetime = Field(default=NOT_BEGUN)
    version: int = Field(default=1)
    """Counts the changes: two people who change the same row at once cannot both succeed."""

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version} if hasattr(cls, "version") else {}

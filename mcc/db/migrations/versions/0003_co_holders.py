"""A scope held by several collectives."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "co_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("asked_name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("token_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_co_holder_agreed_by_account")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_co_holder_application_id_application")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_co_holder_asked_by_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_co_holder_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_holder")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_co_holder_token_digest")),
    )
    with op.batch_alter_table("co_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_holder_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_co_holder_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("co_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_holder_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_co_holder_application_id"))
    op.drop_table("co_holder")

"""Somebody who may sign says that a certificate is to be issued; wrong codes are counted in the journal."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authorisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("absence", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
        sa.Column("authorised_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_authorisation_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_authorisation_mandate_id_mandate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
        sa.UniqueConstraint("application_id", name=op.f("uq_authorisation_application_id")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_column("tries")


def downgrade() -> None:
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=True))
    op.drop_table("authorisation")

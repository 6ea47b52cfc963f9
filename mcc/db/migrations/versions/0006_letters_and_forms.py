"""Mails that are tried again later, and forms that are counted by person."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("next_try_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("sent_form", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_sent_form_once"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_sent_form_account_id_once"), ["account_id", "once"])


def downgrade() -> None:
    with op.batch_alter_table("sent_form", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_sent_form_account_id_once"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_sent_form_once"), ["once"])
    op.drop_column("notice", "next_try_at")

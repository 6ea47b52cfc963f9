"""A collective's say in who evaluates it, and the committee's votes about certificates."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_accepted_at", moment(), nullable=True))
    create_motion()
    create_motion_vote()
    create_amendment()
    create_safeguard()
    create_improvement()
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amendment_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_authorisation_amendment_id_amendment"), "amendment", ["amendment_id"], ["id"]
        )


def text(length: int) -> sa.types.TypeEngine:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def moment() -> sa.types.TypeEngine:
    return sqlmodel.sql.sqltypes.UTCDateTime()


def points(table: str, **columns: str) -> list[sa.schema.SchemaItem]:
    """A foreign key for each column, to the table that it names."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
        for column, target in columns.items()
    ]


def create_motion() -> None:
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("measure", text(20), nullable=False),
        sa.Column("reason", text(2000), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", moment(), nullable=False),
        sa.Column("hearing_until", sa.Date(), nullable=True),
        sa.Column("answer", text(2000), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", moment(), nullable=True),
        sa.Column("outcome", text(12), nullable=True),
        sa.Column("votes", sa.JSON(), nullable=True),
        sa.Column("closed_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        *points(
            "motion",
            certificate_id="certificate",
            application_id="application",
            opened_by="account",
            answered_by="account",
        ),
    )
    with op.batch_alter_table("motion", schema=None) as batch_op:
        for column in ("certificate_id", "application_id"):
            batch_op.create_index(op.f(f"ix_motion_{column}"), [column], unique=False)


def create_motion_vote() -> None:
    op.create_table(
        "motion_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("institution", text(40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Boolean(), nullable=False),
        sa.Column("reasons", text(2000), nullable=False),
        sa.Column("cast_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion_vote")),
        sa.UniqueConstraint("motion_id", "institution", name=op.f("uq_motion_vote_motion_id_institution")),
        *points("motion_vote", motion_id="motion", account_id="account", mandate_id="mandate"),
    )
    with op.batch_alter_table("motion_vote", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_motion_vote_motion_id"), ["motion_id"], unique=False)


def create_amendment() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", text(20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", text(2000), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reported_by", sa.Integer(), nullable=False),
        sa.Column("reported_at", moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", text(12), nullable=True),
        sa.Column("answer", text(2000), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        *points(
            "amendment",
            application_id="application",
            certificate_id="certificate",
            reported_by="account",
            decided_by="account",
        ),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        for column in ("application_id", "certificate_id"):
            batch_op.create_index(op.f(f"ix_amendment_{column}"), [column], unique=False)


def create_safeguard() -> None:
    op.create_table(
        "safeguard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", text(10), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("words", text(1000), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguard")),
        *points("safeguard", application_id="application", account_id="account", set_by="account"),
    )
    with op.batch_alter_table("safeguard", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_safeguard_application_id"), ["application_id"], unique=False)


def create_improvement() -> None:
    op.create_table(
        "improvement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("indicator", text(20), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("progress", text(12), nullable=False),
        sa.Column("responsible", text(160), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", text(2000), nullable=True),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_step")),
        sa.UniqueConstraint(
            "application_id", "indicator", name=op.f("uq_improvement_step_application_id_indicator")
        ),
        *points(
            "improvement_step",
            application_id="application",
            contact_id="account",
            proof_id="folder_document",
            changed_by="account",
        ),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("summary", text(4000), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        *points("follow_up", application_id="application", recorded_by="account"),
    )
    for table in ("improvement_step", "follow_up"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(op.f(f"ix_{table}_application_id"), ["application_id"], unique=False)

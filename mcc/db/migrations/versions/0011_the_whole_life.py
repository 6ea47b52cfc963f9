"""The whole life of a certification: corrections, renewals, surveillance, appeals, advice."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

AGAIN = ("authorisation", "certificate", "decision", "issuance")
"""Tables of which an application had one row, and may have another one after an appeal."""


def text(length: int) -> sa.types.TypeEngine:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def upgrade() -> None:
    for table in AGAIN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"uq_{table}_application_id"), type_="unique")
            batch_op.create_index(op.f(f"ix_{table}_application_id"), ["application_id"], unique=False)
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_authorisation_decision_id_decision"), "decision", ["decision_id"], ["id"]
        )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extended_until", sa.Date(), nullable=True))
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("against", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("act", text(20), nullable=True))
        batch_op.add_column(sa.Column("outcome", text(12), nullable=True))
        for name in ("filed_by", "against"):
            batch_op.create_foreign_key(op.f(f"fk_case_file_{name}_account"), "account", [name], ["id"])
    create_correction()
    create_continuation()
    create_surveillance()
    create_assistance()
    create_notification()
    create_appeal_finding()


def key(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def points(table: str, **columns: str) -> list[sa.schema.SchemaItem]:
    """A foreign key for each column, to the table that it names."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
        for column, target in columns.items()
    ]


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def whole(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def create_correction() -> None:
    op.create_table(
        "correction",
        *key("correction"),
        whole("application_id"),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("asks", text(4000), nullable=False),
        whole("required_by"),
        moment("required_at"),
        sa.Column("due_on", sa.Date(), nullable=False),
        whole("last_evidence"),
        moment("finished_at", nullable=True),
        whole("finished_by", nullable=True),
        *points("correction", application_id="application", required_by="account", finished_by="account"),
        sa.UniqueConstraint("application_id", name=op.f("uq_correction_application_id")),
    )


def create_continuation() -> None:
    op.create_table(
        "continuation",
        *key("continuation"),
        whole("application_id"),
        whole("follows_id"),
        whole("certificate_id", nullable=True),
        moment("begun_at"),
        sa.Column("indicators", sa.JSON(), nullable=True),
        sa.Column("reason", text(2000), nullable=True),
        *points(
            "continuation",
            application_id="application",
            follows_id="application",
            certificate_id="certificate",
        ),
        sa.UniqueConstraint("application_id", name=op.f("uq_continuation_application_id")),
    )
    index("continuation", "follows_id", "certificate_id")


def create_surveillance() -> None:
    op.create_table(
        "surveillance",
        *key("surveillance"),
        whole("certificate_id"),
        whole("application_id"),
        sa.Column("cause", text(20), nullable=False),
        sa.Column("about", text(40), nullable=True),
        sa.Column("reason", text(2000), nullable=True),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("indicators", sa.JSON(), nullable=False),
        moment("opened_at"),
        whole("opened_by", nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=True),
        whole("found_by", nullable=True),
        moment("closed_at", nullable=True),
        *points(
            "surveillance",
            certificate_id="certificate",
            application_id="application",
            opened_by="account",
            found_by="account",
        ),
    )
    index("surveillance", "certificate_id", "application_id")


def create_assistance() -> None:
    op.create_table(
        "assistance",
        *key("assistance"),
        whole("organisation_id"),
        whole("account_id"),
        sa.Column("kind", text(20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("words", text(1000), nullable=False),
        whole("recorded_by"),
        moment("recorded_at"),
        moment("ended_at", nullable=True),
        *points("assistance", organisation_id="organisation", account_id="account", recorded_by="account"),
    )
    index("assistance", "organisation_id", "account_id")


def create_notification() -> None:
    op.create_table(
        "notification",
        *key("notification"),
        whole("application_id"),
        sa.Column("act", text(20), nullable=False),
        sa.Column("means", text(20), nullable=False),
        sa.Column("told", text(200), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        whole("recorded_by"),
        moment("recorded_at"),
        *points("notification", application_id="application", recorded_by="account"),
    )
    index("notification", "application_id")


def create_appeal_finding() -> None:
    op.create_table(
        "appeal_finding",
        *key("appeal_finding"),
        whole("case_id"),
        whole("application_id"),
        sa.Column("indicator", text(20), nullable=False),
        whole("level_before"),
        whole("level"),
        sa.Column("reason", text(2000), nullable=False),
        whole("found_by"),
        *points("appeal_finding", case_id="case_file", application_id="application", found_by="account"),
    )
    index("appeal_finding", "case_id", "application_id")


def downgrade() -> None:
    for table in (
        "appeal_finding",
        "notification",
        "assistance",
        "surveillance",
        "continuation",
        "correction",
    ):
        op.drop_table(table)
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        for name in ("filed_by", "against"):
            batch_op.drop_constraint(op.f(f"fk_case_file_{name}_account"), type_="foreignkey")
        for name in ("outcome", "act", "against", "filed_by"):
            batch_op.drop_column(name)
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_column("extended_until")
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_authorisation_decision_id_decision"), type_="foreignkey")
        batch_op.drop_column("decision_id")
    for table in AGAIN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_application_id"))
            batch_op.create_unique_constraint(op.f(f"uq_{table}_application_id"), ["application_id"])

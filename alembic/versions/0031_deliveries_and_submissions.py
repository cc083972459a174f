"""deliveries to suppliers and submitted readings"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0031"
down_revision = "0090"
branch_labels = None
depends_on = None

AT = sqlmodel.sql.sqltypes.UTCDateTime
READING_SOURCE = "R-17, Э-82: показания не позднее 25-го числа; у поставщиков окна 15–25, 15–26"
TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reading_first_day", sa.Integer(), nullable=False, server_default="15"))
        batch_op.add_column(sa.Column("reading_last_day", sa.Integer(), nullable=False, server_default="25"))
        batch_op.add_column(
            sa.Column("reading_source", TEXT(length=300), nullable=False, server_default=READING_SOURCE)
        )
    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("register_digits", sa.Integer(), nullable=False, server_default="6"))
        batch_op.add_column(sa.Column("register_decimals", sa.Integer(), nullable=False, server_default="2"))
    op.create_table(
        "supplier_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT(length=100), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("reading", "ticket", name="deliverykind", native_enum=False, length=16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", AT(), nullable=False),
        sa.Column("next_try_at", AT(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", AT(), nullable=True),
        sa.Column("delivered_at", AT(), nullable=True),
        sa.Column("failed_at", AT(), nullable=True),
        sa.Column("last_error", TEXT(length=300), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("supplier_delivery", schema=None) as batch_op:
        batch_op.create_index("ix_supplier_delivery_due", ["delivered_at", "failed_at", "next_try_at"], unique=False)
        batch_op.create_index("ix_supplier_delivery_order", ["contract_id", "id"], unique=False)
    op.create_table(
        "reading_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("form_key", TEXT(length=64), nullable=False),
        sa.Column("read_at", AT(), nullable=False),
        sa.Column("registers_wh", sa.JSON(), nullable=False),
        sa.Column("used_wh", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent", "accepted", "counted", "rejected", name="submissionstatus", native_enum=False, length=16
            ),
            nullable=False,
        ),
        sa.Column("reason", TEXT(length=300), nullable=False),
        sa.Column("created_at", AT(), nullable=False),
        sa.Column("decided_at", AT(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"]),
        sa.ForeignKeyConstraint(["point_id"], ["metering_point.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "form_key"),
    )
    with op.batch_alter_table("reading_submission", schema=None) as batch_op:
        batch_op.create_index("ix_reading_submission_point", ["point_id", "id"], unique=False)
        batch_op.create_index("ix_reading_submission_status", ["status", "contract_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("reading_submission")
    op.drop_table("supplier_delivery")
    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.drop_column("register_decimals")
        batch_op.drop_column("register_digits")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        for name in ("reading_source", "reading_last_day", "reading_first_day"):
            batch_op.drop_column(name)

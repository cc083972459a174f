"""held accounts, second factors that are reset, who looked at whose data"""

import sqlalchemy as sa

from alembic import op

revision = "0240"
down_revision = "0250"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply; accounts that are disabled today have been erased and need no row."""
    op.create_table(
        "account_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("was", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("held_at", UTC, nullable=False),
        sa.Column("lifted_by", sa.String(length=200), nullable=False),
        sa.Column("lifted_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_account_hold_user_id", "account_hold", ["user_id"])
    op.create_table(
        "factor_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_name", sa.String(length=200), nullable=False),
        sa.Column("asked_at", UTC, nullable=False),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("stop_sha256", sa.String(length=64), nullable=False),
        sa.Column("stopped_by", sa.String(length=200), nullable=False),
        sa.Column("stopped_at", UTC, nullable=True),
        sa.Column("done_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stop_sha256"),
    )
    for column in ("user_id", "due_at"):
        op.create_index(f"ix_factor_reset_{column}", "factor_reset", [column])
    _looks()


def _looks() -> None:
    numbers = ("user_id", "session_id", "device_id", "contract_id", "whose_id", "supplier_id")
    op.create_table(
        "data_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minute", UTC, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "minute", "user_id", "session_id", "device_id", "ip", "contract_id", "whose_id", "supplier_id"
        ),
    )
    op.create_index("ix_data_look_account", "data_look", ["user_id", "minute"])
    op.create_index("ix_data_look_ip", "data_look", ["ip", "minute"])


def downgrade() -> None:
    """Take back; accounts that are held stay disabled."""
    for table in ("data_look", "factor_reset", "account_hold"):
        op.drop_table(table)

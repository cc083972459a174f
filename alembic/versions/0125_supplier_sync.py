"""state of the sync with suppliers: cursors, refused rows, answers taken"""

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from alembic import op
from energo_cabinet.models.types import ExactDecimal

revision = "0125"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "supplier_sync",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("cursor", AutoString(length=500), nullable=False),
        sa.Column("as_of", UTCDateTime(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("succeeded_at", UTCDateTime(), nullable=True),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", AutoString(length=40), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id"),
    )
    op.create_table(
        "contract_sync",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UTCDateTime(), nullable=False),
        sa.Column("loaded_at", UTCDateTime(), nullable=True),
        sa.Column("as_of", UTCDateTime(), nullable=True),
        sa.Column("debt_rub", ExactDecimal(), nullable=True),
        sa.Column("debt_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("contract_id"),
    )
    op.create_index("ix_contract_sync_supplier_id", "contract_sync", ["supplier_id"])
    _rows()


def _rows() -> None:
    op.create_table(
        "sync_cursor",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("resource", AutoString(length=20), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("cursor", AutoString(length=500), nullable=False),
        sa.Column("etag", AutoString(length=200), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("contract_id", "resource"),
    )
    op.create_index("ix_sync_cursor_due", "sync_cursor", ["supplier_id", "due_at"])
    op.create_table(
        "sync_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("resource", AutoString(length=20), nullable=False),
        sa.Column("row", AutoString(length=100), nullable=False),
        sa.Column("reason", AutoString(length=40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contract_id", "resource", "row", "reason"),
    )
    op.create_index("ix_sync_refusal_supplier_id", "sync_refusal", ["supplier_id"])
    op.create_table(
        "synced_answer",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=100), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id", "key"),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("synced_answer", "sync_refusal", "sync_cursor", "contract_sync", "supplier_sync"):
        op.drop_table(table)

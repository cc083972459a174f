"""bills, payments, where a supplier is paid"""

import sqlalchemy as sa
import sqlmodel

from alembic import op
from energo_cabinet.models.types import ExactDecimal

revision = "0040"
down_revision = "0070"
branch_labels = None
depends_on = None

PAYEE = {"name": 160, "inn": 12, "kpp": 9, "account": 20, "bank": 45, "bic": 9, "corr_account": 20}


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        for name, length in PAYEE.items():
            kind = sqlmodel.sql.sqltypes.AutoString(length=length)
            batch_op.add_column(sa.Column(f"payee_{name}", kind, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        for name in PAYEE:
            op.alter_column("supplier", f"payee_{name}", server_default=None)
    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_rub", ExactDecimal(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contract_id", "month"),
        sa.UniqueConstraint("contract_id", "number"),
    )
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_due_on"), ["due_on"], unique=False)

    op.create_table(
        "charge",
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("price_rub", ExactDecimal(), nullable=True),
        sa.Column("amount_rub", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"]),
        sa.PrimaryKeyConstraint("bill_id", "line"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_rub", ExactDecimal(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contract_id", "number"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("payment")
    op.drop_table("charge")
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_due_on"))

    op.drop_table("bill")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        for name in reversed(PAYEE):
            batch_op.drop_column(f"payee_{name}")

"""search terms of contracts, blocks, views through a customer's eyes"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0160"
down_revision = "0130"
branch_labels = None
depends_on = None

TERM = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")


def upgrade() -> None:
    """Apply; `python -m energo_cabinet search rebuild` fills the terms of contracts there are."""
    op.create_table(
        "search_term",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("term", TERM, nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("shown", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.PrimaryKeyConstraint("supplier_id", "term", "contract_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("search_term", schema=None) as batch_op:
        batch_op.create_index("ix_search_term_contract", ["contract_id", "term"], unique=False)
    _customer_block()
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("credentials_issue", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("loginsession", schema=None) as batch_op:
        batch_op.add_column(sa.Column("viewing_user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("viewing_supplier_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("viewing_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def _customer_block() -> None:
    op.create_table(
        "customer_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("blocked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("lifted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    live = {"sqlite_where": sa.text("lifted_at IS NULL"), "postgresql_where": sa.text("lifted_at IS NULL")}
    with op.batch_alter_table("customer_block", schema=None) as batch_op:
        batch_op.create_index("uq_customer_block_contract", ["contract_id"], unique=True, **live)
        batch_op.create_index("uq_customer_block_user", ["user_id", "supplier_id"], unique=True, **live)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("loginsession", schema=None) as batch_op:
        batch_op.drop_column("viewing_until")
        batch_op.drop_column("viewing_supplier_id")
        batch_op.drop_column("viewing_user_id")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_column("credentials_issue")
    op.drop_table("customer_block")
    op.drop_table("search_term")

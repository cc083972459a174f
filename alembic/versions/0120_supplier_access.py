"""access to suppliers over the protocol"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0120"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    text = sqlmodel.sql.sqltypes.AutoString
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supplier_ref", text(length=64), nullable=False, server_default=""))
        batch_op.create_index("ix_contract_supplier_ref", ["supplier_id", "supplier_ref"], unique=False)
    op.create_table(
        "supplier_access",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("base_url", text(length=300), nullable=False),
        sa.Column("sealed_token", text(length=1000), nullable=False),
        sa.Column("connected_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id"),
    )
    op.create_table(
        "contract_login_try",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("login_digest", text(length=64), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id", "login_digest"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("contract_login_try")
    op.drop_table("supplier_access")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_supplier_ref")
        batch_op.drop_column("supplier_ref")

"""regions, brands and link requests"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0100"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; every supplier there is gets one region named like itself."""
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        text = sqlmodel.sql.sqltypes.AutoString
        batch_op.add_column(sa.Column("brand_colour", text(length=7), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("welcome_text", text(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("links_by_name", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "service_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("service_region", schema=None) as batch_op:
        batch_op.create_index("ix_service_region_supplier_id", ["supplier_id"], unique=False)
    op.execute("INSERT INTO service_region (supplier_id, title, position) SELECT id, name, 0 FROM supplier")
    op.create_table(
        "supplier_logo",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id"),
    )
    _link_request()


def _link_request() -> None:
    op.create_table(
        "link_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("customer_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("link_request", schema=None) as batch_op:
        batch_op.create_index("ix_link_request_user_id", ["user_id"], unique=False)
        batch_op.create_index("ix_link_request_waiting", ["supplier_id", "status", "id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("link_request")
    op.drop_table("supplier_logo")
    op.drop_table("service_region")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.drop_column("links_by_name")
        batch_op.drop_column("welcome_text")
        batch_op.drop_column("brand_colour")

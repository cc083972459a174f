"""normatives, registry files, instants of installations"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0140"
down_revision = "0125"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    text = sqlmodel.sql.sqltypes.AutoString
    with op.batch_alter_table("meter_installation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("installed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "normative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("name", text(length=200), nullable=False),
        sa.Column("value", sa.String(32) if is_sqlite else sa.Numeric(18, 6), nullable=False),
        sa.Column("unit", text(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", text(length=300), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_normative_supplier", "normative", ["supplier_id", "name", "valid_from"])
    op.create_table(
        "registry_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("name", text(length=255), nullable=False),
        sa.Column("sha256", text(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("applied_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("new", "changed", "same", "refused")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_registry_import_supplier", "registry_import", ["supplier_id", "id"])
    op.create_table(
        "registry_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fate", text(length=8), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("cells", "errors", "changes", "reasons")),
        sa.Column("is_other", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["registry_import.id"]),
        sa.PrimaryKeyConstraint("import_id", "line"),
    )
    op.create_table(
        "registry_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by", text(length=200), nullable=False),
        sa.Column("what", text(length=20), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["metering_point.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_registry_change_point", "registry_change", ["point_id", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("registry_change")
    op.drop_table("registry_import_row")
    op.drop_table("registry_import")
    op.drop_table("normative")
    with op.batch_alter_table("meter_installation", schema=None) as batch_op:
        batch_op.drop_column("removed_at")
        batch_op.drop_column("installed_at")

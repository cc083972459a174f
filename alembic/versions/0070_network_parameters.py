"""network parameters"""

import sqlalchemy as sa
import sqlmodel

import energo_cabinet.models.types
from alembic import op

revision = "0070"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    text = sqlmodel.sql.sqltypes.AutoString
    exact = energo_cabinet.models.types.ExactDecimal
    op.create_table(
        "network_parameters",
        sa.Column("point_id", sa.Integer(), sa.ForeignKey("metering_point.id"), nullable=False),
        sa.Column("measured_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("point_id"),
    )
    op.create_table(
        "network_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), sa.ForeignKey("metering_point.id"), nullable=False),
        sa.Column("quantity", text(length=8), nullable=False),
        sa.Column("step_min", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("point_id", "quantity", "step_min"),
    )
    op.create_table(
        "network_day",
        sa.Column("series_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("vals", sa.LargeBinary(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("series_id", "day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "network_norm",
        sa.Column("point_id", sa.Integer(), sa.ForeignKey("metering_point.id"), nullable=False),
        sa.Column("nominal_v", exact(precision=18, scale=6), nullable=True),
        sa.Column("source", text(length=200), nullable=False),
        sa.Column("meter_min_v", exact(precision=18, scale=6), nullable=True),
        sa.Column("meter_low_v", exact(precision=18, scale=6), nullable=True),
        sa.Column("meter_high_v", exact(precision=18, scale=6), nullable=True),
        sa.Column("meter_max_v", exact(precision=18, scale=6), nullable=True),
        sa.PrimaryKeyConstraint("point_id"),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("network_norm", "network_day", "network_series", "network_parameters"):
        op.drop_table(table)

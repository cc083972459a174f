"""journal events and transformers"""

import sqlalchemy as sa
import sqlmodel

import energo_cabinet.models.types
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    text = sqlmodel.sql.sqltypes.AutoString
    exact = energo_cabinet.models.types.ExactDecimal
    op.create_table(
        "meter_event",
        sa.Column("point_id", sa.Integer(), sa.ForeignKey("metering_point.id"), autoincrement=False, nullable=False),
        sa.Column("started_s", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("mark", text(length=5), nullable=False),
        sa.Column("ended_s", sa.BigInteger(), nullable=True),
        sa.Column("meter_started_s", sa.BigInteger(), nullable=True),
        sa.Column("meter_ended_s", sa.BigInteger(), nullable=True),
        sa.Column("meter_offset_min", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("area", text(length=10), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("stated_s", sa.Integer(), nullable=True),
        sa.Column("shift_s", sa.Integer(), nullable=True),
        sa.Column("doubt", text(length=8), nullable=False),
        sa.Column("night", sa.Integer(), nullable=True),
        sa.Column("raw", text(length=1000), nullable=False),
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("import_file.id"), nullable=True),
        sa.PrimaryKeyConstraint("point_id", "started_s", "code"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meter_event_code", "meter_event", ["point_id", "code", "started_s"])
    op.create_index("ix_meter_event_severity", "meter_event", ["point_id", "severity", "started_s"])
    op.create_table(
        "transformer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), sa.ForeignKey("metering_point.id"), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("current", "voltage", name="transformerkind", native_enum=False, length=16), nullable=False),
        sa.Column("model", text(length=120), nullable=False),
        sa.Column("serial_number", text(length=60), nullable=False),
        sa.Column("registry_number", text(length=40), nullable=False),
        sa.Column("place", text(length=200), nullable=False),
        sa.Column("commissioned_on", sa.Date(), nullable=True),
        sa.Column("last_verification_on", sa.Date(), nullable=True),
        sa.Column("next_verification_on", sa.Date(), nullable=True),
        sa.Column("nominal_voltage", text(length=40), nullable=False),
        sa.Column("nominal_frequency_hz", exact(precision=18, scale=6), nullable=True),
        sa.Column("primary_current_a", exact(precision=18, scale=6), nullable=True),
        sa.Column("secondary_current_a", exact(precision=18, scale=6), nullable=True),
        sa.Column("accuracy_class", text(length=20), nullable=False),
        sa.Column("comment", text(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("point_id", "phase", "kind"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("transformer")
    op.drop_index("ix_meter_event_severity", table_name="meter_event")
    op.drop_index("ix_meter_event_code", table_name="meter_event")
    op.drop_table("meter_event")

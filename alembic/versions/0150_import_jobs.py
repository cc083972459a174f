"""queue and journal of imports, refused rows, tokens of machines"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0150"
down_revision = "0170"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Apply."""
    _import_job()
    op.create_table(
        "import_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("member", TEXT(length=200), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", TEXT(length=40), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["import_job.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_refusal_job", "import_refusal", ["job_id", "id"], unique=False)
    op.create_table(
        "import_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT(length=100), nullable=False),
        sa.Column("token_sha256", TEXT(length=64), nullable=False),
        sa.Column("ending", TEXT(length=8), nullable=False),
        sa.Column("created_by", TEXT(length=200), nullable=False),
        sa.Column("created_at", MOMENT(), nullable=False),
        sa.Column("last_used_at", MOMENT(), nullable=True),
        sa.Column("revoked_at", MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_import_token_supplier_id", "import_token", ["supplier_id"], unique=False)
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("job_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_import_file_job_id", "import_job", ["job_id"], ["id"])
        batch_op.create_index("ix_import_file_job_id", ["job_id"], unique=False)
    for table in ("profile_day_version", "meter_reading_version"):
        op.create_index(f"ix_{table}_replaced_by_file_id", table, ["replaced_by_file_id"], unique=False)


def _import_job() -> None:
    numbers = ("progress_done", "progress_total", "points", "stored", "replaced", "unchanged", "refused")
    op.create_table(
        "import_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT(length=40), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("sender", TEXT(length=200), nullable=False),
        sa.Column("name", TEXT(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT(length=64), nullable=False),
        sa.Column("searched", TEXT(length=540), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT(), nullable=False),
        *(sa.Column(f"{name}_at", MOMENT(), nullable=True) for name in ("started", "finished", "settled", "file_gone")),
        sa.Column("owner", TEXT(length=40), nullable=False),
        sa.Column("leased_until", MOMENT(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("kind", TEXT(length=40), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_import_job_journal", "import_job", ["supplier_id", "id"], unique=False)
    op.create_index("ix_import_job_queue", "import_job", ["status", "id"], unique=False)
    op.create_index("ix_import_job_token_id", "import_job", ["token_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    for table in ("profile_day_version", "meter_reading_version"):
        op.drop_index(f"ix_{table}_replaced_by_file_id", table)
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index("ix_import_file_job_id")
        batch_op.drop_constraint("fk_import_file_job_id", type_="foreignkey")
        batch_op.drop_column("job_id")
    op.drop_table("import_token")
    op.drop_table("import_refusal")
    op.drop_table("import_job")

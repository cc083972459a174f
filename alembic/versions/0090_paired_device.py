"""paired devices"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0090"
down_revision = "0030"
branch_labels = None
depends_on = None

TEXT, AT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", TEXT(length=64), nullable=False),
        sa.Column("typed_argon2", TEXT(length=64), nullable=False),
        sa.Column("claim_sha256", TEXT(length=64), nullable=True),
        sa.Column("created_at", AT(), nullable=False),
        sa.Column("expires_at", AT(), nullable=False),
        sa.Column("cancelled_at", AT(), nullable=True),
        sa.Column("claimed_at", AT(), nullable=True),
        sa.Column("confirmed_at", AT(), nullable=True),
        sa.Column("refused_at", AT(), nullable=True),
        sa.Column("collected_at", AT(), nullable=True),
        sa.Column("device_name", TEXT(length=60), nullable=False),
        sa.Column("device_ip", TEXT(length=45), nullable=False),
        sa.Column("check_number", TEXT(length=2), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["loginsession.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_sha256"),
        sa.UniqueConstraint("typed_argon2"),
        sa.UniqueConstraint("claim_sha256"),
    )
    op.create_index("ix_pairing_user_id", "pairing", ["user_id"])
    op.create_index("ix_pairing_session_id", "pairing", ["session_id"])
    op.create_table(
        "paired_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT(length=60), nullable=False),
        sa.Column("token_sha256", TEXT(length=64), nullable=True),
        sa.Column("login_session_id", sa.Integer(), nullable=True),
        sa.Column("paired_at", AT(), nullable=False),
        sa.Column("last_seen_at", AT(), nullable=False),
        sa.Column("revoked_at", AT(), nullable=True),
        sa.Column("ip", TEXT(length=45), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["login_session_id"], ["loginsession.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_paired_device_user_id", "paired_device", ["user_id"])
    op.create_index("ix_paired_device_login_session_id", "paired_device", ["login_session_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("paired_device")
    op.drop_table("pairing")

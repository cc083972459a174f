"""attachments"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0030"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("record", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum("reading", "ticket", name="attachmentpurpose", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        for column in ("contract_id", "created_at", "record", "user_id"):
            batch_op.create_index(f"ix_attachment_{column}", [column], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("attachment")

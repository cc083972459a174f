"""broadcasts: their recipients, letters of many alike, the feeder of a point"""

import sqlalchemy as sa
import sqlmodel

from alembic import op
from energo_cabinet.models.types import ExactDecimal

revision = "0170"
down_revision = "0140"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
AT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("metering_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("feeder", TEXT(length=60), nullable=False, server_default=""))
    _broadcast()
    op.create_table(
        "broadcast_recipient",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"]),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("broadcast_id", "user_id"),
    )
    with op.batch_alter_table("outbox_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_bulk", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("broadcast_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_outbox_letter_broadcast", "broadcast", ["broadcast_id"], ["id"])
        batch_op.drop_index("ix_outbox_letter_due")
        batch_op.create_index("ix_outbox_letter_due", ["sent_at", "is_bulk", "next_try_at"], unique=False)
        batch_op.create_index("ix_outbox_letter_broadcast_id", ["broadcast_id"], unique=False)


def _broadcast() -> None:
    numbers = ("reached_user_id", "queued", "handled", "in_cabinet", "by_email", "switched_off", "failed")
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("author", TEXT(length=200), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", TEXT(length=200), nullable=False),
        sa.Column("text", TEXT(length=2000), nullable=False),
        sa.Column("title_en", TEXT(length=200), nullable=False),
        sa.Column("text_en", TEXT(length=2000), nullable=False),
        sa.Column("works_start", AT(), nullable=True),
        sa.Column("works_end", AT(), nullable=True),
        sa.Column("works_address", TEXT(length=300), nullable=False),
        sa.Column("locality", TEXT(length=300), nullable=False),
        sa.Column("address_part", TEXT(length=200), nullable=False),
        sa.Column("consumer_class", sa.String(length=16), nullable=True),
        sa.Column("debt_from_rub", ExactDecimal(), nullable=True),
        sa.Column("feeder", TEXT(length=60), nullable=False),
        sa.Column("send_at", AT(), nullable=True),
        sa.Column("created_at", AT(), nullable=False),
        sa.Column("changed_at", AT(), nullable=False),
        sa.Column("started_at", AT(), nullable=True),
        sa.Column("finished_at", AT(), nullable=True),
        sa.Column("told_at", AT(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.create_index("ix_broadcast_due", ["status", "send_at"], unique=False)
        batch_op.create_index("ix_broadcast_newest", ["supplier_id", "id"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox_letter", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_letter_broadcast_id")
        batch_op.drop_index("ix_outbox_letter_due")
        batch_op.drop_constraint("fk_outbox_letter_broadcast", type_="foreignkey")
        batch_op.drop_column("broadcast_id")
        batch_op.drop_column("is_bulk")
        batch_op.create_index("ix_outbox_letter_due", ["sent_at", "next_try_at"], unique=False)
    op.drop_table("broadcast_recipient")
    op.drop_table("broadcast")
    with op.batch_alter_table("metering_point", schema=None) as batch_op:
        batch_op.drop_column("feeder")

"""tickets"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0050"
down_revision = "0040"
branch_labels = None
depends_on = None

STATUSES = ("new", "in_work", "awaiting", "closed")
CATEGORIES = ("meter", "readings", "verification", "quality", "charges", "tariff", "other")


def _text(length: int) -> sa.types.TypeEngine:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=16)


def upgrade() -> None:
    """Apply."""
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "ticket_counter",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("contract_id"),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", _one_of("ticketcategory", CATEGORIES), nullable=False),
        sa.Column("theme", _text(120), nullable=False),
        sa.Column("status", _one_of("ticketstatus", STATUSES), nullable=False),
        sa.Column("email", _text(254), nullable=False),
        sa.Column("phone", _text(20), nullable=False),
        sa.Column("searched", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("request_key", _text(64), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rating_note", _text(300), nullable=False),
        sa.Column("is_unread", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["point_id"], ["metering_point.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contract_id", "number"),
        sa.UniqueConstraint("user_id", "request_key"),
    )
    op.create_index("ix_ticket_newest", "ticket", ["user_id", "contract_id", "number"])
    op.create_table(
        "ticket_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("author", _one_of("ticketauthor", ("customer", "supplier")), nullable=False),
        sa.Column("signature", _text(100), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("becomes", _one_of("ticketstatus", STATUSES), nullable=True),
        sa.Column("request_key", _text(64), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ticket_id", "request_key"),
    )
    op.create_index("ix_ticket_message_ticket_id", "ticket_message", ["ticket_id"])
    op.create_table(
        "ticket_draft",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("place", _text(40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user_id", "place"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("ticket_draft")
    op.drop_table("ticket_message")
    op.drop_table("ticket")
    op.drop_table("ticket_counter")

"""the supplier's side of tickets: versions, assignment, notes, templates, terms, calendar, presence"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0130"
down_revision = "0150"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
OPEN = sa.text("status <> 'closed'")


def upgrade() -> None:
    """Apply; tickets learn whose supplier they are, and when their clock began."""
    _ticket()
    with op.batch_alter_table("ticket_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_ticket_message_about_id", "ticket", ["about_id"], ["id"])
    _notes()
    _rules()


def _ticket() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supplier_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("author", TEXT(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("assignee_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE ticket SET supplier_id = (SELECT supplier_id FROM contract WHERE contract.id = ticket.contract_id), "
        "asked_on = CASE WHEN answer_due_on IS NULL THEN NULL ELSE date(created_at) END"
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.alter_column("supplier_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key("fk_ticket_supplier_id", "supplier", ["supplier_id"], ["id"])
        batch_op.create_foreign_key("fk_ticket_assignee_id", "user_account", ["assignee_id"], ["id"])
        batch_op.create_foreign_key("fk_ticket_merged_into_id", "ticket", ["merged_into_id"], ["id"])
        batch_op.create_index("ix_ticket_desk", ["supplier_id", "answer_due_on", "id"], unique=False)
        batch_op.create_index("ix_ticket_merged_into_id", ["merged_into_id"], unique=False)
        batch_op.create_index(
            "ix_ticket_desk_open",
            ["supplier_id", "answer_due_on", "id"],
            unique=False,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )


def _notes() -> None:
    op.create_table(
        "ticket_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", TEXT(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", TEXT(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("ticket_note", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_note_ticket_id", ["ticket_id"], unique=False)
    op.create_table(
        "ticket_presence",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT(length=200), nullable=False),
        sa.Column("expires_at", INSTANT(), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("ticket_id", "operator_id"),
    )


def _rules() -> None:
    op.create_table(
        "answer_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("title", TEXT(length=100), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=True),
        sa.Column("text", TEXT(), nullable=False),
        sa.Column("changed_by", TEXT(length=200), nullable=False),
        sa.Column("changed_at", INSTANT(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supplier_id", "title"),
    )
    op.create_table(
        "ticket_term",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", TEXT(length=300), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id", "category"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", TEXT(length=100), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.PrimaryKeyConstraint("supplier_id", "day"),
    )


def downgrade() -> None:
    """Undo."""
    for name in ("calendar_day", "ticket_term", "answer_template", "ticket_presence", "ticket_note"):
        op.drop_table(name)
    with op.batch_alter_table("ticket_message", schema=None) as batch_op:
        batch_op.drop_constraint("fk_ticket_message_about_id", type_="foreignkey")
        batch_op.drop_column("about_id")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        for name in ("ix_ticket_desk_open", "ix_ticket_merged_into_id", "ix_ticket_desk"):
            batch_op.drop_index(name)
        for name in ("merged_into_id", "assignee_id", "supplier_id"):
            batch_op.drop_constraint(f"fk_ticket_{name}", type_="foreignkey")
        for name in ("version", "merged_into_id", "assignee_id", "asked_on", "author", "supplier_id"):
            batch_op.drop_column(name)

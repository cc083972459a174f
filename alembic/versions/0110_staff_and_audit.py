"""staff members and the audit journal"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0110"
down_revision = "0120"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
SQLITE_TRIGGER = """CREATE TRIGGER audit_entry_no_{what} BEFORE {what} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END"""
POSTGRES_FUNCTION = """CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit journal is append-only'; END $$"""
POSTGRES_TRIGGER = """CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("name", TEXT(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
    )
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.create_index("ix_staff_member_supplier_id", ["supplier_id"], unique=False)
    _journal()
    _append_only()


def _journal() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", TEXT(length=200), nullable=False),
        sa.Column("role", TEXT(length=20), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("action", TEXT(length=80), nullable=False),
        sa.Column("whose_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("details", TEXT(), nullable=False),
        sa.Column("ip", TEXT(length=45), nullable=False),
        sa.Column("previous_sha256", TEXT(length=64), nullable=False),
        sa.Column("sha256", TEXT(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        for name, column in (("whose", "whose_id"), ("contract", "contract_id"), ("supplier", "supplier_id")):
            batch_op.create_index(f"ix_audit_entry_{name}", [column, "id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO audit_head (id, entries, sha256) VALUES (1, 0, '')")


def _append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(what=what))
    else:
        op.execute(POSTGRES_FUNCTION)
        op.execute(POSTGRES_TRIGGER)


def downgrade() -> None:
    """Undo."""
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_entry_refuse()")
    op.drop_table("staff_member")

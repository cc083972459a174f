"""the audit journal's digests are keyed, its end is sealed, and nothing but the next entry can be inserted"""

import sqlalchemy as sa

from alembic import op

revision = "0230"
down_revision = "0220"
branch_labels = None
depends_on = None

SQLITE_INSERT = """CREATE TRIGGER audit_entry_only_next BEFORE INSERT ON audit_entry
WHEN NEW.id IS NOT (SELECT entries FROM audit_head WHERE id = 1)
  OR EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END"""
SQLITE_HEAD = """CREATE TRIGGER audit_head_only_on BEFORE UPDATE ON audit_head
WHEN NEW.entries NOT IN (OLD.entries, OLD.entries + 1)
BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END"""
SQLITE_OTHER = """CREATE TRIGGER audit_head_no_{what} BEFORE {what} ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit journal is append-only'); END"""
POSTGRES = (
    """CREATE FUNCTION audit_entry_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.id IS DISTINCT FROM (SELECT entries FROM audit_head WHERE id = 1) THEN
RAISE EXCEPTION 'the audit journal is append-only'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER audit_entry_only_next BEFORE INSERT ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_next()""",
    """CREATE FUNCTION audit_head_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'UPDATE' AND NEW.entries IN (OLD.entries, OLD.entries + 1) THEN RETURN NEW; END IF;
RAISE EXCEPTION 'the audit journal is append-only'; END $$""",
    """CREATE TRIGGER audit_head_only_on BEFORE INSERT OR UPDATE OR DELETE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_head_on()""",
)


def upgrade() -> None:
    """Apply; entries that are there keep their plain digests."""
    op.add_column("audit_entry", sa.Column("key_id", sa.String(length=40), nullable=False, server_default=""))
    for name, length in (("key_id", 40), ("mac", 64)):
        op.add_column("audit_head", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_INSERT)
        op.execute(SQLITE_HEAD)
        for what in ("INSERT", "DELETE"):
            op.execute(SQLITE_OTHER.format(what=what))
    else:
        for statement in POSTGRES:
            op.execute(statement)


def downgrade() -> None:
    """Take back; keyed entries cannot be verified after it."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("entry_only_next", "head_only_on", "head_no_INSERT", "head_no_DELETE"):
            op.execute(f"DROP TRIGGER audit_{name}")
    else:
        op.execute("DROP TRIGGER audit_entry_only_next ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_next()")
        op.execute("DROP TRIGGER audit_head_only_on ON audit_head")
        op.execute("DROP FUNCTION audit_head_on()")
    for table, names in (("audit_head", ("mac", "key_id")), ("audit_entry", ("key_id",))):
        for name in names:
            op.drop_column(table, name)

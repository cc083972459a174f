"""an activation link holds its application; a contract named in one waits there and not as a draft request"""

import json

import sqlalchemy as sa

from alembic import op

revision = "0200"
down_revision = "0190"
branch_labels = None
depends_on = None

OF_USER = ("full_name", "phone", "address", "contract_number", "consumer_class", "password_hash", "language")


def upgrade() -> None:
    """Apply; links that are still good keep their way."""
    with op.batch_alter_table("onetimecode", schema=None) as batch_op:
        batch_op.add_column(sa.Column("application", sa.JSON(), nullable=True))
    bind = op.get_bind()
    columns = ", ".join(f"u.{name}" for name in OF_USER)
    waiting = sa.text(
        f"SELECT c.id, {columns}, (SELECT max(r.supplier_id) FROM link_request r"
        " WHERE r.user_id = u.id AND r.status = 'draft') AS supplier_id"
        " FROM onetimecode c JOIN user_account u ON u.id = c.user_id"
        " WHERE c.purpose = 'activation' AND c.used_at IS NULL AND u.status = 'pending'"
    )
    for row in bind.execute(waiting).mappings().all():
        kept = {name: row[name] for name in (*OF_USER, "supplier_id")}
        mine = sa.text("UPDATE onetimecode SET application = :kept WHERE id = :id")
        bind.execute(mine, {"kept": json.dumps(kept), "id": row["id"]})
    bind.execute(sa.text("DELETE FROM link_request WHERE status = 'draft'"))


def downgrade() -> None:
    """Take back; links that wait are dead, and people register again."""
    with op.batch_alter_table("onetimecode", schema=None) as batch_op:
        batch_op.drop_column("application")

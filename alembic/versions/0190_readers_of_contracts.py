"""who came to read a contract by what, codes that open one, objections; number and name open none"""

import sqlalchemy as sa

from alembic import op

revision = "0190"
down_revision = "0180"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.drop_column("links_by_name")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_email", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_phone", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("code_issue", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("contractlink", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=16), nullable=False, server_default="earlier"))
    op.create_table(
        "contract_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contract_code_asked", "contract_code", ["contract_id", "user_id", "id"])
    op.create_index("ix_contract_code_user_id", "contract_code", ["user_id"])
    op.create_table(
        "link_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("fate", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["contractlink.id"]),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"]),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key_sha256"),
    )
    op.create_index("ix_link_objection_fate", "link_objection", ["supplier_id", "fate", "id"])
    for column in ("link_id", "contract_id", "user_id"):
        op.create_index(f"ix_link_objection_{column}", "link_objection", [column])


def downgrade() -> None:
    """Take back."""
    op.drop_table("link_objection")
    op.drop_table("contract_code")
    with op.batch_alter_table("contractlink", schema=None) as batch_op:
        batch_op.drop_column("way")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_column("code_issue")
        batch_op.drop_column("contact_phone")
        batch_op.drop_column("contact_email")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("links_by_name", sa.Boolean(), nullable=False, server_default=sa.true()))

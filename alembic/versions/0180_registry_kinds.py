"""registry files of tariff prices and of normatives"""

import sqlalchemy as sa

from alembic import op

revision = "0180"
down_revision = "0160"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("registry_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=16), nullable=False, server_default="points"))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("registry_import", schema=None) as batch_op:
        batch_op.drop_column("kind")

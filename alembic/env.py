"""Migrations on SQLModel.metadata and the configured database; `alembic upgrade head` and `make migrate` both work."""

from alembic import context
from sqlmodel import SQLModel

import energo_cabinet.models  # noqa: F401  fills the metadata
from energo_cabinet.database import get_engine

connection = context.config.attributes.get("connection")
with connection or get_engine().connect() as conn:
    context.configure(connection=conn, target_metadata=SQLModel.metadata, render_as_batch=conn.dialect.name == "sqlite")
    with context.begin_transaction():
        context.run_migrations()
    conn.commit()

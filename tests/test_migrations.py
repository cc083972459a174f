"""Migrations lead to exactly the schema of the models, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel


def _own(name: str | None, kind: str, parents: dict) -> bool:
    """Leave out what PostgreSQL alone has: the monthly partitions, which the import makes, and their BRIN index."""
    return not (name or "").startswith("profile_day_p" if kind == "table" else "profile_day_brin")


def test_migrated_schema_equals_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _own})
        assert compare_metadata(context, SQLModel.metadata) == []

"""Migrations lead to exactly the schema of the models, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel


def _own(name: str | None, kind: str, parents: dict) -> bool:
    """Leave out the monthly partitions of PostgreSQL, which the import makes."""
    return kind != "table" or not (name or "").startswith("profile_day_p")


def test_migrated_schema_equals_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _own})
        assert compare_metadata(context, SQLModel.metadata) == []

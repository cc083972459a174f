"""Schema migrations by alembic, without its command line."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from alembic import command
from energo_cabinet.database import get_engine

ROOT = Path(__file__).parents[1]


def migrate(engine: Engine | None = None) -> str:
    """Upgrade to the newest revision and return it."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "alembic"))
    with (engine or get_engine()).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with (engine or get_engine()).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""

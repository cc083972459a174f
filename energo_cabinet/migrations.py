"""Schema migrations by alembic, without its command line."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from alembic import command
from energo_cabinet.database import get_engine
from energo_cabinet.errors import CabinetError

ROOT = Path(__file__).parents[1]


def migrate(engine: Engine | None = None) -> str:
    """Upgrade to the newest revision and return it; CabinetError(no_database) when it is none or does not answer."""
    chosen = engine or get_engine()
    _revision(chosen)
    config = _config()
    with chosen.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return _revision(chosen)


def is_current(engine: Engine | None = None) -> bool:
    """Whether the database is at the newest revision; CabinetError(no_database) when it is none or does not answer."""
    return _revision(engine or get_engine()) == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "alembic"))
    return config


def _revision(engine: Engine) -> str:
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    except DatabaseError as error:
        raise CabinetError("no_database", reason=str(error.orig).splitlines()[0]) from error

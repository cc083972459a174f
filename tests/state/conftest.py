"""States meet the database only through services, which have their tests on both databases: here SQLite is enough."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from energo_cabinet.database import make_engine


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A fresh migrated SQLite database."""
    path = tmp_path / "cabinet.db"
    shutil.copy(sqlite_template, path)
    made = make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()

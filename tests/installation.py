"""An installation inside the test's process: settings, an empty data folder, counts at zero; with or without a door."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from energo_cabinet.auth import rate
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.database import get_engine
from energo_cabinet.settings import get_settings


class Installation:
    """Change settings with `set(session_idle_hours=1)`; `data_dir` is empty."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
        self._monkeypatch, self.data_dir = monkeypatch, data_dir

    def set(self, **settings: object) -> None:
        """Set ENERGO_ variables and read the settings again."""
        for name, value in settings.items():
            self._monkeypatch.setenv(f"ENERGO_{name.upper()}", str(value))
        get_settings.cache_clear()


NOWHERE = {
    "sqlite": "sqlite:////dev/null/take_the_fixture_installation",
    "postgres": "postgresql+psycopg://nobody@127.0.0.1:1/take_the_fixture_installation",
}


@pytest.fixture
def surroundings(dialect: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Installation]:
    """Settings and counts of an installation, for services that `session` runs: its door leads nowhere."""
    for name in [name for name in os.environ if name.startswith("ENERGO_")]:
        monkeypatch.delenv(name)
    made = Installation(monkeypatch, tmp_path / "data")
    made.set(database_url=NOWHERE[dialect], data_dir=made.data_dir)
    get_engine.cache_clear()
    rate.forget_all()
    forget_sessions()
    yield made
    tried = get_engine.cache_info().misses
    get_settings.cache_clear()
    get_engine.cache_clear()
    assert not tried, "the test goes through the door: take `installation`"


@pytest.fixture
def installation(engine: Engine, surroundings: Installation) -> Iterator[Installation]:
    """The door leads to this test's own database."""
    surroundings.set(database_url=engine.url.render_as_string(hide_password=False))
    get_engine.cache_clear()
    own_engine = get_engine()
    yield surroundings
    own_engine.dispose()
    get_engine.cache_clear()

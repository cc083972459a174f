"""Shared fixtures: a session on SQLite and on PostgreSQL, the cast of DESIGN section 7, a clock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from energo_cabinet.auth.access import Subject
from tests.cast import NOW, cast, contract_hash  # noqa: F401  (fixtures)
from tests.databases import (  # noqa: F401  (fixtures)
    dialect,
    engine,
    postgres_url,
    session,
    shared_engine,
    shared_postgres,
    shared_sqlite,
    sqlite_template,
)
from tests.installation import installation, surroundings  # noqa: F401  (fixtures)

pytest_plugins = ["tests.budgets", "tests.soak.draw"]

HOUSE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # a busy machine is no failure
settings.register_profile("house", derandomize=False, print_blob=True, **HOUSE)  # tests/soak/draw.py
settings.load_profile("house")

SHARED = Path(os.environ.get("ENERGO_TEST_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture
def system() -> Subject:
    """The system at NOW."""
    return Subject("system", NOW)


@pytest.fixture
def anonymous() -> Subject:
    """A visitor at NOW."""
    return Subject("anonymous", NOW, ip="192.0.2.1", device="test")

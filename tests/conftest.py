"""Shared fixtures: a fresh database on SQLite and on PostgreSQL, the cast of DESIGN section 7, a clock."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import make_engine
from energo_cabinet.migrations import migrate
from tests.cast import NOW, cast, contract_hash  # noqa: F401  (fixtures)
from tests.installation import installation  # noqa: F401  (fixture)
from tests.servers import absent, postgres_bin, postgres_server

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no failure

SHARED = Path(os.environ.get("ENERGO_TEST_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "cabinet.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server with a migrated template database."""
    if postgres_bin() is None:
        absent("PostgreSQL (initdb, postgres; Debian: postgresql)")
    with postgres_server() as url:
        with create_engine(url, isolation_level="AUTOCOMMIT").connect() as admin:
            admin.execute(text("CREATE DATABASE template_cabinet"))
        engine = make_engine(url.replace("/postgres", "/template_cabinet"))
        migrate(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh migrated database, once on each backend."""
    if request.param == "sqlite":
        path = tmp_path / "cabinet.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        made = make_engine(f"sqlite:///{path}")
    else:
        server = request.getfixturevalue("postgres_url")
        name = f"t{uuid.uuid4().hex[:12]}"
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as admin:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template_cabinet"))
        made = make_engine(server.replace("/postgres", f"/{name}"))
    yield made
    made.dispose()
    if request.param == "postgres":  # a thousand tests would leave a thousand copies on the disk
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as admin:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on the fresh database."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def system() -> Subject:
    """The system at NOW."""
    return Subject("system", NOW)


@pytest.fixture
def anonymous() -> Subject:
    """A visitor at NOW."""
    return Subject("anonymous", NOW, ip="192.0.2.1", device="test")

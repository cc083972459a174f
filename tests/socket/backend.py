"""A real backend process with its own database, and browsers that speak to it without a page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import Engine
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.database import make_engine
from energo_cabinet.migrations import migrate
from energo_cabinet.models import User
from energo_cabinet.services.sign_in.user_entry import add_user
from tests import cast as make
from tests.e2e.cabinet import ROOT, environment
from tests.servers import answers, free_port, wait_for

PASSWORD = "Синий трактор 7"
CANARY = "Канарейка-на-Лесной"


@dataclass(frozen=True)
class Backend:
    """A running backend; Анна has a point whose name and whose contract's title are the canary."""

    port: int
    engine: Engine
    log: Path
    point_id: int

    @property
    def url(self) -> str:
        """The address a browser would show."""
        return f"http://localhost:{self.port}"

    def post(self, path: str, sid: str = "", **data: str) -> httpx.Response:
        """A form sent by the site's own page."""
        return httpx.post(self.url + path, data=data, headers={"Origin": self.url}, cookies={"sid": sid} if sid else {})

    def sign_in(self, email: str, password: str = PASSWORD) -> str:
        """The `sid` cookie of a fresh session."""
        return self.post("/api/login", email=email, password=password).cookies["sid"]

    def session(self) -> Session:
        """A session on the backend's database."""
        return Session(self.engine, expire_on_commit=False)


@contextmanager
def running_backend(folder: Path, **settings: str) -> Iterator[Backend]:
    """`reflex run --env prod --backend-only`, ended by SIGTERM; no built front end is needed."""
    port, log = free_port(), folder / "backend.log"
    env = environment(folder, port, **settings) | {"REFLEX_CHECK_LATEST_VERSION": "false"}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    engine = make_engine(f"sqlite:///{folder / 'cabinet.db'}")
    migrate(engine)
    point_id = _people(engine)
    command = [str(Path(sys.executable).parent / "reflex"), "run", "--env", "prod", "--backend-only"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: answers(port) or process.poll() is not None, 120, "the backend")
        assert process.poll() is None, log.read_text()
        yield Backend(port, engine, log, point_id)
    finally:
        process.terminate()
        process.wait(30)
        engine.dispose()


def _people(engine: Engine) -> int:
    """Анна with a flat, Борис with nothing, Дарья who works for another supplier; the id of Анна's point."""
    with Session(engine, expire_on_commit=False) as session:
        at = Subject("system", datetime.now(UTC))
        users = {
            name: add_user(
                session, at, f"{name}@example.org", PASSWORD, f"{CANARY if name == 'anna' else 'Борис'} {name}"
            )
            for name in ("anna", "boris", "vera", "grigory")
        }
        flat = make.contract(session, make.supplier(session))
        anna = Subject("customer", make.NOW, user_id=users["anna"].id)
        make.link(session, anna, flat, CANARY)
        point = make.point(session, flat, number=f"{CANARY}-01")
        make.day(session, make.series(session, point), datetime.now(UTC).date())  # a week of silence would be told
        darya = make.staff(session, "darya@example.org", "Дальняя Дарья", make.supplier(session, "FAR", "Дальний"))
        session.get_one(User, darya.user).password_hash = hash_password(PASSWORD)
        session.commit()
        return point.id or 0

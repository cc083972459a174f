"""Three people, a supplier with two contracts, and the door: one database built once and copied for each example."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session

from energo_cabinet import door
from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.database import get_engine, make_engine, session_scope
from energo_cabinet.errors import CabinetError
from energo_cabinet.migrations import migrate
from energo_cabinet.models import ServiceRegion, User
from energo_cabinet.services.sign_in import account
from energo_cabinet.settings import get_settings
from tests import cast as make
from tests.soak.model import CONTRACTS, PEOPLE

PASSWORD = "Синий трактор 7"
FIRST_WH = 4_500_000
WIDE = ("contract_ip", "objection_user", "reading_user", "login_account", "login_ip", "contract_code_user")
"""Limits that are not in question here."""


@dataclass(frozen=True)
class Facts:
    """What a built town is known by: sessions by person, rows' ids."""

    sids: dict[str, str]
    users: dict[str, int]
    contracts: tuple[int, ...]
    points: tuple[int, ...]
    region: str
    staff: Subject


class Town:
    """A town of its own database: call use cases as its people at the machine's time."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.now = facts, make.NOW
        self.sids = dict(facts.sids)

    def tick(self, minutes: int = 1) -> None:
        """Time goes on, by less than a session's idle hours in a whole example."""
        self.now += timedelta(minutes=minutes)

    def ask(self, person: str, service: Callable[..., Any], *args: object) -> Any:
        """What the use case answers to a person's browser, or the code of its refusal."""
        try:
            return door.run_at(self.now, door.Caller(sid=self.sids[person], ip="192.0.2.1"), service, *args)
        except CabinetError as refusal:
            return refusal.code

    def look(self, person: str, *calls: tuple[Any, ...]) -> list[Any]:
        """What a page shows at once, in one pass through the door: an answer or the code of a refusal of each call."""

        def reading(session: Session, subject: Subject) -> list[Any]:
            return [_answer(session, subject, *call) for call in calls]

        return door.run_at(self.now, door.Caller(sid=self.sids[person], ip="192.0.2.1"), reading)

    def order(self, service: Callable[..., Any], *args: object, of: str = "system") -> Any:
        """What it answers to the supplier's member of staff, or to the system."""
        try:
            with session_scope() as session:
                subject = Subject("system", self.now) if of == "system" else self.member
                return service(session, subject, *args)
        except CabinetError as refusal:
            return refusal.code

    @property
    def member(self) -> Subject:
        """The supplier's administrator now."""
        return replace(self.facts.staff, at=self.now, proved_at=self.now)

    def sign_in(self, person: str) -> None:
        """A fresh session by the password."""
        self.sids[person] = door.run_at(
            self.now, door.Caller(ip="192.0.2.1"), account.sign_in, address(person), PASSWORD, True
        )


def _answer(session: Session, subject: Subject, service: Callable[..., Any], *args: object) -> Any:
    try:
        return service(session, subject, *args)
    except CabinetError as refusal:
        return refusal.code


def address(person: str) -> str:
    """E-mail of a person."""
    return f"{person}@example.org"


def number(contract: int) -> str:
    """Number of a contract."""
    return f"7638-294-06{contract}"


def build(session: Session) -> Facts:
    """People who are signed in, contracts nobody has linked, a dial of each read a month ago."""
    of = make.supplier(session)
    of.reading_first_day, of.reading_last_day = 1, 31
    region = ServiceRegion(supplier_id=of.id, title="Лесная")
    session.add(region)
    kept, stored = hash_password(PASSWORD), hash_password(make.CONTRACT_PASSWORD)
    people = {name: make.person(session, address(name), f"{name} {name}") for name in PEOPLE}
    for who in people.values():
        session.get_one(User, who.user).password_hash = kept
    contracts = [make.contract(session, of, number(n), stored) for n in CONTRACTS]
    points = [make.point(session, each, f"ЛС-{n}") for n, each in enumerate(contracts)]
    for each in points:
        made = make.meter(session, each, is_smart=False, serial_number=f"4190735{each.id}")
        made.register_digits, made.register_decimals = 9, 3
        make.readings(session, each, "T0", [(make.NOW - timedelta(days=30), FIRST_WH)])
    grigory = make.staff(session, "grigory@example.org", "Громов Григорий", of)
    visitor = Subject("anonymous", make.NOW, ip="192.0.2.1")
    sids = {name: account.sign_in(session, visitor, address(name), PASSWORD, True) for name in PEOPLE}
    ids = {name: who.user for name, who in people.items()}
    session.commit()
    return Facts(sids, ids, tuple(c.id for c in contracts), tuple(p.id for p in points), str(region.id), grigory)


class Towns:
    """Makes a new town of the same facts whenever asked."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, server: str = "") -> None:
        self._folder, self._patch, self._server = folder, patch, server
        wide = {f"limit_{name}": "1000000/hour" for name in WIDE} | {"limit_login_consecutive": 10**6}
        for name, value in {**wide, "data_dir": folder / "data"}.items():
            patch.setenv(f"ENERGO_{name.upper()}", str(value))
        self._template = self._new("template_town")
        self._use(self._template)
        migrate(get_engine())
        with Session(get_engine(), expire_on_commit=False) as session:
            self._facts = build(session)
        get_engine().dispose()
        if not server:
            with make_engine(self._template).connect() as opened:
                opened.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def town(self) -> Town:
        """A fresh one; the door leads to it from now on."""
        get_engine().dispose()
        self._use(self._copy())
        rate.forget_all()
        forget_sessions()
        return Town(self._facts)

    def _use(self, url: str) -> None:
        self._patch.setenv("ENERGO_DATABASE_URL", url)
        get_settings.cache_clear()
        get_engine.cache_clear()

    def _new(self, name: str) -> str:
        if not self._server:
            return f"sqlite:///{self._folder / f'{name}.db'}"
        with _admin(self._server).connect() as admin:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template_cabinet STRATEGY FILE_COPY"))
        return self._server.replace("/postgres", f"/{name}")

    def _copy(self) -> str:
        if not self._server:
            (self._folder / "town.db-wal").unlink(missing_ok=True)
            (self._folder / "town.db-shm").unlink(missing_ok=True)
            shutil.copy(self._folder / "template_town.db", self._folder / "town.db")
            return self._new("town")
        name = f"town_{secrets.token_hex(6)}"
        with _admin(self._server).connect() as admin:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template_town STRATEGY FILE_COPY"))
        return self._server.replace("/postgres", f"/{name}")


def _admin(server: str) -> Engine:
    return create_engine(server, isolation_level="AUTOCOMMIT")


@contextmanager
def towns(folder: Path, server: str = "") -> Iterator[Towns]:
    """Towns for as long as a test runs; settings are as before afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        try:
            yield Towns(folder, patch, server)
        finally:
            get_engine().dispose()
    get_settings.cache_clear()
    get_engine.cache_clear()

"""What the demo supplier keeps, in a SQLite file of its own: items in the order they became known, answers by key."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENTS = ("contract", "balance", "points", "meters")
LISTS = ("bills", "payments", "readings", "profile", "events", "notifications", "ticket_updates", "decisions")

SCHEMA = """
CREATE TABLE IF NOT EXISTS login (login TEXT PRIMARY KEY, password TEXT NOT NULL, contract TEXT NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS item (seq INTEGER PRIMARY KEY AUTOINCREMENT, contract TEXT NOT NULL, resource TEXT NOT NULL,
    key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (contract, resource, key));
CREATE TABLE IF NOT EXISTS change (seq INTEGER PRIMARY KEY AUTOINCREMENT, contract TEXT NOT NULL,
    resource TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS opened (contract TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS submission (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, contract TEXT NOT NULL,
    kind TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL, answer TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Login:
    """A customer's login and the contract it opens."""

    login: str
    password: str
    contract: str


class Book:
    """The supplier's books. Every call is a transaction of its own unless it is given one."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self.writing() as db:
            db.executescript(SCHEMA)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection; what it writes is committed at the end, or not at all."""
        db = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("BEGIN IMMEDIATE")
            yield db
            if db.in_transaction:
                db.execute("COMMIT")
        finally:
            db.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        db = sqlite3.connect(self._path, timeout=10)
        try:
            return db.execute(query, values).fetchall()
        finally:
            db.close()

    def add_login(self, db: sqlite3.Connection, login: Login) -> None:
        """A contract's login; what is there stays."""
        values = (login.login, login.password, login.contract)
        db.execute("INSERT OR IGNORE INTO login (login, password, contract) VALUES (?, ?, ?)", values)

    def put(self, db: sqlite3.Connection, contract: str, resource: str, items: Iterable[tuple[str, Any]]) -> None:
        """Items by key; one that is new or has changed goes to the end, and the changes tell of it."""
        where, is_news = "contract = ? AND resource = ? AND key = ?", False
        for key, value in items:
            body = json.dumps(value, ensure_ascii=False, sort_keys=True)
            known = db.execute(f"SELECT body FROM item WHERE {where}", (contract, resource, key)).fetchone()  # noqa: S608
            if known is None or known[0] != body:
                is_news = True
                row = (contract, resource, key, body)
                db.execute("INSERT OR REPLACE INTO item (contract, resource, key, body) VALUES (?, ?, ?, ?)", row)
        if is_news:
            db.execute("INSERT INTO change (contract, resource) VALUES (?, ?)", (contract, resource))

    def open(self, contract: str) -> None:
        """The cabinet may see this contract; all of it is news."""
        with self.writing() as db:
            if db.execute("INSERT OR IGNORE INTO opened VALUES (?)", (contract,)).rowcount:
                rows = [(contract, resource) for resource in DOCUMENTS + LISTS]
                db.executemany("INSERT INTO change (contract, resource) VALUES (?, ?)", rows)

    def is_open(self, contract: str) -> bool:
        """Whether the cabinet has opened it."""
        return bool(self.rows("SELECT 1 FROM opened WHERE contract = ?", contract))

    def document(self, contract: str, resource: str) -> tuple[str, str]:
        """(body, ETag) of a document in one piece."""
        found = self.rows("SELECT body FROM item WHERE contract = ? AND resource = ?", contract, resource)
        body = found[0][0] if found else "{}"
        return body, f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'

    def page(self, contract: str, resource: str, after: int, limit: int) -> tuple[list[Any], int, bool]:
        """(items, last sequence number, whether there are more) of a list."""
        query = "SELECT seq, body FROM item WHERE contract = ? AND resource = ? AND seq > ? ORDER BY seq LIMIT ?"
        rows = self.rows(query, contract, resource, after, limit + 1)
        shown = rows[:limit]
        return [json.loads(body) for _, body in shown], shown[-1][0] if shown else after, len(rows) > limit

    def changes(self, after: int, limit: int) -> tuple[list[dict[str, str]], int, bool]:
        """What is new of opened contracts, each resource once."""
        query = (
            "SELECT seq, contract, resource FROM change WHERE seq > ? AND contract IN (SELECT contract FROM opened) "
            "ORDER BY seq LIMIT ?"
        )
        rows = self.rows(query, after, limit + 1)
        shown = rows[:limit]
        told = dict.fromkeys((contract, resource) for _, contract, resource in shown)
        items = [{"contract": contract, "resource": resource} for contract, resource in told]
        return items, shown[-1][0] if shown else after, len(rows) > limit

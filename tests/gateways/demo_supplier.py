"""The demo supplier in this process: a real server on loopback, in a thread, ended with its block."""

from __future__ import annotations

import json
import logging
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn

from energo_cabinet.demo.supplier_server import invented
from energo_cabinet.demo.supplier_server.app import make_app
from energo_cabinet.demo.supplier_server.book import Book
from tests.servers import answers, free_port, wait_for

TOKEN = "token-nobody-may-read-in-a-log-7f3a"
FLAT, HOUSE = invented.CUSTOMERS[:2]
PASSWORD = invented.PASSWORD


@dataclass
class DemoSupplier:
    """A running supplier and its switches."""

    port: int

    @property
    def url(self) -> str:
        """The base address of its protocol."""
        return f"http://127.0.0.1:{self.port}/v1"

    def fail(self, kind: str, path: str = "", times: int = 0, target: str = "") -> dict[str, int]:
        """Fail from now on (`times` 0: until `heal`); answers how often each path was called."""
        body = {"kind": kind, "path": path, "times": times, "target": target}
        return self.control("faults", body)["calls"]

    def heal(self) -> dict[str, int]:
        """Be well again; answers how often each path was called."""
        return self.control("faults", {})["calls"]

    def put(self, contract: str, resource: str, key: str, body: dict[str, Any]) -> None:
        """News of the supplier's."""
        self.control("items", {"contract": contract, "resource": resource, "key": key, "body": body})

    def submissions(self) -> list[dict[str, Any]]:
        """What customers have sent, each key once, in order."""
        return self.control("submissions")["items"]

    def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call a switch."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/control/{path}", data)
        request.add_header("Authorization", f"Bearer {TOKEN}")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"{}")


@contextmanager
def demo_supplier(
    folder: Path, port: int = 0, days: int = 110, tls: tuple[Path, Path] | None = None
) -> Iterator[DemoSupplier]:
    """A supplier with so many days of values; the same folder and port again: the same supplier come back."""
    book = Book(folder / "supplier.db")
    invented.fill(book, datetime.now(UTC), days)
    logging.getLogger("uvicorn.error").propagate = False
    made = DemoSupplier(port or free_port())
    options = {"http": "h11", "ws": "none", "lifespan": "off", "log_config": None, "timeout_graceful_shutdown": 1}
    options |= {"ssl_certfile": tls[0], "ssl_keyfile": tls[1]} if tls else {}
    server = uvicorn.Server(uvicorn.Config(make_app(book, TOKEN), "127.0.0.1", made.port, **options))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(lambda: answers(made.port), 90, "demo supplier")
        yield made
    finally:
        server.should_exit = True
        thread.join(20)

"""What the demo supplier does with what customers send: the same key twice is once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import datetime
from typing import Any

from energo_cabinet.demo.supplier_server.book import Book
from energo_cabinet.models import Channel

JUMP_WH = 5_000_000
"""More than this since the last reading is left to a person."""


class KeyReused(Exception):
    """The key came with another body before."""


def submit(book: Book, contract: str, kind: str, key: str, body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Take a reading or a ticket's line, once; the answer is kept with the key."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"{contract} {kind} {text}".encode()).hexdigest()
    with book.writing() as db:
        known = db.execute("SELECT digest, answer FROM submission WHERE key = ?", (key,)).fetchone()
        if known is not None:
            if known[0] != digest:
                raise KeyReused
            return dict(json.loads(known[1]))
        take = _reading if kind == "reading" else _ticket
        answer = take(book, db, contract, key, body, now)
        (count,) = db.execute("SELECT COUNT(*) FROM submission").fetchone()
        row = (key, count + 1, contract, kind, digest, text, json.dumps(answer, ensure_ascii=False))
        db.execute("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return answer


def _reading(
    book: Book, db: sqlite3.Connection, contract: str, key: str, body: dict[str, Any], now: datetime
) -> dict[str, Any]:
    before = {zone: _newest(db, contract, body["point"], zone) for zone in body["registers_wh"]}
    if any(value < before[zone] for zone, value in body["registers_wh"].items()):
        return {"status": "rejected", "reason": "Показание меньше того, что прибор передал сам"}
    doubtful = any(before[zone] and value > before[zone] + JUMP_WH for zone, value in body["registers_wh"].items())
    decided = {"key": key, "status": "accepted", "decided_at": now.isoformat()}
    readings = [
        (
            f"{zone} {body['read_at']}",
            {"point": body["point"], "serial_number": body.get("serial_number", ""), "zone": zone}
            | {"channel": Channel.A_PLUS, "read_at": body["read_at"], "register_wh": value, "quality": "manual"},
        )
        for zone, value in body["registers_wh"].items()
    ]
    book.put(db, contract, "readings", readings)
    if doubtful or body.get("doubts"):
        book.put(db, contract, "decisions", [(key, decided)])
        return {"status": "waiting"}
    return {"status": "accepted"}


def _newest(db: sqlite3.Connection, contract: str, point: str, zone: str) -> int:
    rows = db.execute("SELECT body FROM item WHERE contract = ? AND resource = 'readings'", (contract,)).fetchall()
    found = [json.loads(body) for (body,) in rows]
    return max((one["register_wh"] for one in found if (one["point"], one["zone"]) == (point, zone)), default=0)


def _ticket(
    book: Book, db: sqlite3.Connection, contract: str, key: str, body: dict[str, Any], now: datetime
) -> dict[str, Any]:
    if body["status"] == "closed":
        return {"status": "accepted"}
    words = "Здравствуйте! Обращение у нас, разбираемся. Ответим в этой переписке до конца рабочего дня."
    if body["status"] != "new":
        words = "Спасибо, этого достаточно. Пересчитаем и пришлём исправленный счёт, если он изменится."
    update = {
        "id": f"u-{body['line']}",
        "ticket": body["ticket"],
        "text": words,
        "signature": "Марина, расчётный отдел",
    }
    update |= {"status": "in_work" if body["status"] == "new" else "awaiting", "written_at": now.isoformat()}
    book.put(db, contract, "ticket_updates", [(update["id"], update)])
    return {"status": "accepted"}

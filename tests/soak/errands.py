"""People and machines who write to a server that may die at any moment, and note what it has acknowledged.

Each errand has a key of its own and is sent again with the same key until it is acknowledged, as the cabinet's own
pages and the phone's application do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx

from tests.formats.maket_writer import Channel, maket

TAKEN = {201, 202}
Send = Callable[[httpx.Client, int], httpx.Response]


@dataclass
class Errands:
    """What is to be sent to `url`, and what was acknowledged by kind, in order."""

    url: str
    bearer: str
    drop: str
    contract_id: int
    point_id: int
    first_kwh: int = 5000
    done: dict[str, list[int]] = field(default_factory=dict)
    again: int = 0
    refused: list[str] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    """No server will come any more."""

    def ticket(self, client: httpx.Client, number: int) -> httpx.Response:
        """Open a ticket whose theme is its number."""
        form = {"category": "other", "text": "Текст", "email": "anna@example.org"}
        body = form | {"contract_id": self.contract_id, "theme": f"Тема {number}", "key": f"ticket-{number}"}
        return client.post("/api/v1/tickets", json=body, headers=self._own)

    def reading(self, client: httpx.Client, number: int) -> httpx.Response:
        """Send the next reading."""
        body = {
            "key": f"reading-{number:06}",
            "values": {"T0": f"{self.first_kwh + number}"},
            "is_confirmed": True,
        }
        return client.post(f"/api/v1/points/{self.point_id}/readings", json=body, headers=self._own)

    def file(self, client: httpx.Client, number: int) -> httpx.Response:
        """Leave a day of a point."""
        return client.post(
            "/api/v1/drop",
            params={"name": f"{number}.xml", "create": "1"},
            content=day_file(number),
            headers={"authorization": f"Bearer {self.drop}"},
        )

    @property
    def _own(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.bearer}"}

    def run(self, kind: str, over: threading.Event, pause_s: float) -> None:
        """One errand after the other until `over`; the one that is under way is brought to its end."""
        send: Send = getattr(self, kind)
        number = 0
        with httpx.Client(base_url=self.url, timeout=20) as client:
            while not over.is_set():
                self._insist(client, send, number)
                self.done.setdefault(kind, []).append(number)
                number += 1
                over.wait(pause_s)

    def _insist(self, client: httpx.Client, send: Send, number: int) -> None:
        while not self.gone.is_set():
            try:
                answer = send(client, number)
            except httpx.HTTPError:
                self.again += 1
                threading.Event().wait(0.05)  # a page tries again, too
                continue
            if answer.status_code not in TAKEN:
                self.refused.append(f"{send.__name__} {number}: {answer.status_code} {answer.text[:200]}")
            return


def day_of(number: int) -> date:
    """The day that a file is about."""
    return date(2024, 1, 1) + timedelta(days=number % 700)


def day_file(number: int) -> bytes:
    """A file of one day of one point: 48 half-hours."""
    return maket({"500000000000001": [Channel(values=range(48))]}, f"{day_of(number):%Y%m%d}", number + 1)

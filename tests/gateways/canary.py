"""A listener that nobody may ever reach; it counts who does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Canary:
    """On 127.0.0.1; `heard`: connections so far."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.heard = self._socket.getsockname()[1], 0
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                found, _ = self._socket.accept()
            except OSError:
                return
            self.heard += 1
            found.close()


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary for a block."""
    made = Canary()
    try:
        yield made
    finally:
        made.close()

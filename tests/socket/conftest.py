"""One backend for all socket tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.socket.backend import Backend, running_backend


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A running backend with Анна's flat in it; limits wide enough for many sign-ins."""
    wide = {"ENERGO_LIMIT_LOGIN_IP": "10000/hour", "ENERGO_LIMIT_LOGIN_ACCOUNT": "10000/hour"}
    with running_backend(tmp_path_factory.mktemp("backend"), **wide) as running:
        yield running

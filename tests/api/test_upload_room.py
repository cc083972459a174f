"""The gate bounds every body; whatever route takes a file has room for one there."""

from __future__ import annotations

import pytest

from energo_cabinet.api import make_api
from tests.api.browser import PASSWORD, anna, browser  # noqa: F401  (fixture)


def _takes_file(operation: dict) -> bool:
    return "multipart/form-data" in operation.get("requestBody", {}).get("content", {})


UPLOADS = [path for path, found in make_api().openapi()["paths"].items() if _takes_file(found.get("post", {}))]


def test_the_walk_finds_the_routes():
    assert {"/attachments", "/plan-file", "/staff/supplier-logo"} <= set(UPLOADS)


@pytest.mark.parametrize("path", UPLOADS)
def test_a_file_passes_the_gate(path, installation, anna):  # noqa: F811
    client = browser()
    client.post("/api/login", data={"email": anna, "password": PASSWORD})
    answer = client.post(f"/api{path}", files={"file": ("a.png", bytes(200_000))})
    assert answer.status_code != 413

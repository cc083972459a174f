"""The archive of one's data over the wire (R-35)."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest

from energo_cabinet import door
from energo_cabinet.jobs.personal_data import write_exports
from energo_cabinet.services.person.export import ask_export
from tests.api.browser import PASSWORD, browser
from tests.api.browser import anna as anna

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def test_the_archive_comes_to_its_owner_as_a_file(anna):
    client = browser()
    sid = client.post("/api/login", data={"email": anna, "password": PASSWORD}).cookies["sid"]
    door.run(door.Caller(sid=sid), ask_export, PASSWORD)
    assert client.get("/api/profile/export/1").status_code == 404
    assert asyncio.run(write_exports()) == 1
    answer = client.get("/api/profile/export/1")
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.zip"'
    assert "no-store" in answer.headers["cache-control"]
    assert "json/user_account.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert browser().get("/api/profile/export/1").status_code == 401

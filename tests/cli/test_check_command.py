"""A proxy nobody told the cabinet of is noticed: in the log once, and by `check` (RC-2f)."""

from __future__ import annotations

import json

import pytest

from energo_cabinet.cli import main
from tests.api.browser import browser

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def checked(capsys):
    code = main(["check", "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_forwarded_headers_without_hops_are_told_once(installation, capsys, caplog, header):
    assert checked(capsys)[0] == 0
    for _ in range(5):
        browser().get("/", headers={header: "192.0.2.7"})
    assert caplog.text.count("ENERGO_TRUSTED_PROXY_HOPS is 0") == 1
    code, told = checked(capsys)
    assert (code, told["ok"]) == (1, False)
    assert "ENERGO_TRUSTED_PROXY_HOPS" in told["warning 1"]
    installation.set(trusted_proxy_hops=1)
    assert checked(capsys) == (0, {"ok": True})


def test_no_proxy_or_a_known_one_is_nothing_to_tell(installation, capsys, caplog):
    browser().get("/")
    installation.set(trusted_proxy_hops=1)
    browser().get("/", headers={"X-Forwarded-For": "192.0.2.7"})
    assert "ENERGO_TRUSTED_PROXY_HOPS" not in caplog.text
    assert checked(capsys)[0] == 0

"""Every page of `/staff` in a real browser: whole, quiet, accessible, within the width of a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import ADMIN
from tests.e2e.addresses import STAFF
from tests.e2e.conftest import axe_violations
from tests.e2e.person import enters

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [390, 1440])
def test_staff_pages_are_whole_quiet_and_accessible(demo, page, watch, width):
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.set_viewport_size({"width": width, "height": 900})
    enters(page, demo, ADMIN, PASSWORD)
    wrong = []
    for name, address in STAFF.items():
        page.goto(demo.url + address)
        page.wait_for_load_state("networkidle")
        if (seen := (page.evaluate(OVERFLOW), axe_violations(page))) != (0, []):
            wrong.append((name, seen))
    assert (wrong, hosts) == ([], {"localhost"})


def test_a_customer_is_sent_home_from_staff_pages(demo, page, watch):
    enters(page, demo, ANNA, PASSWORD)
    page.goto(demo.url + "/staff/members")
    page.wait_for_url("**/overview")

"""Nothing of a visitor leaves for another host, and nothing breaks on the first page."""

from __future__ import annotations


def test_welcome_page_asks_no_foreign_host(cabinet, page, watch):
    page.goto(cabinet.url)
    page.wait_for_load_state("networkidle")
    assert page.title()
    assert watch.foreign == []

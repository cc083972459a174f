"""A supplier behind the protocol in a browser: link, see its data, send while it is away, see it leave (F-14, F-5)."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person, listens
from tests.e2e.cabinet import Cabinet
from tests.e2e.conftest import axe_violations

SUPPLIER, LOGIN, KEY = "Приозёрье Энергосбыт", "ozero-52-120", "ozero-demo-2026"
ADMIN, DEMO_PASSWORD = "root@example.ru", "energo-demo-2026"


def fault(cabinet: Cabinet, kind: str) -> None:
    """Switch a fault of the supplier's server on; "" switches all off."""
    with sqlite3.connect(cabinet.data_dir / "cabinet.db") as db:
        ((base,),) = db.execute("SELECT base_url FROM supplier_access").fetchall()
    address = base.removesuffix("/v1") + "/control/faults"
    request = urllib.request.Request(address, json.dumps({"kind": kind}).encode())
    request.add_header("Authorization", f"Bearer {(cabinet.data_dir / 'supplier' / 'token').read_text().strip()}")
    urllib.request.urlopen(request, timeout=20).close()


@pytest.fixture
def owner(page: Page, demo) -> Person:
    """Somebody new with the plot at the lake, just linked by the supplier's own login and password."""
    email = f"lake{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Соколова Анна Викторовна")
    person = Person(demo, page, email)
    person.signs_in()
    person.adds_contract(SUPPLIER, "Участок у озера", LOGIN, KEY)
    yield person
    fault(demo, "")


def test_reading_sent_while_the_supplier_is_away_leaves_when_it_is_back(owner, demo):
    page = owner.page
    point = page.get_by_role("link", name="Участок 120").locator("visible=true").first
    expect(point).to_be_visible()
    expect(page.get_by_text("Данные поставщика на").first).to_be_visible()
    owner.goes_to("/bills")
    expect(page.get_by_text("52-120").first).to_be_visible()
    assert axe_violations(page) == []
    fault(demo, "down")
    owner.goes_to("/points")
    page.get_by_role("link", name="Передать показания").locator("visible=true").first.click()
    listens(page)
    field = page.get_by_label("Показание", exact=True)
    field.fill(f"{float(field.get_attribute('data-last')) + 40:.0f}")
    page.get_by_role("button", name="Отправить показания").click()
    expect(page.get_by_text("Будет отправлено").locator("visible=true").first).to_be_visible()
    fault(demo, "")
    expect(page.get_by_text("Принято", exact=True).locator("visible=true").first).to_be_visible(timeout=90_000)


def test_administrator_sees_the_exchange(page, demo):
    person = Person(demo, page, ADMIN)
    person.goes_to("/login")
    page.get_by_label("Электронная почта").fill(ADMIN)
    page.locator("input[type=password]").first.fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url("**/staff**")
    person.goes_to("/staff/suppliers")
    card = page.get_by_role("region", name=SUPPLIER)
    expect(card).to_contain_text("Данные на")
    card.get_by_role("button", name="Синхронизировать сейчас").click()
    expect(page.get_by_text("Обмен запущен")).to_be_visible()
    assert axe_violations(page) == []

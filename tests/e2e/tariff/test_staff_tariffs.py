"""Tariffs in a real browser: one added, a price to come, a file with a refused row, the customer's page (issue 5)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import ADMIN, ENGINEER
from tests.e2e.browsing import enters, labelled, listens
from tests.e2e.conftest import axe_violations

FILE = "Код тарифа;Зона;Действует с;Цена, ₽/кВт·ч\ntwo;T1;01.01.2099;9,99\ntwo;T5;01.01.2099;1\n".encode()


@pytest.fixture
def admin(page: Page, demo) -> Page:
    """The administrator of the first supplier, in «Тарифы»."""
    enters(page, demo, ADMIN, PASSWORD, "/staff/tariffs")
    listens(page)
    expect(page.locator(".ticketrow:visible").first).to_be_visible()
    return page


def test_a_tariff_is_added_after_its_gap_was_told(admin):
    admin.locator("#add-tariff").click()
    dialog = admin.get_by_role("dialog")
    fields = {"code": "2З-село", "name": "Двухзонный, село", "source": "Приказ РЭК № 12", "valid_from": "2026-07-01"}
    fields |= {"hours_T1": "07:00–23:00", "hours_T2": "23:00–06:00", "price_T1": "3,45", "price_T2": "2,07"}
    for name, value in fields.items():
        dialog.locator(f"#add-{name}").fill(value)
    dialog.get_by_role("button", name="Добавить тариф").click()
    expect(dialog.get_by_text("Время с 06:00 до 07:00 не отнесено ни к одной зоне")).to_be_visible()
    dialog.locator("#add-hours_T2").fill("23:00–07:00")
    dialog.get_by_role("button", name="Добавить тариф").click()
    admin.wait_for_url(re.compile(r"/staff/tariffs/\d+$"))
    expect(admin.get_by_role("heading", name="Двухзонный, село", level=1)).to_be_visible()
    expect(admin.get_by_role("img", name="T1 день: 07:00–23:00; T2 ночь: 23:00–07:00")).to_be_visible()
    assert axe_violations(admin) == []


def test_a_price_to_come_reaches_the_customer_and_a_past_one_asks(admin, demo, new_page):
    admin.locator(".ticketrow:visible .opener", has_text="Двухзонный, население").click()
    admin.wait_for_url(re.compile(r"/staff/tariffs/\d+$"))
    admin.locator("#add-price").click()
    dialog = admin.get_by_role("dialog")
    dialog.locator("#new-price_T1").fill("7,77")
    dialog.get_by_role("button", name="Сохранить").click()
    already = dialog.get_by_text("уже заданы")  # in December: the demo has a price from January on
    expect(admin.get_by_text("Цены записаны").or_(already)).to_be_visible()
    if already.is_visible():
        dialog.get_by_role("button", name="Всё верно, записать").click()
    expect(admin.get_by_text("Цены записаны")).to_be_visible()
    expect(admin.get_by_text("7,77").first).to_be_visible()
    admin.locator("#add-price").click()
    labelled(dialog, "Действует с").fill("2026-01-01")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(dialog.get_by_text("Проверьте, что изменится")).to_be_visible()
    assert axe_violations(admin) == []
    anna = new_page()
    enters(anna, demo, ANNA, PASSWORD, "/points/1")
    expect(anna.get_by_text(re.compile(r"4,93.₽ .*→.7,77.₽ с.01\."))).to_be_visible()


def test_a_file_of_prices_shows_every_rows_fate(admin, demo):
    admin.goto(f"{demo.url}/staff/registry/import")
    listens(admin)
    admin.locator("#registry-upload").set_input_files({"name": "цены.csv", "mimeType": "text/csv", "buffer": FILE})
    admin.wait_for_url(re.compile(r"/import/?\?file=\d+$"))
    rows = admin.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("two · T1 · 01.01.2099")
    expect(rows.nth(1)).to_contain_text("«T5» — не зона")
    admin.get_by_role("button", name="Записать 1").click()
    expect(admin.locator(".regfile .badge")).to_have_text("записан")


def test_an_engineer_reads_and_is_offered_nothing_to_change(page, demo):
    enters(page, demo, ENGINEER, PASSWORD, "/staff/normatives")
    listens(page)
    expect(page.get_by_text("Освещение мест общего пользования").first).to_be_visible()
    expect(page.locator("#add-normative")).to_have_count(0)
    assert axe_violations(page) == []

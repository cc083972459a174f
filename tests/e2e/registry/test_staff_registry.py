"""The registry and the quality board in a real browser: a file decided, a point changed, a meter replaced (issue 5)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import ENGINEER
from tests.e2e.browsing import enters, labelled, listens
from tests.e2e.conftest import axe_violations

FILE = (
    "Номер точки;Наименование;Адрес;Заводской номер;Модель;Установлен\n"
    "НТ-1;Новая котельная;Лесная, 30;77001.0;Нартис-И100;01.02.2026\n"
    "СГ-3005;Кафе «Ветер»;Заводская, 9б;;;\n"
    "НТ-2;Гараж;Лесная, 31;77002;Нартис-И100;вчера\n"
).encode()


@pytest.fixture
def engineer(page: Page, demo) -> Page:
    """The engineer of the first supplier, in «Реестр»."""
    enters(page, demo, ENGINEER, PASSWORD, "/staff/registry")
    listens(page)
    expect(page.get_by_role("link", name="Квартира 42, ввод").first).to_be_visible()
    return page


def opens(page: Page, words: str) -> None:
    """A point by the search field."""
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**text=**")
    expect(page.locator(".ticketrow:visible")).to_have_count(1)
    page.locator(".ticketrow:visible .opener").click()
    page.wait_for_url(re.compile(r"/staff/registry/\d+$"))
    expect(page.get_by_role("heading", name="Установки приборов")).to_be_visible()


def test_a_file_is_looked_at_row_by_row_and_then_written(engineer, demo):
    engineer.goto(f"{demo.url}/staff/registry/import")
    listens(engineer)
    upload = {"name": "реестр.csv", "mimeType": "text/csv", "buffer": FILE}
    engineer.locator("#registry-upload").set_input_files(upload)
    engineer.wait_for_url(re.compile(r"/import/?\?file=\d+$"))
    listens(engineer)
    rows = engineer.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Заводская, 9б")
    expect(rows.nth(2)).to_contain_text("«вчера» — не дата")
    engineer.get_by_role("button", name="Записать 2").click()
    expect(engineer.locator(".regfile .badge")).to_have_text("записан")
    engineer.goto(f"{demo.url}/staff/registry?text=77001")
    expect(engineer.locator(".ticketrow:visible")).to_have_count(1)
    expect(engineer.locator(".ticketrow:visible")).to_contain_text("Новая котельная")


def test_a_point_is_changed_and_wrong_fields_are_told_beside_them(engineer):
    opens(engineer, "СГ-3001")
    engineer.locator("#edit-point").click()
    dialog = engineer.get_by_role("dialog")
    labelled(dialog, "Коэффициент ТТ").fill("0")
    labelled(dialog, "Место установки").fill("ВРУ, панель 2")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(dialog.get_by_text("Нужно число больше нуля")).to_be_visible()
    labelled(dialog, "Коэффициент ТТ").fill("60")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(engineer.get_by_text("Коэффициент ТТ: 40 → 60")).to_be_visible()
    assert axe_violations(engineer) == []


def test_a_replaced_meter_leaves_the_customers_consumption_as_it_was(engineer, demo, new_page):
    anna = new_page()
    enters(anna, demo, ANNA, PASSWORD)
    before = months(anna, demo)
    opens(engineer, "СГ-2042-01")
    engineer.get_by_role("button", name="Заменить прибор").click()
    dialog = engineer.get_by_role("dialog", name="Заменить прибор")
    replaces(dialog)
    dialog.get_by_role("button", name="Посмотреть, что получится").click()
    expect(dialog.get_by_text("итого по показаниям")).to_be_visible()
    dialog.get_by_role("button", name="Записать замену").click()
    expect(engineer.get_by_text("Прибор записан, потребление непрерывно")).to_be_visible()
    assert months(anna, demo) == before
    anna.goto(f"{demo.url}/points/1")
    expect(anna.get_by_text("90017001").first).to_be_visible()


def months(page: Page, demo) -> list[str]:
    """What Анна sees of her consumption by months: the month, its zones and the total."""
    page.goto(f"{demo.url}/points/1/readings?by=months")
    expect(page.locator("table.t tbody tr").first).to_be_visible()
    return page.locator("table.t tbody tr td:nth-child(-n+4)").all_inner_texts()


def replaces(dialog) -> None:
    """Last night, with the registers the old meter showed last."""
    today = labelled(dialog, "Дата замены").get_attribute("max") or ""
    fields = {"#new-day": today, "#new-time": "00:01", "#new-serial": "90017001", "#new-model": "Нартис-И100"}
    for zone in ("T1", "T2"):
        said = dialog.locator(f"#new-final_{zone}-note").inner_text()
        fields[f"#new-final_{zone}"] = said.partition(": ")[2].partition(" кВт")[0].partition("\xa0кВт")[0]
        fields[f"#new-initial_{zone}"] = "0"
    for selector, value in fields.items():
        dialog.locator(selector).fill(value)


def test_the_board_opens_and_leads_to_the_point(engineer, demo):
    engineer.goto(f"{demo.url}/staff/quality")
    listens(engineer)
    board = engineer.get_by_role("region", name="Полнота по дням")
    expect(board.get_by_role("row")).not_to_have_count(0)
    silent = engineer.get_by_role("region", name="Кто молчит").get_by_role("link", name="СНТ «Луговое», КТП-4")
    expect(silent).to_be_visible()
    assert axe_violations(engineer) == []
    silent.click()
    engineer.wait_for_url(re.compile(r"/staff/registry/\d+$"))
    expect(engineer.get_by_role("heading", name="СНТ «Луговое», КТП-4", level=1)).to_be_visible()


def test_a_point_is_added_by_the_form(engineer):
    """A wrong contract is told beside its field; the new point opens."""
    engineer.get_by_role("button", name="Добавить точку").click()
    dialog = engineer.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert axe_violations(engineer) == []
    dialog.locator("#new-point").fill("НТ-90")
    dialog.locator("#new-name").fill("Мастерская во дворе")
    dialog.locator("#new-contract").fill("нет такого")
    dialog.get_by_role("button", name="Добавить точку").click()
    expect(dialog.locator(".field.bad .err")).to_be_visible()
    dialog.locator("#new-contract").fill("1204-Ю")
    dialog.get_by_role("button", name="Добавить точку").click()
    engineer.wait_for_url(re.compile(r"/staff/registry/\d+/?$"))
    expect(engineer.get_by_role("heading", name="Мастерская во дворе")).to_be_visible()

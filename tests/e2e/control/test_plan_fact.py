"""Plan and fact, limits and deviations in a real browser (Э-58, Э-59, F-7)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from tests.e2e.browsing import enters, labelled, listens, settled
from tests.e2e.conftest import axe_violations

FAR, NEXT, LAST = (datetime.now(ZoneInfo("Europe/Moscow")).date() + timedelta(days=100 + n) for n in range(3))
"""Days to come that the demo has not planned."""
EDIT = "/plan-fact/edit?point=4&day="


@pytest.fixture
def anna(page, demo):
    """Анна's page and a way to go somewhere."""
    enters(page, demo, ANNA, PASSWORD)

    def goes(path: str):
        page.goto(demo.url + path)
        listens(page)
        return page

    return goes


def test_a_plan_is_pasted_saved_and_compared(anna):
    """A column of a spreadsheet, the keyboard, the sum, then the comparison."""
    page = anna(f"{EDIT}{FAR}")
    first = page.get_by_label("План, кВт·ч, 00:00–01:00")
    first.focus()
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.setData("text/plain", Array.from({length: 24}, (_, i) => `${i + 1},5\\t2000`).join("\\r\\n"));
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
          {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(page.locator("[data-sum]")).to_have_text("312,000")
    expect(page.get_by_label("Цена отклонения, ₽/МВт·ч, 23:00–24:00")).to_have_value("2000")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("План, кВт·ч, 01:00–02:00")).to_be_focused()
    page.get_by_role("button", name="Сохранить план").click()
    expect(page.get_by_text(f"План на {FAR:%d.%m.%Y} сохранён")).to_be_visible()
    page.get_by_role("link", name="К сравнению").click()
    expect(page.get_by_role("heading", name="Сравнение фактических и плановых величин", level=1)).to_be_visible()
    expect(page.get_by_role("cell", name="впереди").first).to_be_visible()


def test_a_wrong_hour_is_told_beside_it_and_what_was_typed_stays(anna):
    page = anna(f"{EDIT}{NEXT}")
    page.get_by_label("План, кВт·ч, 00:00–01:00").fill("двенадцать")
    page.get_by_role("button", name="Сохранить план").click()
    expect(page.get_by_text("Введите число").first).to_be_visible()
    expect(page.get_by_label("План, кВт·ч, 00:00–01:00")).to_have_value("двенадцать")
    expect(page.get_by_label("План, кВт·ч, 00:00–01:00")).to_be_focused()


def test_a_file_is_refused_by_lines_and_then_taken(anna, watch):
    page = anna(f"{EDIT}{LAST}")
    rows = ["дата;час;план"] + [f"{LAST:%d.%m.%Y};{hour};1" for hour in range(1, 25)]
    wrong = [*rows[:5], f"{LAST:%d.%m.%Y};5;abc", *rows[6:]]
    for lines, words in ((wrong, "Строка 6: «abc» — не число"), (rows, "Принято дней: 1, изменилось: 1")):
        data = "\n".join(lines).encode()
        page.locator("#plan-file").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": data})
        expect(page.get_by_text(words)).to_be_visible()
    assert ["422" in error for error in watch.errors] == [True]  # the browser's own word about the refusal
    watch.forget()


def test_limits_and_acceptance(anna):
    page = anna("/deviations/limits?point=4")
    labelled(page, "Часовой норматив, кВт·ч").fill("-5")
    page.get_by_role("button", name="Сохранить уставки").click()
    expect(page.get_by_text("Уставка не бывает меньше нуля")).to_be_visible()
    page = anna("/deviations?contract=3&show=open")
    expect(page.get_by_text("Близко к пределу").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Принять: Офис целиком")).first.click()
    dialog = page.get_by_role("dialog", name="Принять с пояснением")
    labelled(dialog, "Пояснение").fill("Замена тестомеса")
    dialog.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_text("Отклонение принято")).to_be_visible()


def test_axe_and_width_on_a_phone(new_page, demo):
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    enters(page, demo, ANNA, PASSWORD)
    for path in ("/plan-fact", EDIT, "/deviations?contract=3", "/deviations/limits"):
        page.goto(demo.url + path)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert axe_violations(page) == [], path

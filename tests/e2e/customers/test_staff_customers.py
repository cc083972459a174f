"""An operator's way in a real browser: search, sheet, the customer's eyes, and what the customer reads of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import OPERATOR
from tests.e2e.browsing import enters, listens

NAME = "Соколова Анна"


@pytest.fixture
def operator(page: Page, demo) -> Page:
    """The operator on «Потребители»."""
    enters(page, demo, OPERATOR, PASSWORD, "/staff/customers")
    listens(page)
    return page


def finds(page: Page, typed: str) -> None:
    """Type, wait for the answer, and open the first with the keyboard."""
    box = page.get_by_role("searchbox")
    box.press_sequentially(typed, delay=20)
    expect(page.locator("a.found").first).to_contain_text(NAME)
    box.press("ArrowDown")
    expect(page.locator("a.found").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def test_a_sheet_is_shown_once(operator, watch):
    finds(operator, "лесная соколова")
    operator.get_by_role("button", name="Лист с логином и паролем").click()
    operator.get_by_role("dialog").get_by_role("button", name="Выпустить и показать").click()
    password = operator.locator("#password").inner_text()
    assert len(password) == 14
    operator.reload()
    expect(operator.get_by_role("alert")).to_contain_text("Пароль нигде не хранится")
    assert password not in operator.content()
    watch.forget()  # the browser writes every 409 into its console
    operator.get_by_role("link", name="К потребителю").click()
    expect(operator.get_by_role("heading", level=1)).to_contain_text(NAME)


def test_the_customer_s_eyes_and_what_the_customer_reads_about_it(operator, demo, new_page):
    finds(operator, "соколова лесная")
    operator.get_by_role("button", name="Показать как видит абонент").first.click()
    operator.wait_for_url(re.compile(r"/overview\b"))
    expect(operator.locator(".viewbanner")).to_contain_text("глазами абонента")
    operator.goto(demo.url + "/profile")
    expect(operator.get_by_text("Личный раздел абонента")).to_be_visible()
    operator.goto(demo.url + "/points/2/submit")
    refuses_a_write(operator)
    operator.locator(".viewbanner").get_by_role("button", name="Завершить").click()
    operator.wait_for_url(re.compile(r"/staff/customers/\d+"))
    expect(operator.get_by_role("heading", level=1)).to_contain_text(NAME)
    reads_it(new_page(), demo)


def refuses_a_write(page: Page) -> None:
    """Another name for the contract is not taken."""
    page.locator(".topbar").get_by_label("Действия с договором").click()
    page.locator(".topbar").get_by_role("button", name="Редактировать").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Название").fill("Чужое имя")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("здесь можно только читать").first).to_be_visible()
    page.keyboard.press("Escape")


def reads_it(page: Page, demo) -> None:
    """Анна's own access journal."""
    enters(page, demo, ANNA, PASSWORD, "/profile#access")
    expect(page.locator("#access")).to_contain_text("Сотрудник смотрел кабинет Вашими глазами")
    expect(page.locator("#access")).to_contain_text("Открыта карточка договора")

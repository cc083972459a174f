"""An operator's day with a customer's browser open beside it (issue «Staff console», shown by)."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import OPERATOR
from tests.e2e.browsing import enters, labelled, listens

ANSWER = "Счёт исправлен, новый придёт завтра."


def test_an_operator_s_day(demo, new_page, watch):
    """Dashboard, a link request, a customer's ticket answered live, a search, the customer's eyes, the journal."""
    operator, customer = new_page(viewport={"width": 1440, "height": 900}), new_page()
    enters(operator, demo, OPERATOR, PASSWORD)
    enters(customer, demo, ANNA, PASSWORD)
    begins(operator)
    accepts_a_request(operator, demo)
    theme = f"Неверный счёт {time.time_ns() % 100_000}"
    asks(customer, demo, theme)
    answers_it(operator, demo, theme)
    expect(customer.locator(".msg.theirs")).to_contain_text(ANSWER)
    looks_with_her_eyes(operator, demo)
    customer.goto(demo.url + "/profile#access")
    expect(customer.locator("#access")).to_contain_text("Сотрудник смотрел кабинет Вашими глазами")


def begins(page: Page) -> None:
    """«Сводка» is where signing in leads; a number leads on."""
    page.wait_for_url(re.compile(r"/staff/?$"))
    listens(page)
    expect(page.locator(".dashnumber").first).to_be_visible()
    page.locator(".dashnumber.leads", has_text="Заявки").first.click()
    page.wait_for_url(re.compile(r"/staff/customers/requests/?$"))


def accepts_a_request(page: Page, demo) -> None:
    """The person is told by letter."""
    asked = page.locator(".card", has_text="7638301207")
    asked.get_by_role("button", name="Подтвердить").click()
    dialog = page.get_by_role("dialog")
    labelled(dialog, "Номер договора").fill("7638-301-207")
    dialog.get_by_role("button", name="Подтвердить").click()
    expect(asked).to_have_count(0)
    demo.wait_letter("orlov@example.ru")


def asks(page: Page, demo, theme: str) -> None:
    """The customer opens a ticket."""
    page.goto(demo.url + "/tickets/new?contract=1")
    listens(page)
    labelled(page, "О чём обращение").select_option(index=1)
    labelled(page, r"Тема сообщения \(кратко\)").fill(theme)
    labelled(page, "Краткое описание вопроса").fill("Сумма больше обычной вдвое.")
    page.get_by_role("button", name="СОЗДАТЬ ОБРАЩЕНИЕ").click()
    page.wait_for_url(re.compile(r"/tickets/\d+$"))


def answers_it(page: Page, demo, theme: str) -> None:
    """From the queue, by keyboard: take, answer."""
    page.goto(demo.url + "/staff/tickets")
    listens(page)
    page.locator(".tk", has_text=theme).click()
    expect(page.locator(".deskhead h2")).to_have_text(theme)
    page.keyboard.press("a")
    expect(page.locator(".ticket .step").last).to_contain_text("исполнитель")
    page.keyboard.press("r")
    page.keyboard.type(ANSWER)
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".msg.mine")).to_contain_text(ANSWER)


def looks_with_her_eyes(page: Page, demo) -> None:
    """Search, the customer's page, «Показать как видит абонент», and back."""
    page.goto(demo.url + "/staff/customers")
    listens(page)
    page.get_by_role("searchbox").press_sequentially("соколова лесная", delay=20)
    page.locator("a.found", has_text="Соколова Анна").first.click()
    page.get_by_role("button", name="Показать как видит абонент").first.click()
    page.wait_for_url(re.compile(r"/overview/?$"))
    expect(page.locator(".viewbanner")).to_contain_text("глазами абонента")
    page.locator(".viewbanner").get_by_role("button", name="Завершить").click()
    page.wait_for_url(re.compile(r"/staff/customers/\d+/?$"))

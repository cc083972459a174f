"""The supplier's desk in three browsers at once: a customer and two operators (F-16)."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from energo_cabinet.demo.desk import SECOND_OPERATOR
from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import OPERATOR
from tests.e2e.browsing import enters, labelled, listens

TYPED = "Мастер приедет в четверг."


def at_desk(page: Page, cabinet, email: str) -> Page:
    """An operator with the queue open."""
    page.set_viewport_size({"width": 1440, "height": 900})
    enters(page, cabinet, email, PASSWORD, "/staff/tickets")
    listens(page)
    expect(page.locator(".tk").first).to_be_visible()
    return page


def writes(page: Page, cabinet, theme: str) -> None:
    """Анна opens a ticket by the form."""
    enters(page, cabinet, ANNA, PASSWORD, "/tickets/new?contract=1")
    listens(page)
    labelled(page, "О чём обращение").select_option(label="Прибор учета, замена")
    labelled(page, r"Тема сообщения \(кратко\)").fill(theme)
    labelled(page, "Краткое описание вопроса").fill("Экран прибора погас.")
    page.get_by_role("button", name="СОЗДАТЬ ОБРАЩЕНИЕ").click()
    page.wait_for_url(re.compile(r"/tickets/\d+$"))


def test_two_operators_and_a_customer(demo, new_page, watch):
    """A new ticket comes live, both see each other, neither overwrites the other, the answer arrives by itself."""
    theme = f"Погас экран {time.time_ns() % 100_000}"
    first, second = at_desk(new_page(), demo, OPERATOR), at_desk(new_page(), demo, SECOND_OPERATOR)
    customer = new_page()
    writes(customer, demo, theme)
    for operator in (first, second):
        operator.locator(".tk", has_text=theme).click()
        expect(operator.locator(".deskhead h2")).to_have_text(theme)
    expect(first.locator(".present")).to_contain_text("Тимофеев Т. И.")
    expect(second.locator(".present")).to_contain_text("Громова Г. О.")
    first.locator("#desk-answer").fill(TYPED)
    second.keyboard.press("a")
    expect(second.locator(".ticket .step")).to_contain_text(["обращение в работе", "исполнитель"])
    conflict(first)
    expect(customer.locator(".msg.theirs")).to_contain_text(TYPED)
    expect(second.locator(".msg.mine")).to_contain_text(TYPED)
    by_keys(second)
    expect(customer.locator(".ticketpage .badge.status").first).to_have_text("ЗАКРЫТО")
    assert "позвонить Анне" not in customer.content()


def conflict(page: Page) -> None:
    """The answer was typed before the colleague's change: refused, shown, nothing lost, sent after reading."""
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_text("Пока Вы писали, обращение изменилось")).to_be_visible()
    expect(page.locator(".deskchanges .thread")).to_contain_text("исполнитель")
    expect(page.locator("#desk-answer")).to_have_value(TYPED)
    page.get_by_role("button", name="Всё равно отправить").click()
    expect(page.locator(".msg.mine")).to_contain_text(TYPED)
    expect(page.locator("#desk-answer")).to_have_value("")


def by_keys(page: Page) -> None:
    """A note, help and closing without a mouse; typing a «c» closes nothing."""
    page.keyboard.press("n")
    expect(page.locator("#desk-note")).to_be_focused()
    page.keyboard.type("позвонить Анне c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Сохранить заметку").click()
    expect(page.locator(".msg.inner")).to_contain_text("позвонить Анне c")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Клавиши")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Закрыть обращение?")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".ticket .meta select").first).to_have_value("closed")


def test_keys_walk_the_queue(demo, page, watch):
    """J and K, also on a Russian keyboard: the key counts, not the letter."""
    at_desk(page, demo, OPERATOR)
    themes = page.locator(".tk b").all_inner_texts()
    page.keyboard.press("KeyJ")
    expect(page.locator(".deskhead h2")).to_have_text(themes[0])
    page.keyboard.press("KeyJ")
    expect(page.locator(".deskhead h2")).to_have_text(themes[1])
    page.keyboard.press("KeyK")
    expect(page.locator(".deskhead h2")).to_have_text(themes[0])

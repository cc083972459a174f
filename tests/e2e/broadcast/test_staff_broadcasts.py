"""Broadcasts in real browsers: composed to a class, looked at, sent, watched; a customer gets it live (Н-3, Н-135)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import OPERATOR
from tests.e2e.browsing import Person, enters, labelled, listens
from tests.servers import wait_for

TITLE, TEXT = "Новый график приёма", "Здравствуйте! По договору {number} приём по средам до 20:00."


@pytest.fixture
def operator(page: Page, demo) -> Person:
    """An operator of the first supplier, on «Написать уведомление»."""
    enters(page, demo, OPERATOR, PASSWORD)
    person = Person(demo, page, OPERATOR)
    person.goes_to("/staff/notices")
    page.get_by_role("link", name="Написать уведомление").first.click()
    expect(page.get_by_role("heading", name="Написать уведомление", level=1)).to_be_visible()
    expect(page.locator(".reach")).to_contain_text("человек")
    return person


OFFICES = ("Организации", "Ф-12, ПС Заводская", "2 человека")
FLATS = ("Квартиры", "Ф-7, ПС Северная", "1 человек")


def writes(page: Page, title: str, text: str, selection: tuple[str, str, str]) -> None:
    """Fill the form, to a class of objects on a feeder, and go on to its review."""
    whom, feeder, people = selection
    labelled(page, "Тема").fill(title)
    labelled(page, "Текст").fill(text)
    labelled(page, "Класс объекта").select_option(label=whom)
    labelled(page, "Фидер").select_option(label=feeder)
    expect(page.locator(".reach")).to_contain_text(people)
    page.get_by_role("button", name="Сохранить и проверить").click()
    page.wait_for_url(re.compile(r"/staff/notices/\d+$"))
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_composed_previewed_sent_and_read_live(operator, new_page, demo):
    """The open browser of a customer shows it by itself; the operator's page counts it by itself."""
    page, annas = operator.page, new_page()
    enters(annas, demo, ANNA, PASSWORD, "/notifications")
    listens(annas)
    expect(annas.locator(".notice:visible").first).to_be_visible()
    writes(page, TITLE, TEXT, OFFICES)
    expect(page.locator(".phonemock")).to_contain_text("По договору 1204-Ю приём по средам")
    expect(page.locator(".lettermock")).to_contain_text(TITLE)
    page.get_by_role("button", name="Отправить").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Его получат 2 человека")
    asked.get_by_role("button", name="Отправить").click()
    expect(annas.locator(".notice:visible").first).to_contain_text(TITLE)
    expect(annas.locator(".notice:visible").first).to_contain_text("По договору 1204-Ю")
    expect(page.locator(".page-head .badge")).to_have_text("ОТПРАВЛЕНО")
    expect(page.locator(".broadcastpage .told")).to_contain_text("2 из 2")
    wait_for(lambda: any(letter["Subject"] == TITLE for letter in demo.letters(ANNA)), 45, "the letter")


def test_planned_works_are_scheduled_and_cancelled(operator):
    """Fields of works appear with their kind; what is missing is said; nobody gets what was cancelled."""
    page = operator.page
    expect(labelled(page, "Начало")).to_be_hidden()
    labelled(page, "Вид").select_option(label="О плановых работах")
    labelled(page, "Начало").fill("2030-05-20T10:00")
    writes(page, "Замена кабеля", "Отключим ввод 1.", FLATS)
    expect(page.get_by_text("Сначала дополните: «Окончание», «Адрес работ».")).to_be_visible()
    page.get_by_role("link", name="Изменить").click()
    labelled(page, "Окончание").fill("2030-05-20T14:00")
    labelled(page, "Адрес работ").fill("ул. Лесная, 18")
    page.get_by_role("button", name="Сохранить и проверить").click()
    expect(page.locator(".phonemock")).to_contain_text("20.05.2030, 10:00–14:00")
    page.get_by_text("В назначенное время").click()
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_text("Укажите дату и время")).to_be_visible()
    labelled(page, "Дата и время").fill(page.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 16)"))
    page.get_by_role("button", name="Отправить").click()
    page.get_by_role("dialog").get_by_role("button", name="Запланировать").click()
    expect(page.locator(".page-head .badge")).to_have_text("ЗАПЛАНИРОВАНО")
    page.get_by_role("button", name="Отменить отправку").click()
    page.get_by_role("dialog").get_by_role("button", name="Да, отменить").click()
    expect(page.locator(".page-head .badge")).to_have_text("ОТМЕНЕНО")
    expect(page.get_by_text("Отменено: никто ничего не получил.")).to_be_visible()

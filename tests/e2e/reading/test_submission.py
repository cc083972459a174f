"""«Передать показания» in a real browser (F-5, Н-67…69): typed, doubted, confirmed with a photo, answered live."""

from __future__ import annotations

import io
import json
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person, listens
from tests.e2e.conftest import axe_violations

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def owner(page: Page, demo) -> Person:
    """Somebody new with the dacha of the demo, at the list of points."""
    email = f"owner{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    person = Person(demo, page, email)
    person.signs_in()
    person.adds_contract("Луговая энергокомпания", "Дача", "40-11825", "sadovaya-7")
    expect(page.locator(".contract").first).to_contain_text("Дача")
    page.set_viewport_size(PHONE)
    person.goes_to("/points")
    return person


def photo() -> dict:
    """A photo of a meter."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "navy").save(out, "JPEG")
    return {"name": "счётчик.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def opens_form(person: Person) -> float:
    """From the card of the point; the last value."""
    page = person.page
    page.get_by_role("link", name="Передать показания").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Передать показания", level=1)).to_be_visible()
    listens(page)
    return float(page.get_by_label("Показание", exact=True).get_attribute("data-last"))


def test_right_reading_is_sent_and_accepted_while_one_looks(owner):
    page = owner.page
    last = opens_form(owner)
    page.get_by_label("Показание", exact=True).fill(f"{last + 41.5:.1f}".replace(".", ","))
    expect(page.locator("output.used").first).to_contain_text("Расход: 41,5")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Отправить показания").click()
    expect(page.get_by_text(re.compile(r"Квитанция № \d{6}-\d{5}")).first).to_be_visible()
    expect(page.get_by_role("heading", name="Показания приняты")).to_be_visible()
    newest = page.locator(".sent:visible").first
    expect(newest).to_contain_text("Принято")
    expect(newest).to_contain_text("41,5")


def test_doubtful_reading_is_confirmed_with_a_photo_and_decided_by_the_supplier(owner):
    page = owner.page
    last = opens_form(owner)
    box = page.get_by_label("Показание", exact=True)
    box.fill("abc")
    page.get_by_role("button", name="Отправить показания").click()
    expect(page.get_by_text("Введите число, например 4512,30.")).to_be_visible()
    box.fill(f"{last - 5:.1f}")
    expect(page.locator("output.used").first).to_have_text("Меньше прошлого показания")
    page.get_by_role("button", name="Отправить показания").click()
    expect(page.get_by_text(re.compile("Меньше прошлого показания на 5,0"))).to_be_visible()
    page.locator("[data-attach] input[type=file]").set_input_files(photo())
    expect(page.locator("li.file.done")).to_contain_text("счётчик.jpg")
    page.get_by_role("checkbox", name="Подтверждаю показания").check(force=True)
    page.get_by_role("button", name="Отправить показания").click()
    expect(page.locator(".receipt")).to_contain_text("проверит сотрудник поставщика")
    waiting = [json.loads(line) for line in owner.cabinet.command("reading", "list").splitlines()]
    owner.cabinet.command("reading", "reject", waiting[-1]["number"], "--reason", "На фото другое число")
    expect(page.get_by_role("heading", name="Показания отклонены")).to_be_visible()
    expect(page.locator(".sent:visible").first).to_contain_text("На фото другое число")
    link = page.locator(".sent:visible").first.get_by_role("link", name="счётчик.jpg")
    given = page.request.get(owner.cabinet.url + (link.get_attribute("href") or ""))
    assert Image.open(io.BytesIO(given.body())).size == (1200, 900)


def test_smart_meter_says_that_nothing_is_to_be_done(owner):
    """Н-69."""
    owner.page.set_viewport_size({"width": 1440, "height": 900})
    owner.adds_contract("Северогорск Энергосбыт", "Гараж", "7638294118", "garage-box-14")
    expect(owner.page.locator(".contract").nth(1)).to_contain_text("Гараж")
    owner.goes_to("/points?all=1")
    owner.page.get_by_role("link", name="Бокс 14, ввод").first.click()
    owner.page.wait_for_url(re.compile(r"/points/\d+"))
    owner.goes_to(re.sub(r".*(/points/\d+).*", r"\1/submit", owner.page.url))
    expect(owner.page.get_by_text("Показания передаются автоматически")).to_be_visible()

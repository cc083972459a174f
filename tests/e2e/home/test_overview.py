"""«Главная» in a real browser (Н-37…Н-48, Н-130): its elements, values that come in by themselves, empty pages."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person, settled
from tests.e2e.conftest import axe_violations

SUPPLIER = ("--supplier", "zarya")
TODAY = datetime.now(ZoneInfo("Europe/Moscow")).date()


def write_day(folder, day, kwh: str):
    """Half-hours of a day, the same value in each."""
    path = folder / f"{day}.csv"
    begin = datetime.combine(day, datetime.min.time())
    rows = [f"{begin + timedelta(minutes=30 * i):%Y-%m-%dT%H:%M};{kwh}" for i in range(48)]
    path.write_text("\n".join(["start;A+", *rows]) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def supplied(cabinet, tmp_path_factory):
    """A supplier with contract Г-1 that has one point and a day of values, and a contract without points."""
    folder = tmp_path_factory.mktemp("zarya")
    cabinet.command("supplier", "add", "--code", "zarya", "--name", "Заря Энергосбыт")
    first = write_day(folder, TODAY - timedelta(days=1), "1.0")
    cabinet.command("import", str(first), *SUPPLIER, "--create-points", "--point", "З-1")
    for number, *points in (("Г-1", "--points", "З-1"), ("Г-2",)):
        login = ("--login", f"zarya-{number}", "--password", "zarya-pass-1")
        cabinet.command("contract", "add", *SUPPLIER, "--number", number, *login, *points)
    return cabinet, folder


def somebody(cabinet, page: Page) -> Person:
    email = f"home{time.time_ns()}@example.ru"
    cabinet.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера Павловна")
    person = Person(cabinet, page, email)
    person.signs_in()
    return person


def test_without_contracts_the_one_next_thing_is_offered(supplied, page):
    person = somebody(supplied[0], page)
    person.goes_to("/overview")
    expect(page.get_by_role("heading", name="Добро пожаловать, Вера", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Добавьте первый договор")).to_be_visible()
    page.locator("main").get_by_role("button", name="Добавить договор").click()
    expect(page.get_by_role("dialog", name="Добавить договор")).to_be_visible()
    assert axe_violations(page) == []


def test_values_come_into_open_tabs_by_themselves(supplied, page, new_page):
    """An import by another process moves the number in both tabs within seconds; a stranger's page stays as it is."""
    cabinet, folder = supplied
    person = somebody(cabinet, page)
    person.adds_contract("Заря Энергосбыт", "Гараж", "zarya-Г-1", "zarya-pass-1")
    expect(page.locator(".contract").first).to_contain_text("Гараж")
    other, stranger = page.context.new_page(), somebody(cabinet, new_page())
    stranger.goes_to("/overview")
    for tab in (page, other):
        tab.goto(cabinet.url + "/overview")
        expect(tab.locator(".month .fig.hero").first).to_contain_text("48,0")
    today = write_day(folder, TODAY, "0.5")
    cabinet.command("import", str(today), *SUPPLIER, "--point", "З-1")
    total = "24,0" if TODAY.day == 1 else "72,0"
    for tab in (page, other):
        expect(tab.locator(".month .fig.hero").first).to_contain_text(total)
    expect(stranger.page.get_by_role("heading", name="Добавьте первый договор")).to_be_visible()
    assert "72,0" not in stranger.page.content()


def test_a_contract_without_points_says_whom_to_ask(supplied, page):
    person = somebody(supplied[0], page)
    person.adds_contract("Заря Энергосбыт", "Пустой", "zarya-Г-2", "zarya-pass-1")
    expect(page.locator(".contract").first).to_contain_text("Пустой")
    person.goes_to("/overview")
    expect(page.get_by_role("heading", name="По этому договору нет точек учета")).to_be_visible()
    expect(page.get_by_role("heading", name="Данных приборов учета пока нет")).to_be_visible()
    expect(page.get_by_role("heading", name="Договор и поставщик услуг")).to_be_visible()


def test_the_eight_elements(page, demo):
    """Н-37…Н-48 with the seed's words."""
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026", "/overview?contract=1")
    sections = page.get_by_role("navigation", name="Панель разделов личного кабинета").first
    for name in ("Главная", "Точки учета", "Уведомления"):
        expect(sections.get_by_role("link", name=re.compile(name))).to_be_visible()
    expect(page.locator(".me")).to_contain_text("Соколова Анна Викторовна")
    expect(page.get_by_role("heading", name="Личный кабинет")).to_be_visible()
    for name in ("Договор и поставщик услуг", "Баланс", "Показания приборов учета", "Уведомления", "Обращения"):
        expect(page.locator("main").get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("link", name="help@energo.example")).to_be_visible()
    expect(page.locator(".month")).to_contain_text(re.compile(r"кВт·ч.* против "))
    expect(page.locator(".meter").first).to_contain_text("Электроснабжение")
    expect(page.locator(".latest .badge").get_by_text("НЕ ПРОЧИТАНО").first).to_be_visible()
    page.get_by_role("link", name="Все приборы").click()
    expect(page.get_by_role("heading", name="Точки учета", level=1)).to_be_visible()


def test_the_page_is_light_and_fits_a_phone(new_page, demo):
    """No chart library; nothing wider than the screen; axe finds nothing; at most five entries below."""
    page = new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026")
    page.on("request", lambda request: asked.append(request.url))
    anna.goes_to("/overview?contract=3")
    expect(page.locator(".month .spark svg path").first).to_be_attached()
    settled(page)
    assert [url for url in asked if "plotly" in url.lower()] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".bottomnav > *").count() <= 5
    page.locator(".bottomnav").get_by_text("Ещё").click()
    expect(page.locator(".bottomnav .menu")).to_be_visible()
    assert axe_violations(page) == []

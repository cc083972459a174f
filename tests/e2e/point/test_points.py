"""Metering points in a real browser: list, passport, readings and load profile (Н-63…Н-102)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.values.values import FAULTS
from energo_cabinet.models import ReadingQuality
from tests.e2e.browsing import settled
from tests.e2e.looking import Look, faults, fits
from tests.e2e.sign_in.test_sign_in import sign_in
from tests.servers import wait_for

ANNA, BORIS, PASSWORD = "anna@example.ru", "boris@example.ru", "energo-demo-2026"
PAGES = [
    "/points?all=1",
    "/points/1",
    "/points/3/readings?compare=1",
    "/points/3/load-profile",
    "/points/2/load-profile",
]
PAGES += ["/points/1/readings?first=9999-01-01", "/points/77"]
GAP = next(fault for fault in FAULTS["flat"] if fault.quality == ReadingQuality.MISSING)
WIDTHS = [1440, 768, 390, 320]


@pytest.fixture(scope="module")
def anna(browser, demo) -> dict:
    """Anna's cookies: signed in once for the module."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, demo.url, ANNA, PASSWORD)
    expect(page).to_have_url(re.compile("/overview"))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def visit(new_page: Callable[..., Page], anna: dict, demo) -> Callable[..., Page]:
    """Open an address as Anna and wait until it shows what it has."""

    def go(address: str, **options: object) -> Page:
        page = new_page(storage_state=anna, **options)
        page.goto(demo.url + address)
        page.locator("main h1").first.wait_for()
        settled(page)
        return page

    return go


def figure_of(page: Page, label: str) -> str:
    """The number under a label, without its unit."""
    return page.locator(".stat", has_text=label).locator(".fig").inner_text().replace("\u00a0", " ")


def period_of(page: Page) -> tuple[date, date]:
    """The days in the two date fields."""
    first, last = (page.locator(f"#period-{name}").get_attribute("value") for name in ("first", "last"))
    return date.fromisoformat(first or ""), date.fromisoformat(last or "")


def test_from_the_list_to_the_passport_and_the_charts(visit):
    """Н-64, Н-65, Н-70: list → «Подробнее» → tabs → «В список»."""
    page = visit("/points?all=1")
    page.get_by_role("link", name="Подробнее Квартира 42, ввод").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Квартира 42, ввод")
    expect(page.locator("dl", has_text="Заводской номер ТУ")).to_contain_text("43118204")
    tabs = page.get_by_role("navigation", name="Разделы точки учета")
    tabs.get_by_role("link", name="Показания").click()
    expect(page.get_by_role("heading", name="Расход по дням")).to_be_visible()
    tabs.get_by_role("link", name="Профиль мощности").click()
    expect(page.get_by_role("heading", name="Полнота данных")).to_be_visible()
    page.get_by_role("link", name="В список").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Точки учета")


def test_period_and_choices_live_in_the_address(visit, new_page, anna):
    """A link reproduces the view; back and forward of the period are links (Н-98, Н-99)."""
    page = visit("/points/1/readings")
    last = period_of(page)[0] - timedelta(days=1)
    page.get_by_label("Предыдущий период").click()
    expect(page).to_have_url(re.compile(f"first={last.replace(day=1)}&last={last}&by=days"))
    expect(page.locator(".period-text")).to_contain_text(f"1–{last.day} ")
    page.get_by_role("link", name="Сравнить с прошлым").click()
    expect(page).to_have_url(re.compile("compare=1"))
    expect(page.get_by_role("columnheader", name="Прошлый период")).to_be_visible()
    twin = new_page(storage_state=anna)
    twin.goto(page.url)
    settled(twin)
    assert figure_of(twin, "Всего") == figure_of(page, "Всего")


def test_any_period_by_two_dates(visit):
    page = visit("/points/1/load-profile")
    gap = period_of(page)[1] - timedelta(days=GAP.days_ago - 1)  # the newest day is yesterday
    page.locator(".period summary").click()
    page.get_by_label("Первый день").fill(gap.isoformat())
    page.get_by_label("Последний день").fill(gap.isoformat())
    page.get_by_role("button", name="Показать").click()
    expect(page).to_have_url(re.compile(f"first={gap}&last={gap}"))
    expect(page.locator(".annotation-text", has_text="нет данных 6 ч")).to_be_visible()
    assert figure_of(page, "Полнота") == "75,0 %"


def test_file_holds_what_is_shown(visit, demo):
    """UTF-8 with BOM, semicolons, decimal comma; of the period in view."""
    page = visit("/points/1/readings?by=weeks")
    answer = page.request.get(demo.url + page.get_by_role("link", name="Скачать").get_attribute("href"))
    assert answer.status == 200 and answer.body().startswith(b"\xef\xbb\xbf")
    lines = answer.body().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + page.locator("tbody tr").count() and lines[0].count(";") > 5
    assert (
        f"{float(lines[-1].split(';')[4].replace(',', '.')):.2f}".replace(".", ",")
        in page.locator("tbody").inner_text()
    )


def test_stranger_sees_nothing_of_it(new_page, demo):
    page = new_page()
    sign_in(page, demo.url, BORIS, PASSWORD)
    expect(page).to_have_url(re.compile("/overview"))
    for address in ("/points/1", "/points/1/readings", "/points/1/load-profile"):
        page.goto(demo.url + address)
        expect(page.get_by_role("heading", name="Такой точки учета нет")).to_be_visible()
        assert "Квартира 42" not in page.content()


def test_colour_mode_changes_the_chart_without_the_server(visit):
    page = visit("/points/1/readings", color_scheme="light")
    bar = page.locator(".chart .bars .point path").first
    light, frames = bar.evaluate("e => getComputedStyle(e).fill"), []
    page.on("websocket", lambda socket: frames.append(socket))
    page.get_by_label("Светлая или тёмная тема").first.click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    wait_for(lambda: bar.evaluate("e => getComputedStyle(e).fill") != light, 45, "another colour of the bars")
    assert frames == []


def test_chart_says_itself_to_a_screen_reader(visit):
    page = visit("/points/1/load-profile")
    chart = page.get_by_role("img", name=re.compile(r"^Мощность, шаг 30 минут, .*: максимум .* кВт в .*, полнота"))
    expect(chart).to_be_visible()
    expect(page.get_by_role("heading", name="Таблицей")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_charts_stay_inside_their_cards(visit, width):
    for address in ("/points/3/readings?compare=1", "/points/1/load-profile"):
        page = visit(address, viewport=Look(width).size)
        assert fits(page)
        for chart in page.locator(".chart").all():
            box, card = chart.bounding_box(), chart.locator("xpath=ancestor::section").bounding_box()
            drawn = chart.locator(".main-svg").first.bounding_box()
            assert card["x"] <= box["x"] and box["x"] + box["width"] <= card["x"] + card["width"]
            assert (drawn["width"], drawn["height"]) == (box["width"], box["height"])


@pytest.mark.parametrize("address", PAGES)
def test_no_accessibility_findings(visit, address):
    every = [Look(390), Look(390, "dark"), Look(1440, "dark"), Look(1440)]
    ways = every if address in PAGES[:4] else every[-1:]
    assert faults(visit(address, viewport=ways[0].size), ways) == {}

"""Network parameters, the journals of all points and energy data in a real browser (Э-56, Э-57, Э-60, Э-62)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from energo_cabinet.demo.places import FLAT
from tests.e2e.browsing import settled
from tests.e2e.conftest import axe_violations
from tests.e2e.point.test_points import BORIS, PASSWORD, anna, visit  # noqa: F401  (fixtures)
from tests.e2e.sign_in.test_sign_in import sign_in

PAGES = ["/network", "/points/3/network", "/events", "/data", "/data?by=months&split=resources"]


def test_points_lead_to_their_network_parameters(visit):  # noqa: F811
    page = visit("/network")
    expect(page.get_by_role("heading", name="Параметры сети")).to_be_visible()
    page.get_by_role("link", name="Ввод 1, этажи 1–2").click()
    expect(page).to_have_url(re.compile("/points/3/network"))
    for label in ("Напряжение U, В", "Ток I, А", "Частота f, Гц", "Коэффициент мощности cos φ"):
        expect(page.locator("table").first).to_contain_text(label)
    expect(page.get_by_role("img", name="допустимо 207–253 В")).to_have_count(3)
    expect(page.locator(".netweek .callout")).to_contain_text("нарушение")


def test_quantity_and_period_are_in_the_address(visit):  # noqa: F811
    page = visit("/points/3/network")
    page.get_by_label("Величина").select_option("i")
    heading = page.get_by_role("heading", name="Ток I, А", exact=True)
    expect(heading).to_be_visible()
    page.get_by_role("link", name="Неделя").click()
    expect(page).to_have_url(re.compile("first=.*show=i"))
    page.reload()
    expect(heading).to_be_visible()


def test_imported_snapshot_reaches_the_open_page(visit, demo, tmp_path):  # noqa: F811
    """No reload: the figure changes after the import."""
    page = visit("/points/1/network")
    expect(page.locator(".phase .fig")).to_have_count(1)
    file = tmp_path / "snapshot.csv"
    file.write_text(f"point;time;U_A;I_A\n{FLAT.number};{datetime.now(UTC).isoformat(timespec='seconds')};251,7;3\n")
    demo.command("import", "--supplier", "severogorsk", str(file))
    expect(page.locator(".phase .fig")).to_contain_text("251,7")
    expect(page.locator(".phase .badge")).to_contain_text("Выше на 9,4 %")


def test_journals_of_all_points_by_point_and_kind(visit):  # noqa: F811
    page = visit("/events")
    expect(page.locator(".evhead")).to_contain_text("Точка учета")
    page.get_by_label("Точка").select_option(label="Квартира 42, ввод")
    expect(page).to_have_url(re.compile("point=1"))
    expect(page.locator(".evrow .pt").first).to_contain_text("Квартира 42, ввод")
    page.locator(".evrow").first.click()
    expect(page.get_by_role("heading", name="Что это значит")).to_be_visible()


def test_voltage_event_opens_with_its_chart(visit):  # noqa: F811
    page = visit("/points/3/events?kind=voltage&phase=3")
    page.locator(".evrow").first.click()
    expect(page.get_by_role("heading", name="Напряжение около события")).to_be_visible()
    page.locator(".explain .chart .main-svg").first.wait_for()


def test_chosen_points_by_month_as_table_and_file(visit):  # noqa: F811
    page = visit("/data")
    page.get_by_label("Шаг").select_option("months")
    expect(page).to_have_url(re.compile("by=months"))
    page.locator("summary", has_text="Точки").click()
    page.locator("label.check", has_text="Вентиляция").click()
    page.get_by_role("button", name="Показать").last.click()
    expect(page).to_have_url(re.compile("points=1%2C2%2C3%2C4"))
    expect(page.locator("summary", has_text="Точки: 4")).to_be_visible()
    expect(page.locator("thead")).not_to_contain_text("Вентиляция")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать XLSX").click()
    assert download.value.suggested_filename.startswith("data-months-")


def test_stranger_sees_no_network(demo, new_page):
    page = new_page()
    sign_in(page, demo.url, BORIS, PASSWORD)
    page.goto(f"{demo.url}/points/1/network")
    expect(page.get_by_text("Такой точки учета нет")).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, address):  # noqa: F811
    page = visit(address, viewport={"width": 320, "height": 800})
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []

"""Journals and transformers of a point in a real browser (Н-103…Н-127)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import FLAT
from tests.e2e.looking import Look, faults, fits, looks
from tests.e2e.point.test_points import BORIS, PASSWORD, anna, visit  # noqa: F401  (fixtures)
from tests.e2e.sign_in.test_sign_in import sign_in

SEED = Path(__file__).parents[2] / "formats" / "values" / "seed_journal.csv"
SENT = "Введено зимнее расписание поставщика"
CORRECTION = "Время коррекции часов прибора"
ALL = "/points/1/events?fold=0&first=2025-01-01&last=2030-01-01"
PAGES = ["/points/1/events", "/points/3/events", "/points/2/events", "/points/3/transformers", "/points/1/transformers"]


def lines(page: Page):
    """The rows of the journal."""
    return page.locator(".evrow")


@pytest.fixture(scope="module")
def imported(demo) -> str:
    """The seed's ten rows in Анна's flat, by the command line; the address that shows them."""
    told = demo.command("import", "--supplier", "severogorsk", "--point", FLAT.number, str(SEED))
    assert "contradict themselves" in told
    return "/points/1/events?first=2023-02-01&last=2023-02-28"


def test_tabs_lead_to_the_journal_with_the_columns_of_the_seed(visit):  # noqa: F811
    page = visit("/points/1")
    tabs = page.get_by_role("navigation", name="Разделы точки учета")
    tabs.get_by_role("link", name="Журналы событий").click()
    expect(page).to_have_url(re.compile("/points/1/events"))
    expect(page.locator(".evhead")).to_contain_text("Дата/Время")
    expect(page.locator(".evhead")).to_contain_text("Событие")
    expect(lines(page).filter(has_text=f"{CORRECTION}:").first).to_contain_text("поправки от")


def test_rows_of_the_seed_stand_as_in_its_table(visit, imported):  # noqa: F811
    """Н-106…Н-112: newest first, both clocks, open and closed pairs, the tenth flagged."""
    page = visit(imported + "&fold=0")
    expect(lines(page)).to_have_count(10)
    assert lines(page).locator(".time").all_inner_texts()[:2] == ["10.02.2023 03:08", "10.02.2023 03:00"]
    expect(lines(page).nth(0)).to_contain_text("запись противоречит себе")
    expect(lines(page).nth(1)).to_contain_text("(выход) 03:00, возврат не получен")
    expect(lines(page).nth(6)).to_contain_text("10 минут")
    expect(page.locator(".badge.warning")).to_have_count(1)


def test_event_opens_to_plain_words_by_keyboard(visit, imported):  # noqa: F811
    page = visit(imported)
    row = lines(page).filter(has_text=f"{CORRECTION}: 4 раза")
    row.focus()
    page.keyboard.press("Enter")
    expect(row).to_have_attribute("aria-expanded", "true")
    opened = page.locator(".explain")
    for words in ("Что это значит", "Кто отвечает", "Что делать", "Запись противоречит себе", "По часам прибора"):
        expect(opened).to_contain_text(words)
    page.get_by_role("link", name="Показать каждое").click()
    expect(lines(page)).to_have_count(4)
    lines(page).first.press("Enter")
    expect(page.locator(".explain")).to_contain_text("10.02.2023 02:58:41 (UTC+2)")


def test_filters_live_in_the_address(visit, imported):  # noqa: F811
    page = visit(imported + "&fold=0")
    page.get_by_label("Фаза").select_option("2")
    expect(lines(page)).to_have_count(2)
    expect(page).to_have_url(re.compile("phase=2"))
    page.go_back()
    expect(lines(page)).to_have_count(10)
    page.get_by_label("Важность").select_option("2")
    expect(lines(page)).to_have_count(4)
    page.get_by_label("Вид событий").select_option("voltage")
    expect(page.get_by_text("Таких событий за период нет")).to_be_visible()
    page.get_by_role("link", name="Сбросить фильтры").last.click()
    expect(page).to_have_url(re.compile("/points/1/events/?$"))


def test_text_finds_an_unknown_code(visit):  # noqa: F811
    page = visit("/points/1/events")
    page.get_by_role("searchbox", name="Найти в журнале").fill("77")
    page.keyboard.press("Enter")
    expect(lines(page)).to_have_count(1)
    expect(lines(page)).to_contain_text("Событие 77 (нет в справочнике)")
    expect(lines(page)).to_contain_text("03 11 A4")


def test_pages_of_fifty_there_and_back(visit):  # noqa: F811
    page = visit(ALL)
    expect(lines(page)).to_have_count(50)
    first = lines(page).first.inner_text()
    page.get_by_role("link", name="Раньше").click()
    expect(page).to_have_url(re.compile("before="))
    expect(lines(page).first).not_to_have_text(first)
    page.get_by_role("link", name="Новее").click()
    expect(page).to_have_url(re.compile("after="))
    expect(lines(page).first).to_contain_text(first.split("\n")[0])


def test_damaged_address_is_told_and_stranger_sees_nothing(visit, page, demo):  # noqa: F811
    expect(visit("/points/1/events?before=x").get_by_text("Адрес страницы журнала испорчен.")).to_be_visible()
    sign_in(page, demo.url, BORIS, PASSWORD)
    expect(page).to_have_url(re.compile("/overview"))
    for tab in ("events", "transformers"):
        page.goto(f"{demo.url}/points/1/{tab}")
        expect(page.get_by_text("Такой точки учета нет")).to_be_visible()


def test_transformers_by_phase_with_every_field(visit):  # noqa: F811
    page = visit("/points/3/transformers")
    expect(page.get_by_role("heading", name="Фаза 1")).to_be_visible()
    for label in (
        "Заводской номер",
        "Регистрационный номер СИ",
        "Место установки",
        "Дата ввода в эксплуатацию",
        "Дата последней проверки",
        "Дата следующей проверки",
        "Номинальное напряжение",
        "Номинальный первичный ток",
        "Номинальный вторичный ток",
        "Класс точности для измерений",
        "Комментарий",
        "Тип/модификация",
        "Номинальная частота",
    ):
        expect(page.locator("dt", has_text=re.compile(f"^{label}$"))).to_have_count(3)
    assert [badge.get_attribute("class") for badge in page.locator("dd .badge").all()] == [
        "badge  success",
        "badge  warning",
        "badge  warning",
    ]


def test_transformers_tab_is_there_when_empty(visit):  # noqa: F811
    page = visit("/points/1/transformers")
    expect(page.get_by_text("Трансформаторов нет")).to_be_visible()
    expect(page.locator(".tabs .on")).to_have_text("Трансформаторы тока и напряжения")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(visit, address):  # noqa: F811
    page = visit(address)
    if lines(page).count():
        lines(page).first.click()
        page.locator(".explain").wait_for()
    assert faults(page, (Look(1280), Look(1280, "dark"))) == {}


@pytest.mark.parametrize("address", [PAGES[0], PAGES[3]])
def test_nothing_scrolls_sideways(visit, address):  # noqa: F811
    page = visit(address, viewport=Look(320).size)
    assert [look for look in looks(page, map(Look, (320, 390, 768, 1440))) if not fits(page)] == []


def test_english_has_no_russian_words_of_the_interface(visit, demo):  # noqa: F811
    page = visit("/points/1/events")
    page.context.add_cookies([{"name": "lang", "value": "en", "url": demo.url}])
    page.reload()
    expect(lines(page).first).to_contain_text("Meter clock corrected")
    assert not re.search("[А-Яа-я]", page.locator(".events").inner_text().replace(SENT, ""))

"""An engineer's files in a real browser: sent, worked off, refused with lines, seen by the consumer (issue 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Person, enters
from tests.e2e.conftest import axe_violations
from tests.formats.maket_writer import Channel, maket

FLAT = "СГ-2042-01"


def day_file(number: str, values) -> bytes:
    """Yesterday of a point."""
    day = datetime.now(ZoneInfo("Europe/Moscow")) - timedelta(days=1)
    return maket({number: [Channel(values=values)]}, day=day.strftime("%Y%m%d"))


@pytest.fixture
def engineer(page, demo):
    """At the page of imports."""
    enters(page, demo, "engineer@example.ru", "energo-demo-2026", "/staff/imports")
    expect(page.get_by_role("heading", name="Импорт", exact=True)).to_be_visible()
    return page


def choose(page, *files):
    page.locator("#import-files").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )


def line(page, name):
    return page.locator(".imp").filter(has_text=name)


def test_files_are_sent_worked_off_and_seen_by_the_consumer(engineer, demo, new_page):
    broken = day_file(FLAT, [1] * 48).replace(b'start="0030"', b'start="xx30"', 1)
    table = "прибор;дата;показание\n99999999;01.11.2026;5\n".encode()
    choose(engineer, ("профиль.xml", day_file(FLAT, [7] * 48)), ("битый.xml", broken), ("показания.csv", table))
    expect(line(engineer, "профиль.xml")).to_contain_text("ЗАГРУЖЕН")
    expect(line(engineer, "битый.xml")).to_contain_text("ОТКЛОНЁН")
    expect(line(engineer, "показания.csv")).to_contain_text("Строка 2")
    expect(engineer.locator(".uploads .file")).to_have_count(0)
    line(engineer, "битый.xml").get_by_role("link", name="битый.xml").click()
    expect(engineer.locator(".refusals tbody tr").first).to_contain_text("Строка ")
    with engineer.expect_download() as given:
        engineer.get_by_role("link", name="Скачать CSV").click()
    assert "Строка".encode() in given.value.path().read_bytes()
    engineer.go_back()
    line(engineer, "профиль.xml").get_by_role("link", name="профиль.xml").click()
    engineer.locator(".card", has_text="Заменённые сутки").get_by_role("link").first.click()
    expect(engineer.locator(".versions tbody tr.changed").first).to_contain_text("7,000")
    anna = Person(demo, new_page(), "anna@example.ru")
    anna.signs_in("energo-demo-2026")
    yesterday = datetime.now(ZoneInfo("Europe/Moscow")) - timedelta(days=1)
    anna.goes_to(f"/points/1/load-profile?first={yesterday:%Y-%m-%d}&last={yesterday:%Y-%m-%d}")
    expect(anna.page.locator("main")).to_contain_text("336,0")


def test_a_token_is_issued_used_and_revoked(engineer, demo):
    engineer.get_by_role("link", name="Машины").click()
    engineer.get_by_role("button", name="Выпустить токен").click()
    engineer.get_by_label("Для чего токен").fill("Опрос")
    engineer.locator("#token-add button[type=submit]").click()
    token = engineer.locator(".code.secret").inner_text()
    headers = {"authorization": f"Bearer {token}"}
    answer = httpx.post(f"{demo.url}/api/v1/drop?name=a.xml", content=day_file("НЕТ", [1] * 48), headers=headers)
    assert answer.status_code == 202
    engineer.get_by_role("button", name="Сохранено").click()
    expect(engineer.locator("#token-shown")).to_have_count(0)
    assert token not in engineer.content()
    assert axe_violations(engineer) == []
    engineer.get_by_role("button", name="Отозвать токен Опрос", exact=True).click()
    engineer.locator("#token-revoke").get_by_role("button", name="Отозвать").click()
    expect(engineer.get_by_role("button", name="Отозвать токен Опрос", exact=True)).to_have_count(0)
    assert httpx.get(demo.url + answer.json()["url"], headers=headers).status_code == 401

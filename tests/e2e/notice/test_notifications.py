"""«Уведомления» in a real browser (Н-129, Н-131, Н-132, Н-136, Н-137): pushed, by keyboard, phone, after a break."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person, falls_silent
from tests.e2e.conftest import axe_violations
from tests.e2e.looking import Look, faults

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def reader(page: Page, demo) -> Person:
    """Somebody new with the free contract of the demo, signed in, on «Уведомления»."""
    return _signed_in(page, demo)


def _signed_in(page: Page, demo) -> Person:
    email = f"reader{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    person = Person(demo, page, email)
    person.signs_in()
    person.adds_contract("Северогорск Энергосбыт", "Гараж", "7638294118", "garage-box-14")
    expect(page.locator(".contract").first).to_contain_text("Гараж")
    person.goes_to("/notifications")
    expect(page.get_by_text("Уведомлений пока нет")).to_be_visible()
    return person


def told(person: Person, title: str, text: str = "", kind: str = "message") -> None:
    """The supplier's command line, another process."""
    given = ("--email", person.email, "--kind", kind, "--subject", title, "--text", text)
    person.cabinet.command("notify", *given)


def row(page: Page, title: str):
    return page.locator(".notice:visible").filter(has_text=title)


def test_it_arrives_by_itself_and_is_read_by_opening(reader):
    """The row, «НЕ ПРОЧИТАНО», the number, the page's title and the (!) appear without a reload, and go together."""
    page = reader.page
    told(reader, "Уведомление о задолженности", "Оплатите счёт до 01.12.2026")
    notice = row(page, "Уведомление о задолженности")
    expect(notice).to_contain_text("НЕ ПРОЧИТАНО")
    expect(notice).to_contain_text(re.compile(r"\d\d\.\d\d\.\d{4}"))
    expect(notice).to_contain_text("Северогорск Энергосбыт")
    expect(page).to_have_title(re.compile(r"^\(1\) Уведомления"))
    expect(page.locator(".sidebar .nav b")).to_have_text("1")
    expect(page.locator(".sidebar .contract").get_by_label("Есть непрочитанные уведомления")).to_be_visible()
    notice.get_by_role("button", name="Уведомление о задолженности").click()
    expect(notice).not_to_contain_text("НЕ ПРОЧИТАНО")
    expect(page).to_have_title(re.compile("^Уведомления"))
    expect(page.locator(".sidebar .nav b")).to_have_count(0)
    expect(page.locator(".bang:visible")).to_have_count(0)


def test_the_browser_asks_for_nothing_meanwhile(reader):
    """DESIGN 9: it is pushed; from the page's rest to the arrival the tab sends no event (2 and 3 are heartbeats)."""
    page, sent = reader.page.context.new_page(), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(reader.cabinet.url + "/notifications")
    expect(page.get_by_text("Уведомлений пока нет")).to_be_visible()
    assert sent
    falls_silent(page, sent)
    told(reader, "Плановые работы", kind="planned_works")
    expect(row(page, "Плановые работы")).to_be_visible()
    assert [frame for frame in sent if frame not in ("2", "3")] == []


def test_two_tabs_agree_and_read_all(reader):
    """«Прочитать все» in one tab; the other, on another page, follows."""
    page, other = reader.page, reader.page.context.new_page()
    other.goto(reader.cabinet.url + "/points")
    told(reader, "Плановые работы", kind="planned_works")
    expect(other).to_have_title(re.compile(r"^\(1\) Точки учета"))
    page.get_by_role("button", name="Прочитать все").click()
    expect(other).to_have_title(re.compile("^Точки учета"))
    expect(page.get_by_text("Все уведомления прочитаны")).to_be_visible()
    expect(page.get_by_role("button", name="Прочитать все")).to_be_disabled()


def test_filters_live_in_the_address_and_the_opened_one_stays(reader):
    page = reader.page
    told(reader, "Уведомление о задолженности", "Подробности " * 30)
    page.get_by_role("link", name="От приборов учета").click()
    expect(page.get_by_text("Таких уведомлений нет")).to_be_visible()
    page.get_by_role("link", name="Непрочитанные", exact=True).click()
    opener = page.get_by_role("button", name="Уведомление о задолженности")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.reload()
    expect(page).to_have_url(re.compile("show=unread"))
    expect(page.get_by_text("Таких уведомлений нет")).to_be_visible()


def test_about_a_meter_leads_to_its_point(page, demo):
    """Анна's office: a verification is due; opening it shows the point's passport and marks it read."""
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026", "/notifications?show=meters")
    row(page, "Ввод 1, этажи 1–2").get_by_role("link", name=re.compile("Поверка прибора учета")).click()
    expect(page.get_by_role("heading", name="Ввод 1, этажи 1–2", level=1)).to_be_visible()
    anna.goes_to("/notifications?show=meters")
    expect(row(page, "Ввод 1, этажи 1–2")).not_to_contain_text("НЕ ПРОЧИТАНО")


def test_by_keyboard_alone(reader):
    page = reader.page
    told(reader, "Плановые работы", kind="planned_works")
    expect(row(page, "Плановые работы")).to_be_visible()
    page.get_by_role("button", name="Прочитать все").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Плановые работы")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "Плановые работы")).not_to_contain_text("НЕ ПРОЧИТАНО")


def test_a_broken_connection_is_caught_up(reader):
    """The socket is cut, something is told meanwhile, the browser comes back by itself and knows."""
    page, cut = reader.page.context.new_page(), {"is_off": False, "open": []}

    def socket(ws):
        if cut["is_off"]:
            ws.close()
            return
        ws.connect_to_server()
        cut["open"].append(ws)

    page.route_web_socket(re.compile("_event"), socket)
    page.goto(reader.cabinet.url + "/notifications")
    expect(page.get_by_text("Уведомлений пока нет")).to_be_visible()
    cut["is_off"] = True
    for ws in cut["open"]:
        ws.close()
    told(reader, "Пока не было связи")
    assert not page.title().startswith("(")
    cut["is_off"] = False
    expect(row(page, "Пока не было связи")).to_be_visible(timeout=90_000)
    expect(page).to_have_title(re.compile(r"^\(1\)"))


def test_on_a_phone(new_page, demo):
    """Two-line rows, the number at the bell below, the (!) above; nothing wider than the screen; axe finds nothing."""
    page = new_page(**PHONE)
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026", "/notifications")
    expect(page.locator(".bottomnav u")).to_have_text(re.compile(r"\d"))
    expect(page.locator("ul.notices .notice").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe_violations(page) == []


def test_axe_finds_nothing_in_either_mode(new_page, demo):
    page = new_page()
    Person(demo, page, "anna@example.ru").signs_in("energo-demo-2026", "/notifications")
    expect(page.locator(".notice:visible").first).to_be_visible()
    assert faults(page, (Look(1280), Look(1280, "dark"))) == {}


def test_english(new_page, demo):
    page = new_page()
    page.context.add_cookies([{"name": "lang", "value": "en", "url": demo.url}])
    page.goto(demo.url + "/login")
    page.locator("input[name=email]").fill("boris@example.ru")
    page.locator("input[name=password]").fill("energo-demo-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/overview**")
    page.goto(demo.url + "/notifications")
    expect(page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
    expect(page.locator(".notice:visible", has_text="Meter verification: by").first).to_be_visible()

"""Every page of `/staff` in a real browser: whole, quiet, accessible, within the width of a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

from energo_cabinet.demo.places import ANNA, PASSWORD
from energo_cabinet.demo.staff import ADMIN, OPERATOR
from tests.e2e.addresses import STAFF
from tests.e2e.browsing import enters
from tests.e2e.looking import Look, faults
from tests.services.supplier.scene import picture

NEW_PASSWORD = "Сирень-цветёт-7"


def test_staff_pages_are_whole_quiet_and_accessible(demo, page, watch):
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    enters(page, demo, ADMIN, PASSWORD)
    wrong, ways = {}, (Look(390), Look(1440))
    for name, address in STAFF.items():
        page.set_viewport_size(ways[0].size)
        page.goto(demo.url + address)
        if found := faults(page, ways):
            wrong[name] = found
    assert (wrong, hosts) == ({}, {"localhost"})


def test_a_customer_is_sent_home_from_staff_pages(demo, page, watch):
    enters(page, demo, ANNA, PASSWORD, "/staff/members")
    page.wait_for_url("**/overview**")


def test_an_administrator_adds_an_operator_who_comes_in_by_the_letter(demo, new_page, watch):
    """Section 1: a role opens its own sections and no others; the journal says who was added."""
    admin, operator, email = new_page(), new_page(), "nina@example.org"
    enters(admin, demo, ADMIN, PASSWORD, "/staff/members")
    expect(admin.get_by_text(OPERATOR).first).to_be_visible()
    admin.get_by_role("button", name="Добавить сотрудника").click()
    admin.locator("#member-email").fill(email)
    admin.locator("#member-name").fill("Новикова Нина")
    admin.get_by_role("dialog").get_by_role("button", name="Добавить").click()
    expect(admin.get_by_text(email)).to_be_visible()
    operator.goto(demo.link_in_letter(email))
    for name in ("password", "password2"):
        operator.locator(f"input[name={name}]").fill(NEW_PASSWORD)
    operator.locator("form[action='/api/reset'] button[type=submit]").click()
    operator.wait_for_url("**/login**")
    enters(operator, demo, email, NEW_PASSWORD)
    expect(operator.locator(".sidebar .nav", has_text="Сводка")).to_be_visible()
    assert operator.locator(".sidebar .nav", has_text="Сотрудники").count() == 0
    admin.goto(demo.url + "/staff/audit")
    expect(admin.get_by_text("Добавление сотрудника").first).to_be_visible()


def test_an_administrator_s_words_are_read_at_the_supplier_s_door(demo, page, new_page, watch):
    """Section 1: brand and texts; a wrong colour is told beside its field and nothing is lost."""
    enters(page, demo, ADMIN, PASSWORD, "/staff/settings")
    colour, welcome = page.locator("#set-brand_colour"), page.locator("#set-welcome_text")
    kept = colour.input_value()
    welcome.fill("Работаем и в субботу.")
    colour.fill("красный")
    brand = page.locator("form", has=welcome)
    brand.get_by_role("button", name="Сохранить").click()
    expect(brand.locator(".err").first).to_be_visible()
    expect(welcome).to_have_value("Работаем и в субботу.")
    page.locator("#supplier-logo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.get_by_text("Знак сохранён")).to_be_visible()
    expect(welcome).to_have_value("Работаем и в субботу.")
    colour.fill(kept)
    brand.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Настройки сохранены")).to_be_visible()
    visitor = new_page()
    visitor.goto(demo.url + "/s/severogorsk")
    expect(visitor.get_by_text("Работаем и в субботу.")).to_be_visible()
    expect(visitor.locator(".suppliersign")).to_have_js_property("naturalWidth", 480)

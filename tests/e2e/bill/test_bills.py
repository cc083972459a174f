"""«Счета» in a real browser (Н-43, Н-137): the balance, a bill, its QR off the screen, copying, printing, pushes."""

from __future__ import annotations

import io
import re
import time
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.browsing import PASSWORD, Person
from tests.e2e.conftest import axe_violations

DACHA = "/bills?contract=2"
CHARGES = "contract;month;title;quantity;unit;price\n{number};2026-01;Электроэнергия;100;кВт·ч;4.93\n"


@pytest.fixture
def anna(page: Page, demo) -> Person:
    """Анна of the demo, signed in: her dacha owes three bills."""
    person = Person(demo, page, "anna@example.ru")
    person.signs_in("energo-demo-2026")
    return person


def test_the_debt_comes_first_and_leads_to_a_code_a_bank_can_read(anna):
    """Balance in words, «Оплатить», and the QR as the screen shows it, field by field."""
    page = anna.page
    anna.goes_to(DACHA)
    expect(page.locator(".balance-sum")).to_contain_text("Задолженность")
    amount = page.locator(".balance-sum .fig").inner_text()
    page.get_by_role("link", name="Оплатить").click()
    expect(page.get_by_role("heading", name=re.compile("^Оплата счёта за"))).to_be_visible()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator("svg.qr").screenshot())))
    fields = dict(pair.split("=", 1) for pair in code.bytes.decode().split("|")[1:])
    labels, values = (page.locator(f".copy {tag}").all_inner_texts() for tag in ("dt", "dd"))
    shown = dict(zip(labels, values, strict=True))
    assert (shown["БИК"], shown["Расчётный счёт"]) == (fields["BIC"], fields["PersonalAcc"])
    assert (fields["Name"], fields["PersAcc"]) == (shown["Получатель"], "40-11825")
    assert int(fields["Sum"]) == _kopecks(amount)


def _kopecks(amount: str) -> int:
    return int(re.sub(r"\D", "", amount))


def test_a_detail_is_copied_and_said(new_page, demo):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026", "/bills/24/receipt")
    page.get_by_role("button", name="Скопировать: БИК").click()
    expect(page.locator("[data-copy-status]")).to_have_text("Скопировано: БИК")
    assert page.evaluate("navigator.clipboard.readText()") == "049999702"


def test_a_bill_opens_to_its_lines(anna):
    page = anna.page
    anna.goes_to("/bills?contract=1")
    expect(page.locator(".balance-sum")).to_contain_text("Переплата")
    page.get_by_role("link", name=re.compile("^Открыть счёт")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^Счёт за"))).to_be_visible()
    line = page.get_by_role("row").filter(has_text="T1 день")
    expect(line).to_contain_text("кВт·ч × 4,93")
    expect(line).to_contain_text("сходится")
    page.get_by_role("link", name="Все счета").click()
    expect(page.get_by_role("heading", name="Счета", level=1)).to_be_visible()


def test_the_receipt_prints_on_one_sheet(anna):
    page = anna.page
    anna.goes_to("/bills/24/receipt")
    expect(page.locator("svg.qr")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Квитанция на оплату")).to_be_visible()
    for gone in (".sidebar", ".topbar", ".copy .btn"):
        expect(page.locator(gone).first).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1


def test_without_bills_then_what_the_supplier_books_arrives(page, demo, tmp_path):
    """A useful empty state; what another process books (`bill import`, `bill pay`) shows without a reload."""
    number = f"б-{time.time_ns()}"
    own = ("--supplier", "severogorsk", "--number", number, "--login", number, "--password", "дом у реки 7")
    demo.command("contract", "add", *own)
    email = f"payer{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    person = Person(demo, page, email)
    person.signs_in()
    person.adds_contract("Северогорск Энергосбыт", "Гараж", number, "дом у реки 7")
    expect(page.locator(".contract").first).to_contain_text("Гараж")
    person.goes_to("/bills")
    expect(page.get_by_text("Счетов пока нет")).to_be_visible()
    (tmp_path / "bills.csv").write_text(CHARGES.format(number=number))
    demo.command("bill", "import", str(tmp_path / "bills.csv"), "--supplier", "severogorsk")
    expect(page.locator(".balance-sum")).to_contain_text("493,00")
    paid = ("--amount", "493", "--paid", f"{date(2026, 2, 3)}", "--document", "П-1")
    demo.command("bill", "pay", "--supplier", "severogorsk", "--contract", number, *paid)
    expect(page.locator(".balance-sum")).to_contain_text("Всё оплачено")


def test_a_debt_notification_leads_to_the_bills(anna):
    """Н-137: opening it shows what it is about."""
    page = anna.page
    anna.goes_to("/notifications?show=supplier")
    page.get_by_role("link", name="Уведомление о задолженности").first.click()
    expect(page.get_by_role("heading", name="Счета", level=1)).to_be_visible()
    expect(page.locator(".balance-sum")).to_contain_text("Задолженность")


def test_on_a_phone_nothing_is_wider_than_the_screen(new_page, demo):
    page = new_page(viewport={"width": 390, "height": 844})
    anna = Person(demo, page, "anna@example.ru")
    anna.signs_in("energo-demo-2026")
    for path in (DACHA, "/bills/24", "/bills/24/receipt"):
        anna.goes_to(path)
        expect(page.locator(".bills .card").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert axe_violations(page) == []

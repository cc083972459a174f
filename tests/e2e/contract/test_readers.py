"""Nobody becomes who they are not: an owner, an attacker and two administrators, a browser each (RC-1)."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from energo_cabinet.demo.places import ANNA, BORIS, PASSWORD
from energo_cabinet.demo.staff import ADMIN
from tests.e2e.browsing import enters, labelled, listens
from tests.e2e.cabinet import Cabinet, running_cabinet
from tests.e2e.looking import Look, faults
from tests.e2e.public.test_front_door import names_a_contract

REGION, FLAT = "Электроснабжение, г. Северогорск", "7638-294-061"
NEW = "Сирень-цветёт-7"
LOOKS = (Look(1440), Look(390, "dark"))


@pytest.fixture(scope="module")
def cabinet(built, tmp_path_factory):
    """An installation of the demo's data of its own: contracts change hands here."""
    with running_cabinet(tmp_path_factory.mktemp("readers")) as running:
        yield running


def bills_code(page: Page, cabinet: Cabinet) -> str:
    """What is printed on the receipt of the newest bill of the flat."""
    page.goto(cabinet.url + "/bills/12/receipt")
    return page.locator("dl", has_text="Код для подключения").get_by_text(re.compile(r"^[a-z2-9-]{14}$")).inner_text()


def looked_at(page: Page) -> None:
    """Wide and dark on a phone; back to a desk."""
    assert faults(page, LOOKS) == {}
    page.set_viewport_size({"width": 1280, "height": 900})


def sends_code(page: Page, code: str) -> None:
    """The second step: «Подключить по коду»."""
    labelled(page, "Код со счёта или из сообщения").fill(code)
    page.get_by_role("button", name="Подключить по коду").click()


def test_name_and_number_open_nothing(cabinet, new_page, watch):
    other = new_page()
    enters(other, cabinet, BORIS, PASSWORD, "/account")
    names_a_contract(other, REGION, FLAT)
    looked_at(other)
    other.get_by_role("button", name="Отправить заявку").click()
    expect(other.get_by_text("РАССМАТРИВАЕТСЯ").first).to_be_visible()
    names_a_contract(other, REGION, FLAT)
    sends_code(other, "aaaa-bbbb-cccc")
    expect(other.get_by_text("Номер и код не подходят друг к другу")).to_be_visible()
    assert other.locator(".sidebar").get_by_text(FLAT).count() == 0


def test_a_code_is_told_undone_with_one_click_and_decided(cabinet, new_page, watch):
    owner, other, letter = new_page(), new_page(), new_page()
    enters(owner, cabinet, ANNA, PASSWORD)
    code = bills_code(owner, cabinet)
    enters(other, cabinet, BORIS, PASSWORD, "/account")
    names_a_contract(other, REGION, FLAT)
    sends_code(other, code)
    expect(other.locator(".sidebar").get_by_text(FLAT).first).to_be_visible()
    owner.goto(cabinet.url + "/account")
    expect(owner.locator("#readers")).to_contain_text("Лебедев Борис")
    looked_at(owner)
    letter.goto(cabinet.link_in_letter(ANNA))
    expect(letter.get_by_text("Лебедев Борис")).to_be_visible()
    looked_at(letter)
    letter.get_by_role("button", name="Это не должно быть").click()
    expect(letter.get_by_role("heading", name="Возражение принято")).to_be_visible()
    other.goto(cabinet.url + "/points/1")
    expect(other.get_by_text("Такой точки учета нет")).to_be_visible()
    is_decided(new_page(), cabinet)


def is_decided(desk: Page, cabinet: Cabinet) -> None:
    """The supplier's administrator keeps the new reader out."""
    enters(desk, cabinet, ADMIN, PASSWORD, "/staff/customers/requests")
    expect(desk.get_by_text(f"Возражение: договор {FLAT}")).to_be_visible()
    looked_at(desk)
    desk.get_by_role("button", name="Не давать доступ").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(re.compile("Причина")).fill("Договор оформлен на другого человека")
    dialog.get_by_role("button", name="Не давать доступ").click()
    expect(desk.get_by_text("Доступ закрыт").first).to_be_visible()


def forgets_proof(cabinet: Cabinet) -> None:
    """Everybody's last proof is an hour old."""
    with sqlite3.connect(cabinet.data_dir / "cabinet.db", timeout=30) as database:
        database.execute("UPDATE loginsession SET proved_at = datetime('now', '-1 hour')")


def joins(page: Page, cabinet: Cabinet, email: str) -> None:
    """A second administrator, added by the command line, chooses a password by the letter."""
    who = ("--email", email, "--name", "Вторая Вера", "--role", "supplier_admin", "--supplier", "severogorsk")
    cabinet.command("staff", "add", *who)
    page.goto(cabinet.link_in_letter(email))
    for name in ("password", "password2"):
        page.locator(f"input[name={name}]").fill(NEW)
    page.locator("form[action='/api/reset'] button[type=submit]").click()
    page.wait_for_url("**/login**")


def proves(page: Page) -> None:
    """«Подтвердите, что это Вы», wrong and right."""
    dialog = page.get_by_role("dialog", name="Подтвердите, что это Вы")
    for secret in ("не тот пароль", PASSWORD):
        dialog.locator("#step-up-secret").fill(secret)
        dialog.get_by_role("button", name="Подтвердить").click()
        if secret != PASSWORD:
            expect(dialog.get_by_text("Неверный пароль или код")).to_be_visible()
    expect(dialog).to_have_count(0)


def test_money_moves_by_two_votes_and_fresh_proof(cabinet, new_page, watch):
    first, second = new_page(), new_page()
    joins(second, cabinet, "second@example.ru")
    enters(first, cabinet, ADMIN, PASSWORD, "/staff/settings")
    forgets_proof(cabinet)
    listens(first)
    form = first.locator("form", has=first.locator("#set-payee_account"))
    form.get_by_role("button", name="Сохранить").click()
    proves(first)
    form.get_by_role("button", name="Сохранить").click()
    expect(first.get_by_text("Ждёт подтверждения второго администратора")).to_be_visible()
    expect(first.get_by_role("button", name="Отозвать")).to_be_visible()
    enters(second, cabinet, "second@example.ru", NEW, "/staff/members")
    expect(second.get_by_text("Реквизиты для оплаты").first).to_be_visible()
    looked_at(second)
    second.get_by_role("button", name="Подтвердить").click()
    expect(second.get_by_text("Изменение вступило в силу")).to_be_visible()


def test_nobody_becomes_staff_by_another_s_word(cabinet, new_page, watch):
    person, desk = new_page(), new_page()
    enters(person, cabinet, BORIS, PASSWORD)
    enters(desk, cabinet, ADMIN, PASSWORD, "/staff/members")
    listens(desk)
    desk.get_by_role("button", name="Добавить сотрудника").click()
    desk.locator("#member-email").fill(BORIS)
    desk.locator("#member-name").fill("Борисов")
    desk.get_by_role("dialog").get_by_role("button", name="Добавить").click()
    expect(desk.get_by_text("ЖДЁТ СОГЛАСИЯ")).to_be_visible()
    person.goto(cabinet.url + "/overview")
    expect(person.get_by_text("Вас приглашают стать сотрудником")).to_be_visible()
    looked_at(person)
    person.get_by_role("button", name="Отказаться").click()
    expect(person.get_by_text("Вас приглашают стать сотрудником")).to_have_count(0)

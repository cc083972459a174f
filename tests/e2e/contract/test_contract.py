"""Contracts in the sidebar: add, rename, unlink; menus and dialogs by keyboard (Н-21…30, Н-40, Н-41, Н-49, Н-50)."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe_violations
from tests.e2e.looking import Look, fits, looks
from tests.e2e.sign_in.test_sign_in import PASSWORD, opened, sign_in


@pytest.fixture
def newcomer(page: Page, demo) -> Page:
    """A fresh account without contracts, signed in."""
    email = f"new{time.time_ns()}@example.ru"
    demo.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    opened(page, f"{demo.url}/login")
    sign_in(page, demo.url, email)
    expect(page).to_have_url(re.compile("/overview"))
    opened(page, f"{demo.url}/points")
    return page


def add(page: Page, login: str, password: str, title: str = "Гараж") -> None:
    """Fill and send «Добавить договор», opening it when needed."""
    if not page.get_by_role("dialog").count():
        page.locator(".sidebar").get_by_role("button", name="Добавить договор").click()
    box = page.get_by_role("dialog", name="Добавить договор")
    box.get_by_label("Поставщик").select_option("Северогорск Энергосбыт")
    box.get_by_label("Название").fill(title)
    box.get_by_label("Логин").fill(login)
    box.locator("#contract-password").fill(password)
    box.get_by_role("button", name="Добавить").click()


def test_contract_is_added_renamed_and_unlinked(newcomer):
    """Н-22…28, Н-41, Н-49, Н-50."""
    add(newcomer, "7638294118", "garage-box-14")
    card = newcomer.locator(".sidebar .contract")
    expect(card).to_have_count(1)
    expect(card).to_contain_text(re.compile("Гараж.*Северогорск Энергосбыт.*7638-294-118"))
    menu_item(newcomer, "Редактировать")
    newcomer.get_by_role("dialog").get_by_label("Название").fill("Бокс 14")
    newcomer.get_by_role("button", name="Сохранить").click()
    expect(card).to_contain_text("Бокс 14")
    menu_item(newcomer, "Убрать из кабинета")
    newcomer.get_by_role("dialog").get_by_role("button", name="Убрать").click()
    expect(card).to_have_count(0)


def menu_item(page: Page, name: str) -> None:
    """Choose from ⋮ beside the contract's name."""
    page.locator(".topbar").get_by_label("Действия с договором").click()
    page.locator(".topbar").get_by_role("button", name=name).click()


def test_refusals_stand_beside_their_field(newcomer):
    """Wrong password, unknown login, already linked: a message each (Н-26, Н-27)."""
    add(newcomer, "7638294118", "не тот")
    expect(newcomer.locator("#contract-password-note")).not_to_be_empty()
    add(newcomer, "нет такого", "garage-box-14")
    expect(newcomer.locator("#contract-login-note")).not_to_be_empty()
    add(newcomer, "7638294118", "garage-box-14")
    expect(newcomer.get_by_role("dialog")).to_have_count(0)
    add(newcomer, "7638294118", "garage-box-14", "Ещё раз")
    expect(newcomer.locator("#contract-login-note")).not_to_be_empty()


def test_empty_form_marks_every_field_and_is_accessible(newcomer):
    newcomer.locator(".sidebar").get_by_role("button", name="Добавить договор").click()
    newcomer.get_by_role("dialog").get_by_role("button", name="Добавить").click()
    expect(newcomer.get_by_role("dialog").locator("[aria-invalid=true]")).to_have_count(4)
    assert axe_violations(newcomer) == []


def test_dialog_by_keyboard_keeps_and_returns_the_focus(newcomer):
    opener = newcomer.locator(".sidebar").get_by_role("button", name="Добавить договор")
    opener.focus()
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator("#contract-supplier")).to_be_focused()
    for _ in range(12):
        newcomer.keyboard.press("Tab")
    assert newcomer.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    newcomer.keyboard.press("Escape")
    expect(newcomer.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_menu_closes_on_escape_and_click_aside(newcomer):
    person = newcomer.locator(".topbar").get_by_label("Профиль пользователя")
    for close in (lambda: newcomer.keyboard.press("Escape"), lambda: newcomer.locator("h1").click()):
        person.click()
        expect(newcomer.locator(".topbar").get_by_role("button", name="Выйти")).to_be_visible()
        close()
        expect(newcomer.locator(".topbar").get_by_role("button", name="Выйти")).to_be_hidden()


def test_frame_is_accessible_and_fits(new_page, demo):
    page = new_page(viewport=Look(320).size)
    sign_in(page, demo.url, "anna@example.ru", "energo-demo-2026")
    expect(page).to_have_url(re.compile("/overview"))
    for look in looks(page, (Look(320), Look(390, "dark"), Look(768), Look(1440, "dark"))):
        bar = page.locator(".topbar" if look.width >= 1024 else ".phonebar")
        for menu in bar.locator("summary").all():
            menu.click()
            assert (axe_violations(page), fits(page)) == ([], True), look
            page.keyboard.press("Escape")

"""«Профиль» as a person meets it (Н-13, Н-51…Н-62; F-22), in the seed's words."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import Person, labelled, listens

PASSWORD, NEW = "energo-demo-2026", "тихая река у дома"


@pytest.fixture
def maria(demo, new_page):
    """Somebody new at a browser, signed in by the way that needs no start page."""
    number = len(list(demo.data_dir.glob("maria*")))
    (demo.data_dir / f"maria{number}").touch()
    who = Person(demo, new_page(), f"maria{number}@example.ru")
    demo.command("user", "add", "--email", who.email, "--password", PASSWORD, "--name", "Иванова Мария")
    signs_in(who.page, demo, who.email)
    return who


def signs_in(page: Page, demo, email: str, password: str = PASSWORD) -> None:
    page.goto(demo.url + "/login")
    listens(page)
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url(re.compile("/(overview|points|login/code)"))


def profile(who: Person) -> Page:
    who.goes_to("/profile")
    expect(who.page.get_by_role("heading", name="Учетные данные")).to_be_visible()
    return who.page


def test_menu_of_the_name_leads_to_the_profile_and_the_name_changes_at_once(maria):
    """Н-51, Н-52."""
    page = maria.page
    listens(page)
    page.locator(".topbar").get_by_label("Профиль пользователя").click()
    page.locator(".topbar .menu").get_by_role("link", name="Профиль").click()
    expect(page.get_by_role("heading", name="Профиль", level=1)).to_be_visible()
    page.get_by_role("button", name="Изменить: Ф.И.О.").click()
    page.get_by_role("dialog").get_by_label("Ф.И.О.").fill("Иванова Мария Петровна")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".topbar")).to_contain_text("Иванова Мария Петровна")


def test_switches_of_notifications_are_kept(maria):
    """Н-54, Н-55."""
    page = profile(maria)
    for name in ("От поставщика: На почту", "От приборов учета: В кабинете"):
        page.get_by_role("switch", name=name).click()
        expect(page.get_by_role("switch", name=name)).to_have_attribute("aria-checked", "false")
    profile(maria)
    expect(page.get_by_role("switch", name="От поставщика: На почту")).to_have_attribute("aria-checked", "false")
    expect(page.get_by_role("switch", name="От поставщика: В кабинете")).to_have_attribute("aria-checked", "true")


def test_a_new_password_signs_the_other_browser_out_at_once(maria, new_page, demo):
    """Н-56…Н-62: «ИЗМЕНИТЬ ПАРОЛЬ» → «Смена пароля», «ОТМЕНА», «ОТПРАВИТЬ»."""
    other = Person(demo, new_page(), maria.email)
    signs_in(other.page, demo, maria.email)
    profile(other)
    page = profile(maria)
    page.get_by_role("button", name="ИЗМЕНИТЬ ПАРОЛЬ").click()
    dialog = page.get_by_role("dialog", name="Смена пароля")
    dialog.get_by_role("button", name="ОТМЕНА").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="ИЗМЕНИТЬ ПАРОЛЬ").click()
    for label, value in {"Текущий пароль": PASSWORD, "Новый пароль": NEW, "Новый пароль повторно": NEW}.items():
        labelled(dialog, label).fill(value)
    dialog.get_by_role("button", name="ОТПРАВИТЬ").click()
    expect(page.get_by_text("Пароль изменён, другие сеансы завершены")).to_be_visible()
    expect(other.page).to_have_url(re.compile("/login"))
    assert "Пароль изменён" in demo.wait_letter(maria.email)["Subject"]


def test_an_authenticator_asks_its_code_at_the_next_sign_in(maria, new_page, demo):
    """F-22: QR and key, ten recovery codes shown once; then password and code."""
    page = profile(maria)
    page.get_by_role("button", name="Включить: приложение").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_alt_text("QR-код для приложения-аутентификатора")).to_be_visible()
    totp = pyotp.TOTP(page.locator(".manual code").inner_text().replace(" ", ""))
    labelled(page.get_by_role("dialog"), "Код").fill(totp.now())
    page.get_by_role("dialog").get_by_role("button", name="Включить").click()
    expect(page.locator(".reserve li")).to_have_count(10)
    code = page.locator(".reserve li").first.inner_text()
    page.get_by_role("button", name="Я сохранил коды").click()
    expect(page.get_by_text("Включена: код из приложения")).to_be_visible()
    again = new_page()
    signs_in(again, demo, maria.email)
    expect(again.get_by_role("heading", name="Подтверждение входа")).to_be_visible()
    labelled(again, "Код").fill(code)
    again.get_by_role("button", name="Войти", exact=True).click()
    again.wait_for_url(re.compile("/(overview|points)"))


def test_codes_by_sms_come_to_the_demos_mailbox(maria, demo):
    """Н-13."""
    page = profile(maria)
    page.get_by_role("button", name="Изменить: Номер телефона").click()
    labelled(page.get_by_role("dialog"), "Номер телефона").fill("8 (912) 345-67-89")
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#account")).to_contain_text("+79123456789")
    page.get_by_role("button", name="Включить: SMS").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("dialog", name="Введите код из SMS")).to_be_visible()
    text = demo.wait_letter("+79123456789").get_content()
    labelled(page.get_by_role("dialog"), "Код").fill(text[:6])
    page.get_by_role("dialog").get_by_role("button", name="Включить").click()
    expect(page.locator(".reserve li")).to_have_count(10)


def test_another_email_is_confirmed_by_its_letter(maria, demo):
    """Н-53."""
    page, new = profile(maria), f"new-{maria.email}"
    page.get_by_role("button", name="Изменить: Электронная почта").click()
    labelled(page.get_by_role("dialog"), "Новый адрес электронной почты").fill(new)
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("button", name="Отправить письмо").click()
    expect(page.locator("#account")).to_contain_text(f"на адрес {new} отправлено письмо")
    page.goto(demo.link_in_letter(new))
    listens(page)
    page.get_by_role("button", name="Подтвердить").click()
    expect(page.get_by_role("heading", name="Адрес изменён")).to_be_visible()
    expect(profile(maria).locator("#account")).to_contain_text(new)


def test_my_data_come_as_an_archive_and_erasure_can_be_cancelled(maria):
    """R-35…R-37."""
    page = profile(maria)
    page.get_by_role("button", name="Выгрузить мои данные").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Выгрузить мои данные").click()
    with page.expect_download() as archive:
        page.get_by_role("link", name="Скачать архив").click()
    assert Path(archive.value.path()).read_bytes()[:2] == b"PK"
    page.get_by_role("button", name="Удалить учетную запись").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Удалить учетную запись").click()
    expect(page.get_by_text("Учетная запись будет удалена").first).to_be_visible()
    page.get_by_role("button", name="Отменить удаление").click()
    expect(page.get_by_text("Учетная запись будет удалена")).to_have_count(0)

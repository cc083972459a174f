"""Passkeys with Chromium's virtual authenticator: added, lost, replaced, copied; a second step; proof."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import CDPSession, Page, expect

from energo_cabinet.demo.places import PASSWORD
from energo_cabinet.demo.staff import ADMIN
from tests.e2e.browsing import enters, labelled, listens
from tests.e2e.cabinet import running_cabinet
from tests.e2e.looking import Look, faults
from tests.servers import wait_for

PLATFORM = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
PLATFORM |= {"isUserVerified": True, "automaticPresenceSimulation": True}
INSIDE = re.compile("/(overview|points|start)")


@pytest.fixture(scope="module")
def cabinet(built, tmp_path_factory):
    """An installation of the demo's data of its own: a member's sign-in changes here."""
    with running_cabinet(tmp_path_factory.mktemp("passkeys")) as running:
        yield running


class Device:
    """The authenticator of a page's browser."""

    def __init__(self, page: Page) -> None:
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable", {"enableUI": False})
        self._id = self._do("addVirtualAuthenticator", options=PLATFORM)["authenticatorId"]

    def keys(self) -> list[dict]:
        return self._do("getCredentials", authenticatorId=self._id)["credentials"]

    def forgets(self) -> None:
        self._do("clearCredentials", authenticatorId=self._id)

    def takes(self, key: dict) -> None:
        """A passkey from elsewhere, count and all."""
        self._do("addCredential", authenticatorId=self._id, credential=key)

    def knows_its_user(self, does: bool) -> None:
        self._do("setUserVerified", authenticatorId=self._id, isUserVerified=does)

    def _do(self, name: str, **given: object) -> dict:
        return self._cdp.send(f"WebAuthn.{name}", given)


@pytest.fixture
def device(page):
    return Device(page)


@pytest.fixture
def vera(cabinet, page, device, request):
    """A customer of this test's own, signed in, with a passkey."""
    email = f"vera{abs(hash(request.node.name)) % 10**8}@example.ru"
    cabinet.command("user", "add", "--email", email, "--password", PASSWORD, "--name", "Орлова Вера")
    enters(page, cabinet, email, PASSWORD, "/profile")
    adds(page, "Телефон")
    expect(page.locator("#security li")).to_contain_text("Ещё не использован")
    return email


def adds(page: Page, name: str) -> None:
    """From «Добавить ключ доступа» to its line in the list."""
    listens(page)
    page.get_by_role("button", name="Добавить ключ доступа").click()
    dialog = page.get_by_role("dialog")
    labelled(dialog, "Название ключа").fill(name)
    labelled(dialog, "Пароль от кабинета").fill(PASSWORD)
    dialog.get_by_role("button", name="Продолжить").click()
    page.get_by_role("button", name="Создать ключ").click()
    expect(page.locator("#security li", has_text=name)).to_be_visible()


def leaves(page: Page, cabinet) -> None:
    """Out, and before the form."""
    page.context.clear_cookies()
    page.goto(cabinet.url + "/login")
    listens(page)


def told(cabinet, email: str, words: str) -> None:
    """By letter."""
    wait_for(lambda: any(words in letter["Subject"] for letter in cabinet.letters(email)), 45, f"a letter: {words}")


def shows(page: Page) -> None:
    page.get_by_role("button", name="Войти с ключом доступа").click()


def test_a_passkey_opens_the_cabinet_until_it_is_lost_and_replaced(cabinet, page, device, vera):
    told(cabinet, vera, "Добавлен ключ доступа")
    leaves(page, cabinet)
    shows(page)
    page.wait_for_url(INSIDE)
    device.forgets()
    leaves(page, cabinet)
    shows(page)
    expect(page.get_by_text("Не подтверждено")).to_be_visible()
    enters(page, cabinet, vera, PASSWORD, "/profile")
    page.get_by_role("button", name="Удалить ключ: Телефон").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Удалить").click()
    expect(page.get_by_text("Ключ доступа удалён")).to_be_visible()
    adds(page, "Новый телефон")
    leaves(page, cabinet)
    shows(page)
    page.wait_for_url(INSIDE)


def test_a_removed_passkey_is_refused_in_words_and_another_name_is_kept(cabinet, page, device, vera):
    old = device.keys()
    page.get_by_role("button", name="Переименовать ключ: Телефон").click()
    labelled(page.get_by_role("dialog"), "Название ключа").fill("Ноутбук")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Удалить ключ: Ноутбук").click()
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Удалить").click()
    expect(page.get_by_text("Ключ доступа удалён")).to_be_visible()
    leaves(page, cabinet)
    assert device.keys() == old
    shows(page)
    expect(page.get_by_text("его удалили из профиля")).to_be_visible()
    assert "/login" in page.url


def test_a_copy_is_refused_and_shuts_the_passkey(cabinet, page, device, vera):
    copy = device.keys()[0]
    leaves(page, cabinet)
    shows(page)
    page.wait_for_url(INSIDE)
    device.forgets()
    device.takes(copy)
    leaves(page, cabinet)
    shows(page)
    expect(page.get_by_text("похоже, у него есть копия")).to_be_visible()
    told(cabinet, vera, "Ключ доступа отключён")
    enters(page, cabinet, vera, PASSWORD, "/profile")
    expect(page.locator("#security li")).to_contain_text("Отключён")
    expect(page.locator("#access")).to_contain_text("Отключён ключ доступа")
    assert faults(page, (Look(390), Look(1440, "dark"))) == {}


def test_a_device_that_does_not_know_its_user_or_is_known_is_told_of(cabinet, page, device, vera):
    page.get_by_role("button", name="Добавить ключ доступа").click()
    labelled(page.get_by_role("dialog"), "Название ключа").fill("Ещё раз")
    labelled(page.get_by_role("dialog"), "Пароль от кабинета").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Продолжить").click()
    assert faults(page, (Look(390, "dark"), Look(1440))) == {}
    page.get_by_role("button", name="Создать ключ").click()
    expect(page.get_by_text("На этом устройстве уже есть ключ доступа")).to_be_visible()
    device.knows_its_user(False)
    leaves(page, cabinet)
    shows(page)
    expect(page.get_by_text("Не подтверждено")).to_be_visible()
    assert faults(page, (Look(390), Look(1440, "dark"))) == {}


def test_a_member_confirms_the_password_and_what_moves_power(cabinet, page, device, watch):
    enters(page, cabinet, ADMIN, PASSWORD, "/profile")
    adds(page, "Ключ администратора")
    expect(page.locator(".reserve li")).to_have_count(10)
    page.get_by_role("button", name="Я сохранил коды").click()
    leaves(page, cabinet)
    shows(page)
    expect(page.get_by_text("Сотрудники входят с паролем")).to_be_visible()
    labelled(page, "Электронная почта").fill(ADMIN)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("heading", name="Подтверждение входа")).to_be_visible()
    assert faults(page, (Look(390), Look(1440, "dark"))) == {}
    page.get_by_role("button", name="Подтвердить ключом доступа").click()
    page.wait_for_url("**/staff**")
    moves_power(page, cabinet)


def moves_power(page: Page, cabinet) -> None:
    """Long after the sign-in: asked anew, and a passkey will do."""
    with sqlite3.connect(cabinet.data_dir / "cabinet.db", timeout=30) as database:
        database.execute("UPDATE loginsession SET proved_at = NULL, passkey_at = NULL")
    page.goto(cabinet.url + "/staff/members")
    page.get_by_role("button", name="Добавить сотрудника").click()
    page.locator("#member-email").fill("nina@example.org")
    page.locator("#member-name").fill("Новикова Нина")
    page.get_by_role("dialog").get_by_role("button", name="Добавить").click()
    proof = page.get_by_role("dialog", name="Подтвердите, что это Вы")
    expect(proof).to_be_visible()
    assert faults(page, (Look(390, "dark"), Look(1440))) == {}
    proof.get_by_role("button", name="Подтвердить ключом доступа").click()
    expect(page.get_by_text("Подтверждено. Повторите действие")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Добавить").click()
    expect(page.get_by_text("nina@example.org")).to_be_visible()
